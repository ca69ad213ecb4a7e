"""Makes nodes of Python's trees at the places of TypeScript's."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, TypeVar

from lamlint.dialects.cdk.kinds import snake
from lamlint.dialects.cdk.program import Dotted, Program
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from tree_sitter import Node

N = TypeVar("N", bound=ast.AST)

_CAMEL = Regex(r"[a-z][A-Za-z0-9]*\Z")
ME = "self"
_AT = "at"
"""The attribute of a node that has that of TypeScript."""


def pythonic(name: str) -> str:
    """A name as the CDK has it in Python: `memorySize` is `memory_size`, `PYTHON_3_13` stays."""
    return snake(name) if _CAMEL.match(name) else name


def put(made: N, at: Node) -> N:
    """A node at the place of another one."""
    setattr(made, _AT, at)
    return made


class Module(Program):
    """A module whose nodes stand where those of TypeScript do."""

    def bounds(self, node: ast.AST) -> tuple[int, int]:
        """Where a node starts and ends; columns count bytes."""
        at: Node | None = getattr(node, _AT, None)
        if at is None:
            return 0, 0
        if self.source.text.isascii():
            return at.start_byte, at.end_byte
        (line, column), (last, end) = at.start_point, at.end_point
        return self.offset(line + 1, column), self.offset(last + 1, end)


def name(written: str, at: Node) -> ast.Name:
    """A name."""
    return put(ast.Name(written, ast.Load()), at)


def constant(value: str | float | bool | None, at: Node) -> ast.Constant:
    """A plain value."""
    return put(ast.Constant(value), at)


def unknown(at: Node) -> ast.expr:
    """An expression that is not looked into."""
    return put(ast.Yield(), at)


def member(whole: ast.expr, raw: str, at: Node) -> Dotted:
    """An attribute."""
    made = put(Dotted(whole, pythonic(raw), ast.Load()), at)
    made.raw = raw
    return made


def method(whole: ast.expr, known: str, given: list[ast.expr], at: Node) -> ast.Call:
    """A call of a method that Python's own values have."""
    function = put(ast.Attribute(whole, known, ast.Load()), at)
    return put(ast.Call(function, given, []), at)


def called(function: ast.expr, given: list[ast.expr], at: Node) -> ast.Call:
    """A call."""
    return put(ast.Call(function, given, []), at)


def assigned(target: ast.expr, value: ast.expr, at: Node) -> ast.Assign:
    """An assignment."""
    return put(ast.Assign([target], value), at)


def block(body: list[ast.stmt], at: Node) -> list[ast.stmt]:
    """Statements, at least one."""
    return body or [put(ast.Pass(), at)]
