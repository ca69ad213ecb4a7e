"""Operators of TypeScript between two values."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import TYPE_CHECKING

from lamlint.dialects.cdk_typescript.python_nodes import put, unknown

if TYPE_CHECKING:
    from tree_sitter import Node

_ARITHMETIC: Mapping[str, type[ast.operator]] = {
    "+": ast.Add,
    "-": ast.Sub,
    "*": ast.Mult,
    "/": ast.Div,
    "%": ast.Mod,
}
_COMPARED: Mapping[str, type[ast.cmpop]] = {
    "===": ast.Eq,
    "==": ast.Eq,
    "!==": ast.NotEq,
    "!=": ast.NotEq,
    "<": ast.Lt,
    "<=": ast.LtE,
    ">": ast.Gt,
    ">=": ast.GtE,
}
_JOINED: Mapping[str, type[ast.boolop]] = {"&&": ast.And, "||": ast.Or, "??": ast.Or}


def binary(operator: str, left: ast.expr, right: ast.expr, at: Node) -> ast.expr:
    """What an operator makes of two values."""
    if operator in _ARITHMETIC:
        return put(ast.BinOp(left, _ARITHMETIC[operator](), right), at)
    if operator in _COMPARED:
        return put(ast.Compare(left, [_COMPARED[operator]()], [right]), at)
    if operator in _JOINED:
        return put(ast.BoolOp(_JOINED[operator](), [left, right]), at)
    return unknown(at)
