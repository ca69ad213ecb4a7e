"""Where the nodes of a tree without white space stand in the text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from lamlint.python.module import cst
from lamlint.python.module.plain.reading import Extent, Notes
from lamlint.python.module.positions import within
from lamlint.text.regex import Regex

_ELSEWHERE = frozenset({cst.Tuple, cst.GeneratorExp, cst.Slice, cst.MatchTuple, cst.MatchStar})
"""What CPython has with its parentheses, or without the white space in it."""


class Places:
    """Where nodes stand; `parents` are the nodes' own, by identity."""

    def __init__(
        self,
        text: str,
        notes: Notes,
        parents: Mapping[int, cst.CSTNode],
    ) -> None:
        self._text = text
        self._notes = notes
        self._parents = parents
        self._inside: dict[int, Mapping[int, Extent]] = {}

    def of(self, node: cst.CSTNode) -> Extent | None:
        """The offsets of a node in the text; None where CPython notes none, or notes others."""
        return self._noted(node) or self._derived(node) or self._in_graft(node)

    def _noted(self, node: cst.CSTNode) -> Extent | None:
        number = self._numbers.get(id(node))
        if number is None or node.__class__ in _ELSEWHERE:
            return None
        start, end = self._notes.starts[number], self._notes.ends[number]
        # The semicolon behind a last statement is part of what holds it, to CPython.
        return None if self._text[end - 1] == ";" else (start, end)

    @cached_property
    def _numbers(self) -> dict[int, int]:
        return {id(node): number for number, node in enumerate(self._notes.nodes)}

    def _derived(self, node: cst.CSTNode) -> Extent | None:
        """The place of what stands where another node does, or beside it."""
        derive = _DERIVE.get(node.__class__)
        return None if derive is None else derive(self, node)

    def line(self, line: cst.SimpleStatementLine) -> Extent | None:
        """The place of statements in a line."""
        first, last = self._noted(line.body[0]), self._noted(line.body[-1])
        return (first[0], last[1]) if first and last else None

    def param(self, param: cst.Param) -> Extent | None:
        """The place of the name of a parameter."""
        return None if param.star else self._noted(param.name)

    def decorator(self, decorator: cst.Decorator) -> Extent | None:
        """The place of a decorator, from its `@` on."""
        what = self._noted(decorator.decorator)
        return (what[0] - 1, what[1]) if what and self._text[what[0] - 1] == "@" else None

    def name(self, node: cst.Name) -> Extent | None:
        """The last of names with dots, and what a function or a class is called."""
        above = self._parents.get(id(node))
        around = None if above is None else self._noted(above)
        if around is None:
            return None
        if isinstance(above, cst.Attribute):
            return around[1] - len(node.value), around[1]
        head = _HEAD.match(self._text, around[0])
        return head and (head.end(), head.end() + len(node.value))

    def around(self, node: cst.CSTNode) -> Extent:
        """The place of what holds a node, where nobody tells its own."""
        above = self._parents.get(id(node))
        while above is not None:
            if found := self._noted(above):
                return found
            above = self._parents.get(id(above))
        return 0, len(self._text)

    def _in_graft(self, node: cst.CSTNode) -> Extent | None:
        above: cst.CSTNode | None = node
        while above is not None and id(above) not in self._notes.grafts:
            above = self._parents.get(id(above))
        if above is None:
            return None
        if id(above) not in self._inside:
            self._inside[id(above)] = self._counted(above)
        return self._inside[id(above)].get(id(node))

    def _counted(self, graft: cst.CSTNode) -> Mapping[int, Extent]:
        start = self._notes.grafts[id(graft)]
        newline = _NEWLINE.search(self._text, start)
        return within(graft, start - 1, newline[0] if newline else "\n")


_DERIVE: Mapping[type, Callable[[Places, Any], Extent | None]] = {
    cst.Decorator: Places.decorator,
    cst.Name: Places.name,
    cst.Param: Places.param,
    cst.SimpleStatementLine: Places.line,
}
_HEAD = Regex(r"(?:async[ \t]+)?(?:def|class)[ \t]+")
_NEWLINE = Regex(r"\r\n|\r|\n")
