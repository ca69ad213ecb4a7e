"""Services for tests, read from texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from lamlint.dialects.dialect import Declared
from lamlint.dialects.serverless.dialect import read
from lamlint.model import Function, Value
from tests.memory import MemoryTree

PATH = "serverless.yml"
T = TypeVar("T")


def service(files: Mapping[str, str] | str) -> Declared:
    """What a service declares, by its text or by the files of its project."""
    laid = {PATH: files} if isinstance(files, str) else files
    return read(MemoryTree(laid), ())


def functions(files: Mapping[str, str] | str) -> Mapping[str, Function]:
    """The functions of a service by their names there."""
    return {function.name: function for function in service(files).functions}


def with_value(
    expression: str, *, more: str = "", files: Mapping[str, str] | None = None
) -> Function:
    """A function whose timeout is an expression."""
    text = f"""\
service: shop
provider: {{name: aws, runtime: python3.13}}
functions:
  one:
    handler: app.handler
    timeout: {expression}
{more}"""
    return functions({PATH: text, **(files or {})})["one"]


def told(value: Value[T]) -> list[T] | str:
    """What is known of a value, or why nothing is."""
    return [choice.value for choice in value.choices] or value.reason
