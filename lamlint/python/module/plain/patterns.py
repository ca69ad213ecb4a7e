"""What becomes of `match` and its patterns."""

from __future__ import annotations

import ast
from typing import Any

from lamlint.python.module import cst
from lamlint.python.module.plain.expressions import parts
from lamlint.python.module.plain.make import maker
from lamlint.python.module.plain.names import name
from lamlint.python.module.plain.reading import Reading, Turn

_LIST = maker(cst.MatchList, "patterns")
_TUPLE = maker(cst.MatchTuple, "patterns")
_ELEMENT = maker(cst.MatchSequenceElement, "value")
_STAR = maker(cst.MatchStar, "name")
_MAPPING = maker(cst.MatchMapping, "elements", "rest")
_MAPPING_ELEMENT = maker(cst.MatchMappingElement, "key", "pattern")
_CLASS = maker(cst.MatchClass, "cls", "patterns", "kwds")
_KEYWORD = maker(cst.MatchKeywordElement, "key", "pattern")
_AS = maker(cst.MatchAs, "pattern", "name")
_OR = maker(cst.MatchOr, "patterns")
_OR_ELEMENT = maker(cst.MatchOrElement, "pattern")
_SINGLETON = maker(cst.MatchSingleton, "value")


def _sequence(read: Reading, one: ast.MatchSequence) -> Any:
    make = _TUPLE if read.is_in_parentheses(one, one.patterns) else _LIST
    return make(_elements(read, one.patterns))


def _elements(read: Reading, several: list[ast.pattern]) -> tuple[Any, ...]:
    return tuple(
        read.of(one) if isinstance(one, ast.MatchStar) else _ELEMENT(read.of(one))
        for one in several
    )


def _mapping(read: Reading, one: ast.MatchMapping) -> Any:
    pairs = zip(read.each(one.keys), read.each(one.patterns), strict=True)
    return _MAPPING(tuple(_MAPPING_ELEMENT(*pair) for pair in pairs), _maybe(one.rest))


def _class(read: Reading, one: ast.MatchClass) -> Any:
    named = zip(map(name, one.kwd_attrs), read.each(one.kwd_patterns), strict=True)
    keywords = tuple(_KEYWORD(*pair) for pair in named)
    return _CLASS(read.of(one.cls), _elements(read, one.patterns), keywords)


def _or(read: Reading, one: ast.MatchOr) -> Any:
    return _OR(tuple(_OR_ELEMENT(each) for each in read.each(one.patterns)))


def _maybe(written: str | None) -> Any:
    return None if written is None else name(written)


PATTERNS: dict[type[ast.AST], Turn] = {
    ast.MatchAs: lambda read, one: _AS(read.maybe(one.pattern), _maybe(one.name)),
    ast.MatchClass: _class,
    ast.MatchMapping: _mapping,
    ast.MatchOr: _or,
    ast.MatchSequence: _sequence,
    ast.MatchSingleton: lambda _, one: _SINGLETON(name(str(one.value))),
    ast.MatchStar: lambda _, one: _STAR(_maybe(one.name)),
    ast.MatchValue: parts(cst.MatchValue, value="value"),
}
