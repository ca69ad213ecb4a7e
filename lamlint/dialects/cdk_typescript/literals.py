"""Texts and numbers of TypeScript."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from lamlint.dialects.cdk_typescript.grammar import text
from lamlint.dialects.cdk_typescript.python_nodes import constant, unknown
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from tree_sitter import Node

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_DECIMAL = Regex(r"[0-9][0-9_]{0,30}\Z")
_FRACTION = Regex(r"[0-9_]{0,30}\.[0-9]{1,30}\Z")
_LARGEST = 0x110000


def string(node: Node) -> str:
    """The text that a literal means."""
    return "".join(map(fragment, node.named_children))


def fragment(node: Node) -> str:
    """The text of a part of a literal."""
    written = text(node)
    return _escaped(written) if node.type == "escape_sequence" else written


def _escaped(written: str) -> str:
    kind = written[1:2]
    if kind in ("x", "u"):
        try:
            number = int(written[2:].strip("{}"), 16)
        except ValueError:
            return ""
        return chr(number) if number < _LARGEST else ""
    return "" if kind in ("\n", "\r") else _ESCAPES.get(kind, kind)


def number(node: Node) -> ast.expr:
    """A number; one that is written in an unusual way is not looked into."""
    written = text(node).replace("_", "")
    if _DECIMAL.match(written):
        return constant(int(written), node)
    return constant(float(written), node) if _FRACTION.match(written) else unknown(node)
