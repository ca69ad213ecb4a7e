"""What becomes of the statements that hold others, and of blocks."""

from __future__ import annotations

import ast
import sys
from typing import Any

from lamlint.python.module import cst
from lamlint.python.module.plain.arguments import annotation, argument, parameters
from lamlint.python.module.plain.make import Make, maker
from lamlint.python.module.plain.names import AS_NAME, as_name, name
from lamlint.python.module.plain.reading import Reading, Turn, Unusual
from lamlint.python.module.plain.statements import STATEMENTS
from lamlint.text.regex import Regex

_MODULE = maker(cst.Module, "body")
_LINE = maker(cst.SimpleStatementLine, "body")
_SUITE = maker(cst.SimpleStatementSuite, "body")
_BLOCK = maker(cst.IndentedBlock, "body")
_FUNCTION = maker(
    cst.FunctionDef,
    "decorators", "name", "params", "returns", "body", "asynchronous", "type_parameters",
)  # fmt: skip
_CLASS = maker(cst.ClassDef, "decorators", "name", "bases", "keywords", "body", "type_parameters")
_DECORATOR = maker(cst.Decorator, "decorator")
_IF = maker(cst.If, "test", "body", "orelse")
_ELSE = maker(cst.Else, "body")
_WHILE = maker(cst.While, "test", "body", "orelse")
_FOR = maker(cst.For, "target", "iter", "body", "orelse", "asynchronous")
_WITH = maker(cst.With, "items", "body", "asynchronous")
_ITEM = maker(cst.WithItem, "item", "asname")
_FINALLY = maker(cst.Finally, "body")
_TRY = maker(cst.Try, "body", "handlers", "orelse", "finalbody")
_HANDLER = maker(cst.ExceptHandler, "type", "name", "body")
_TRY_STAR = maker(cst.TryStar, "body", "handlers", "orelse", "finalbody")
_STAR_HANDLER = maker(cst.ExceptStarHandler, "type", "name", "body")
_MATCH = maker(cst.Match, "subject", "cases")
_CASE = maker(cst.MatchCase, "pattern", "guard", "body")
_ASYNCHRONOUS = maker(cst.Asynchronous)
_LINE_END = Regex(r"[\r\n]")
_CONTINUED = Regex(r"\\(?:\r\n|\r|\n)")


def module(read: Reading, one: ast.Module) -> Any:
    """The module."""
    return _MODULE(tuple(_lines(read, one.body)))


def _lines(read: Reading, block: list[ast.stmt]) -> list[Any]:
    """The statements of a block; those that hold no others stand in lines."""
    made: list[Any] = []
    before: ast.stmt | None = None
    for one in block:
        node = read.of(one)
        if one.__class__ not in STATEMENTS:
            made.append(node)
            before = None
            continue
        if before is not None and _is_in_the_line_of(read, before, one):
            made[-1].append(node)
        else:
            made.append([node])
        before = one
    return [_LINE(tuple(each)) if each.__class__ is list else each for each in made]


def _is_in_the_line_of(read: Reading, before: ast.stmt, one: ast.stmt) -> bool:
    if before.end_lineno == one.lineno:
        return True
    between = read.text[read.extent(before)[1] : read.extent(one)[0]]
    return "#" not in between and not _LINE_END.search(_CONTINUED.sub("", between))


def _body(read: Reading, block: list[ast.stmt]) -> Any:
    """What stands behind a colon: a block, or more of the same line."""
    lines = _lines(read, block)
    if not _is_behind(read, block[0]):
        return _BLOCK(tuple(lines))
    (line,) = lines
    return _SUITE(line.body)


def _is_behind(read: Reading, one: ast.stmt) -> bool:
    """Whether a statement stands in the line of what holds it."""
    first = next(iter(getattr(one, "decorator_list", ())), one)
    if first.lineno > 1 and read.source.line(first.lineno - 1).endswith("\\"):
        raise Unusual
    start = read.lines[first.lineno]
    return read.text[start : start + first.col_offset].strip(" \t\f@") != ""


def _function(read: Reading, one: ast.FunctionDef | ast.AsyncFunctionDef) -> Any:
    _refuse_types(one)
    return _FUNCTION(
        _decorators(read, one.decorator_list),
        name(one.name),
        parameters(read, one.args),
        annotation(read, one.returns),
        _body(read, one.body),
        _asynchronous(one),
        None,
    )


def _class(read: Reading, one: ast.ClassDef) -> Any:
    _refuse_types(one)
    return _CLASS(
        _decorators(read, one.decorator_list),
        name(one.name),
        tuple(argument(read, each) for each in one.bases),
        tuple(argument(read, each) for each in one.keywords),
        _body(read, one.body),
        None,
    )


def _refuse_types(one: ast.AST) -> None:
    if getattr(one, "type_params", None):
        raise Unusual


def _decorators(read: Reading, several: list[ast.expr]) -> tuple[Any, ...]:
    return tuple(_DECORATOR(read.of(one)) for one in several)


def _asynchronous(one: ast.stmt) -> Any:
    return _ASYNCHRONOUS() if one.__class__ in _ARE_ASYNCHRONOUS else None


_ARE_ASYNCHRONOUS = (ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith)


def _if(read: Reading, one: ast.If) -> Any:
    test, body = read.of(one.test), _body(read, one.body)
    if len(one.orelse) == 1 and isinstance(one.orelse[0], ast.If):
        (other,) = one.orelse
        if read.text.startswith("elif", read.extent(other)[0]):
            return _IF(test, body, read.of(other))
    return _IF(test, body, _else(read, one.orelse))


def _else(read: Reading, block: list[ast.stmt]) -> Any:
    return _ELSE(_body(read, block)) if block else None


def _while(read: Reading, one: ast.While) -> Any:
    return _WHILE(read.of(one.test), _body(read, one.body), _else(read, one.orelse))


def _for(read: Reading, one: ast.For | ast.AsyncFor) -> Any:
    return _FOR(
        read.of(one.target),
        read.of(one.iter),
        _body(read, one.body),
        _else(read, one.orelse),
        _asynchronous(one),
    )


def _with(read: Reading, one: ast.With | ast.AsyncWith) -> Any:
    items = tuple(_item(read, each) for each in one.items)
    return _WITH(items, _body(read, one.body), _asynchronous(one))


def _item(read: Reading, one: ast.withitem) -> Any:
    target = one.optional_vars
    return _ITEM(read.of(one.context_expr), None if target is None else AS_NAME(read.of(target)))


def _try(make: Make, make_handler: Make) -> Turn:
    def turn(read: Reading, one: ast.Try) -> Any:
        return make(
            _body(read, one.body),
            tuple(
                make_handler(read.maybe(each.type), as_name(each.name), _body(read, each.body))
                for each in one.handlers
            ),
            _else(read, one.orelse),
            _FINALLY(_body(read, one.finalbody)) if one.finalbody else None,
        )

    return turn


def _match(read: Reading, one: ast.Match) -> Any:
    cases = tuple(
        _CASE(read.of(each.pattern), read.maybe(each.guard), _body(read, each.body))
        for each in one.cases
    )
    return _MATCH(read.of(one.subject), cases)


COMPOUND: dict[type[ast.AST], Turn] = {
    ast.AsyncFor: _for,
    ast.AsyncFunctionDef: _function,
    ast.AsyncWith: _with,
    ast.ClassDef: _class,
    ast.For: _for,
    ast.FunctionDef: _function,
    ast.If: _if,
    ast.Match: _match,
    ast.Try: _try(_TRY, _HANDLER),
    ast.While: _while,
    ast.With: _with,
}
if sys.version_info >= (3, 11):
    COMPOUND[ast.TryStar] = _try(_TRY_STAR, _STAR_HANDLER)
