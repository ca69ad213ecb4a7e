r"""Literals that no version of Python can give a value, though their tokens are right.

CPython finds them while it parses: `"C:\Users"` begins an escape of eight digits that are not
there. LibCST reads tokens alone, and so do those who only look at the grammar. The table of
escapes is in https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences; what
other characters a backslash may stand before is a warning, and no error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from lamlint.python.module import cst
from lamlint.python.module.walk import descendants
from lamlint.text.regex import Regex

_ESCAPE = Regex(
    r"\\(?:x(?P<x>[0-9a-fA-F]{0,2})|u(?P<u>[0-9a-fA-F]{0,4})|U(?P<U>[0-9a-fA-F]{0,8})"
    r"|N(?:\{(?P<name>[^}]{0,200})\})?|.|\Z)",
    re.DOTALL,
)
_WORDS = {
    "x": (2, r"truncated \xXX escape"),
    "u": (4, r"truncated \uXXXX escape"),
    "U": (8, r"truncated \UXXXXXXXX escape"),
}
_LAST = 0x10FFFF
_NAME = Regex(r"[A-Za-z0-9 -]+")
"""What the names of characters are made of; which there are, each version of Unicode adds to."""
_NO_ASCII = "bytes can only contain ASCII literal characters"
_MIXED = "cannot mix bytes and nonbytes literals"

_ESCAPED = "write each backslash in it twice, or an r before its quotes"
_ASCII = "write other characters as escapes, or encode a text"
_APART = "make bytes of all of them, or text"

Wrong: TypeAlias = "tuple[cst.CSTNode, str, str]"
"""A literal that has no value, why, in CPython's words, and what to do."""


def without_value(tree: cst.Module) -> Wrong | None:
    """The first literal of a tree that surely has no value in any version of Python."""
    return next(_without_value(tree), None)


def _without_value(tree: cst.Module) -> Iterator[Wrong]:
    for node in descendants(tree):
        if isinstance(node, cst.ConcatenatedString):
            if {_is_bytes(node.left), _is_bytes(node.right)} == {True, False}:
                yield node, _MIXED, _APART
        elif isinstance(node, cst.SimpleString):
            why = _of_bytes(node) if _is_bytes(node) else _of_text(node)
            if why:
                yield node, why, _ASCII if why == _NO_ASCII else _ESCAPED
        elif isinstance(node, cst.FormattedString) and "r" not in node.start.lower():
            # `\N` may stand before a name in braces, or before a field.
            texts = (one for one in node.parts if isinstance(one, cst.FormattedStringText))
            found = ((one, _of_escapes(one.value, named=False)) for one in texts)
            yield from ((one, why, _ESCAPED) for one, why in found if why)


def _is_bytes(node: cst.BaseExpression) -> bool | None:
    """Whether a literal is one of bytes; None for those that mix with neither."""
    if isinstance(node, cst.ConcatenatedString):
        return _is_bytes(node.left)
    if isinstance(node, cst.SimpleString):
        return "b" in node.prefix
    return False if isinstance(node, cst.FormattedString) else None


def _of_bytes(node: cst.SimpleString) -> str:
    if not node.value.isascii():
        return _NO_ASCII
    if "r" in node.prefix:
        return ""
    for escape in _ESCAPE.finditer(node.raw_value):
        if escape["x"] is not None and len(escape["x"]) < 2:
            return r"invalid \x escape"
    return ""


def _of_text(node: cst.SimpleString) -> str:
    return "" if "r" in node.prefix else _of_escapes(node.raw_value)


def _of_escapes(text: str, *, named: bool = True) -> str:
    """Why the escapes of a text have no value; empty where they may have one."""
    if "\\" not in text:
        return ""
    for escape in _ESCAPE.finditer(text):
        kind = escape.lastgroup or ""
        if kind in _WORDS:
            length, words = _WORDS[kind]
            if len(escape[kind]) < length:
                return words
            if int(escape[kind], 16) > _LAST:
                return "illegal Unicode character"
        elif named and escape.group().startswith("\\N"):
            if not escape["name"]:
                return r"malformed \N character escape"
            if not _NAME.fullmatch(escape["name"]):
                return "unknown Unicode character name"
    return ""
