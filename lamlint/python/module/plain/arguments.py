"""What a call gives, and what a function takes."""

from __future__ import annotations

import ast
from typing import Any

from lamlint.python.module import cst
from lamlint.python.module.plain.make import maker
from lamlint.python.module.plain.names import name
from lamlint.python.module.plain.reading import Reading

_ARG = maker(cst.Arg, "value", "keyword", "star")
_PARAMETERS = maker(
    cst.Parameters, "posonly_params", "params", "star_arg", "kwonly_params", "star_kwarg"
)
_PARAM = maker(cst.Param, "name", "annotation", "default", "star")
_STAR = maker(cst.ParamStar)
_ANNOTATION = maker(cst.Annotation, "annotation")


def arguments(read: Reading, placed: list[ast.expr], named: list[ast.keyword]) -> tuple[Any, ...]:
    """The arguments in the order of the text; CPython has those with a keyword by themselves."""
    given: list[ast.expr | ast.keyword] = [*placed, *named]
    if placed and named and _place(placed[-1]) > _place(named[0]):
        given.sort(key=_place)
    return tuple(argument(read, one) for one in given)


def argument(read: Reading, one: ast.expr | ast.keyword) -> Any:
    """One argument."""
    if isinstance(one, ast.keyword):
        value = read.of(one.value)
        return _ARG(value, None, "**") if one.arg is None else _ARG(value, _named(read, one), "")
    if isinstance(one, ast.Starred):
        return _ARG(read.of(one.value), None, "*")
    return _ARG(read.of(one), None, "")


def _named(read: Reading, one: ast.keyword | ast.arg) -> Any:
    """The name that an argument or a parameter starts with."""
    made, (start, _) = name(one.arg or ""), read.extent(one)
    read.notes.add(made, start, start + len(made.value))
    return made


def _place(one: ast.expr | ast.keyword) -> tuple[int, int]:
    return one.lineno, one.col_offset


def parameters(read: Reading, given: ast.arguments) -> Any:
    """The parameters of a function."""
    placed = [*given.posonlyargs, *given.args]
    defaults = [*[None] * (len(placed) - len(given.defaults)), *given.defaults]
    made = [_param(read, *pair) for pair in zip(placed, defaults, strict=True)]
    named = zip(given.kwonlyargs, given.kw_defaults, strict=True)
    only_by_name = tuple(_param(read, *pair) for pair in named)
    alone = len(given.posonlyargs)
    return _PARAMETERS(
        tuple(made[:alone]),
        tuple(made[alone:]),
        _starred(read, given),
        only_by_name,
        None if given.kwarg is None else _param(read, given.kwarg, None, "**"),
    )


def _starred(read: Reading, given: ast.arguments) -> Any:
    if given.vararg is not None:
        return _param(read, given.vararg, None, "*")
    return _STAR() if given.kwonlyargs else cst.MaybeSentinel.DEFAULT


def _param(read: Reading, one: ast.arg, default: ast.expr | None, star: str = "") -> Any:
    return _PARAM(_named(read, one), annotation(read, one.annotation), read.maybe(default), star)


def annotation(read: Reading, one: ast.expr | None) -> Any:
    """What a name is said to be."""
    return None if one is None else _ANNOTATION(read.of(one))
