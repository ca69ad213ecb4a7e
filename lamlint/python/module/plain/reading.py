"""One reading of a text: what turns CPython's nodes into LibCST's, and where these stand."""

from __future__ import annotations

import ast
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from lamlint.python.module import cst
from lamlint.text import Source

Extent = tuple[int, int]
Turn = Callable[["Reading", Any], Any]
"""Makes a node of LibCST of one of CPython's."""


class Unusual(Exception):  # noqa: N818  nothing is wrong
    """What is too rare to be read here."""


class Notes:
    """Where nodes stand, as CPython says it; most are never asked for."""

    def __init__(self) -> None:
        self.nodes: list[cst.CSTNode] = []
        self.starts = array("L")
        self.ends = array("L")
        self.grafts: dict[int, int] = {}
        """What LibCST has read itself, by the identity of the node, and where that starts."""

    def add(self, node: cst.CSTNode, start: int, end: int) -> None:
        """Note a node."""
        self.nodes.append(node)
        self.starts.append(start)
        self.ends.append(end)


class Reading:
    """A text while it is read. `turns` say what becomes of each type of CPython's nodes."""

    def __init__(self, source: Source, turns: Mapping[type[ast.AST], Turn]) -> None:
        self.source = source
        self.text = source.text
        self.lines = [0, *map(source.offset, range(1, source.line_count + 1))]
        """Where each line starts; CPython counts them from one."""
        self.notes = Notes()
        self._turns = turns
        self._wide = frozenset(_wide(source))

    def of(self, one: ast.AST) -> Any:
        """The node of LibCST for one of CPython's."""
        turn = self._turns.get(one.__class__)
        if turn is None:
            raise Unusual
        made = turn(self, one)
        self.notes.add(made, *self.extent(one))
        return made

    def maybe(self, one: ast.AST | None) -> Any:
        """The same where there may be none."""
        return None if one is None else self.of(one)

    def each(self, several: Iterable[ast.AST]) -> tuple[Any, ...]:
        """The same for several."""
        return tuple(map(self.of, several))

    def extent(self, one: Any) -> Extent:
        """Where one of CPython's nodes starts and ends."""
        first, last = one.lineno, one.end_lineno
        if self._wide and (first in self._wide or last in self._wide):
            return self._behind(first, one.col_offset), self._behind(last, one.end_col_offset)
        return self.lines[first] + one.col_offset, self.lines[last] + one.end_col_offset

    def _behind(self, line: int, column: int) -> int:
        """The place in a line, of which CPython counts the bytes of its UTF-8."""
        start = self.lines[line]
        return start + len(self.text[start : start + column].encode()[:column].decode())

    def is_in_parentheses(self, one: ast.AST, elements: Sequence[ast.AST]) -> bool:
        """Whether a tuple, or a pattern of several, is written in parentheses of its own."""
        start = self.extent(one)[0]
        if not self.text.startswith("(", start) or not elements:
            return self.text.startswith("(", start)
        first, behind = self.extent(elements[0])
        ahead = self.text[start:first]
        closing = self.text[behind : self.text.index(",", behind)]
        if "#" in ahead or "#" in closing:
            raise Unusual
        return ahead.count("(") > closing.count(")")

    def written(self, one: ast.AST) -> str:
        """The text of a node."""
        start, end = self.extent(one)
        return self.text[start:end]


def _wide(source: Source) -> Iterator[int]:
    """The lines in which a character may take more than one byte."""
    if not source.text.isascii():
        for number in range(1, source.line_count + 1):
            if not source.line(number).isascii():
                yield number
