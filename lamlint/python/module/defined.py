"""The functions that a module defines at its outermost level, by CPython's tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from lamlint.text.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter by its name, and the last word of its annotation; empty where there is none."""

    name: str
    said: str


@dataclass(frozen=True, slots=True)
class Defined:
    """A function, and its place among all that the module defines at its outermost level.

    `sure`: nothing else binds its name. `pair` are the two parameters that a call by place gives;
    none where it takes more or fewer so, has to be given others by name, or is asynchronous.
    """

    name: str
    place: int
    sure: bool
    pair: tuple[Parameter, ...] = ()


def defined(tree: ast.Module, bound: Mapping[str, int]) -> Iterator[Defined]:
    """The functions of a module; `bound` is how often it binds each of its names."""
    functions = (
        one for one in tree.body if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef))
    )
    for place, node in enumerate(functions):
        yield Defined(node.name, place, bound[node.name] == 1, tuple(_pair(node)))


def _pair(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[Parameter]:
    places = [*node.args.posonlyargs, *node.args.args]
    by_name = any(default is None for default in node.args.kw_defaults)
    if len(places) != 2 or by_name or isinstance(node, ast.AsyncFunctionDef):
        return []
    return [Parameter(one.arg, _said(one.annotation)) for one in places]


def _said(annotation: ast.expr | None) -> str:
    match annotation:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Constant(value=str(text)):
            return text.rpartition(".")[2]
        case _:
            return ""
