"""Makes nodes of Python's trees at the places of TypeScript's."""

from __future__ import annotations

import ast
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, TypeVar

from lamlint.dialects.cdk.kinds import snake
from lamlint.dialects.cdk.place import Place
from lamlint.dialects.cdk.program import Dotted, Program
from lamlint.text import Source
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from tree_sitter import Node

N = TypeVar("N", bound=ast.AST)

_CAMEL = Regex(r"[a-z][A-Za-z0-9]*\Z")
ME = "self"
_AT = "at"
"""The attribute of a node that has its place: where it starts and ends, in bytes."""


def pythonic(name: str) -> str:
    """A name as the CDK has it in Python: `memorySize` is `memory_size`, `PYTHON_3_13` stays."""
    return snake(name) if _CAMEL.match(name) else name


def put(made: N, at: Node) -> N:
    """A node at the place of another one."""
    setattr(made, _AT, (at.start_byte, at.end_byte))
    return made


class Module(Program):
    """A module whose nodes stand where those of TypeScript do."""

    def place(self, node: ast.AST) -> Place:
        """Where a node stands."""
        at = getattr(node, _AT, (0, 0))
        if self.source.text.isascii():
            return Place(self.source, at)
        return Place(self.source, None, at, _bounds)


def _bounds(source: Source, told: tuple[int, ...]) -> tuple[int, int]:
    start, end = told
    starts = source.once(_line_starts, lambda: _line_starts(source))
    return _characters(start, starts, source), _characters(end, starts, source)


def _line_starts(source: Source) -> array[int]:
    """At which byte each line starts."""
    begins = [source.offset(number) for number in range(1, source.line_count + 1)]
    lines = (source.text[begin:end] for begin, end in pairwise(begins))
    return array("Q", accumulate((len(_bytes(line)) for line in lines), initial=0))


def _characters(byte: int, starts: Sequence[int], source: Source) -> int:
    """The offset of a byte in characters."""
    number = bisect_right(starts, byte)
    line = _bytes(source.text[source.offset(number) : source.end(number)])
    before = line[: byte - starts[number - 1]].decode("utf-8", "ignore")
    return source.offset(number) + len(before)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


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
