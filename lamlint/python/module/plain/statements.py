"""What becomes of CPython's statements that hold no others."""

from __future__ import annotations

import ast
from typing import Any

from lamlint.python.module import cst
from lamlint.python.module.plain.arguments import annotation
from lamlint.python.module.plain.expressions import parts, raised_from, tuple_of
from lamlint.python.module.plain.make import maker
from lamlint.python.module.plain.names import as_name, dotted, name
from lamlint.python.module.plain.operators import AUGMENTED
from lamlint.python.module.plain.reading import Reading, Turn, Unusual

_ASSIGN = maker(cst.Assign, "targets", "value")
_TARGET = maker(cst.AssignTarget, "target")
_ANNOTATED = maker(cst.AnnAssign, "target", "annotation", "value")
_AUGMENTED = maker(cst.AugAssign, "target", "operator", "value")
_RAISE = maker(cst.Raise, "exc", "cause")
_DEL = maker(cst.Del, "target")
_NAME_ITEM = maker(cst.NameItem, "name")
_IMPORT = maker(cst.Import, "names")
_IMPORT_FROM = maker(cst.ImportFrom, "module", "names", "relative")
_ALIAS = maker(cst.ImportAlias, "name", "asname")
_STAR = maker(cst.ImportStar)
_DOT = maker(cst.Dot)


def _assign(read: Reading, one: ast.Assign) -> Any:
    return _ASSIGN(tuple(_TARGET(read.of(each)) for each in one.targets), read.of(one.value))


def _annotated(read: Reading, one: ast.AnnAssign) -> Any:
    said = annotation(read, one.annotation)
    return _ANNOTATED(read.of(one.target), said, read.maybe(one.value))


def _augmented(read: Reading, one: ast.AugAssign) -> Any:
    return _AUGMENTED(read.of(one.target), AUGMENTED[one.op.__class__](), read.of(one.value))


def _raise(read: Reading, one: ast.Raise) -> Any:
    return _RAISE(read.maybe(one.exc), raised_from(read, one.cause))


def _delete(read: Reading, one: ast.Delete) -> Any:
    """Several that are deleted are a tuple to LibCST; so is one with a comma behind it."""
    if len(one.targets) > 1:
        return _DEL(tuple_of(read, one.targets))
    (target,) = one.targets
    if "," in read.text[read.extent(target)[1] : read.extent(one)[1]]:
        raise Unusual
    return _DEL(read.of(target))


def _names(kind: type[cst.CSTNode]) -> Turn:
    make = maker(kind, "names")
    return lambda _, one: make(tuple(_NAME_ITEM(name(each)) for each in one.names))


def _import(read: Reading, one: ast.Import) -> Any:
    return _IMPORT(read.each(one.names))


def _import_from(read: Reading, one: ast.ImportFrom) -> Any:
    module = None if one.module is None else dotted(one.module)
    names = _STAR() if one.names[0].name == "*" else read.each(one.names)
    return _IMPORT_FROM(module, names, tuple(_DOT() for _ in range(one.level)))


def _alias(_: Reading, one: ast.alias) -> Any:
    return _ALIAS(dotted(one.name), as_name(one.asname))


def _alone(kind: type[cst.CSTNode]) -> Turn:
    make = maker(kind)
    return lambda _read, _one: make()


STATEMENTS: dict[type[ast.AST], Turn] = {
    ast.AnnAssign: _annotated,
    ast.Assert: parts(cst.Assert, test="test", msg="msg"),
    ast.Assign: _assign,
    ast.AugAssign: _augmented,
    ast.Break: _alone(cst.Break),
    ast.Continue: _alone(cst.Continue),
    ast.Delete: _delete,
    ast.Expr: parts(cst.Expr, value="value"),
    ast.Global: _names(cst.Global),
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.Nonlocal: _names(cst.Nonlocal),
    ast.Pass: _alone(cst.Pass),
    ast.Raise: _raise,
    ast.Return: parts(cst.Return, value="value"),
}
CLAUSES: dict[type[ast.AST], Turn] = {ast.alias: _alias}
