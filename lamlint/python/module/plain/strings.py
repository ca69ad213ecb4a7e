"""Constants: as they are written, which CPython's tree does not tell."""

from __future__ import annotations

import ast
import re
from typing import Any

from lamlint.python.module import cst
from lamlint.python.module.plain.make import maker
from lamlint.python.module.plain.reading import Reading, Unusual
from lamlint.text.regex import Regex

_STRING = maker(cst.SimpleString, "value")
_NUMBERS = {
    int: maker(cst.Integer, "value"),
    float: maker(cst.Float, "value"),
    complex: maker(cst.Imaginary, "value"),
}
_ELLIPSIS = maker(cst.Ellipsis)
_NAME = maker(cst.Name, "value")
_ONE_PIECE = Regex(
    r"""
    [a-zA-Z]{0,2}
    (?: (?P<mark>\"""|''') (?:[^\\]|\\.)*? (?P=mark) | "(?:[^\\"]|\\.)*" | '(?:[^\\']|\\.)*' )
    """,
    re.DOTALL | re.VERBOSE,
)


def constant(read: Reading, one: ast.Constant) -> Any:
    """A literal, or one of the names of constants."""
    value, written = one.value, read.written(one)
    if isinstance(value, (str, bytes)):
        return _STRING(written) if _is_one_piece(written) else pieces(read, one)
    if value.__class__ in _NUMBERS:
        return _NUMBERS[value.__class__](written)
    return _ELLIPSIS() if value is ... else _NAME(written)


def pieces(read: Reading, one: ast.expr) -> Any:
    """Literals that follow each other, and those that hold expressions: LibCST reads them."""
    try:
        made = cst.parse_expression(f"({read.written(one)})")
    except cst.ParserSyntaxError as error:
        raise Unusual from error
    read.notes.grafts[id(made)] = read.extent(one)[0]
    return made


def _is_one_piece(written: str) -> bool:
    """Whether a literal is no two that follow each other."""
    if written[0] == written[-1] and written.count(written[0]) == 2:  # most are
        return True
    whole = _ONE_PIECE.match(written)
    return whole is not None and whole.end() == len(written)
