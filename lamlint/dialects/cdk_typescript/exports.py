"""What a module of Node exports: `module.exports = …`, `exports.name = …`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from lamlint.dialects.cdk.imports import WHOLE
from lamlint.dialects.cdk_typescript.expressions import Expressions
from lamlint.dialects.cdk_typescript.grammar import named, text
from lamlint.dialects.cdk_typescript.imports import DEFAULT
from lamlint.dialects.cdk_typescript.python_nodes import assigned, name, put

if TYPE_CHECKING:
    from tree_sitter import Node

_EXPORTS = ("module.exports", "exports")


def exports(to: Expressions, node: Node) -> list[ast.stmt] | None:
    """The names that an assignment exports; None for one that exports nothing."""
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None or right is None or left.type != "member_expression":
        return None
    if text(left) == _EXPORTS[0]:
        return _members(to, right) if right.type == "object" else _whole(to, right)
    if text(left.child_by_field_name("object")) not in _EXPORTS:
        return None
    return _named(text(left.child_by_field_name("property")), right, to)


def _members(to: Expressions, right: Node) -> list[ast.stmt]:
    """`module.exports = { Stack, Other: Own }`."""
    found: list[ast.stmt] = []
    for one in named(right):
        key, value = one.child_by_field_name("key"), one.child_by_field_name("value")
        if key is not None and value is not None:
            found += _named(text(key), value, to)
    return found


def _whole(to: Expressions, right: Node) -> list[ast.stmt]:
    """`module.exports = Stack`: it is what `require` gives, and what an import has by default."""
    first = assigned(put(ast.Name(WHOLE, ast.Store()), right), to.of(right), right)
    also = assigned(put(ast.Name(DEFAULT, ast.Store()), right), name(WHOLE, right), right)
    return [first, also]


def _named(own: str, value: Node, to: Expressions) -> list[ast.stmt]:
    if text(value) == own:
        return []
    return [assigned(put(ast.Name(own, ast.Store()), value), to.of(value), value)]
