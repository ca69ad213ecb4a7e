"""Small modules of Terraform, and what is declared in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from lamlint.dialects.dialect import Declared
from lamlint.dialects.terraform.dialect import read
from lamlint.model import Function, Value
from tests.memory import MemoryTree

T = TypeVar("T")


def declared(files: Mapping[str, str | bytes] | str) -> Declared:
    """What files declare; of a text, which is `main.tf`."""
    return read(MemoryTree({"main.tf": files} if isinstance(files, str) else files), ())


def functions(files: Mapping[str, str | bytes] | str) -> dict[str, Function]:
    """The functions that files declare, by their names."""
    return {one.name: one for one in declared(files).functions}


def function(body: str, around: str = "", **files: str) -> Function:
    """The function of a block with a body, among other blocks."""
    main = f'{around}\nresource "aws_lambda_function" "f" {{\n{body}\n}}\n'
    (only,) = declared(
        {"main.tf": main, **{_path(name): text for name, text in files.items()}}
    ).functions
    return only


def _path(name: str) -> str:
    """`src__app_py` as a path."""
    folder, _, ending = name.replace("__", "/").rpartition("_")
    return f"{folder}.{ending}"


def choices(value: Value[T]) -> list[T]:
    """What a value can be."""
    return [choice.value for choice in value.choices]
