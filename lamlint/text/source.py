"""The text of a file, and places in it.

Offsets count characters of the text as it stands in the file, its own line
ends included and a byte order mark excluded; lines and columns count from 1.
Text that lies inside another file (inline code in a template) is a Source
with a Host: its spans and edits come out in the file that holds it.
"""

from __future__ import annotations

import bisect
from array import array
from collections.abc import Callable, Hashable
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from lamlint.text.dataclass import dataclass
from lamlint.text.edit import Edit
from lamlint.text.regex import Regex
from lamlint.text.span import Position, Span

_LINE_END = Regex(r"\r\n|\n|\r")


class Piece(NamedTuple):
    """A run of characters that stands the same in an inner text and in its host."""

    inner: int
    outer: int
    length: int


@dataclass(frozen=True, eq=False)
class Host:
    """Where an inner text lies in the file that holds it.

    pieces, in order, cover every character of the inner text that the host
    shows as itself. `indent` is what the host puts before each line; None
    where the host's syntax (quoted or folded scalars) allows no edit by line.
    """

    source: Source
    pieces: tuple[Piece, ...]
    indent: str | None

    def offset(self, inner: int) -> int:
        """The host's offset of an inner offset; between two pieces, the end of the first."""
        place = bisect.bisect_right(self.pieces, inner, key=lambda piece: piece.inner) - 1
        piece = self.pieces[max(place, 0)]
        return piece.outer + min(max(inner - piece.inner, 0), piece.length)


T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Source:
    """A file's text, decoded without loss: `encode` gives the file's bytes back."""

    path: str
    text: str
    encoding: str = "utf-8"
    bom: bool = False
    host: Host | None = None

    def once(self, what: Hashable, make: Callable[[], T]) -> T:
        """What is made of this text: made when it is first asked for, and kept with the text.

        A text that several readings of a project share, since no fix touches
        it, is then parsed once. What is made must never change.
        """
        if what not in self._made:
            self._made[what] = make()
        made: T = self._made[what]
        return made

    def made(self, what: Hashable) -> tuple[Any, ...]:
        """What was made of this text already, if it was; nothing is made for that."""
        return (self._made[what],) if what in self._made else ()

    def let_go(self, what: Hashable) -> None:
        """Forget what was made under a key: it is made anew where it is asked for."""
        if self.made(what):
            del self._made[what]

    def __reduce__(self) -> tuple[type[Source], tuple[object, ...]]:
        """What is made of the text is not sent along: it is made again where it is asked for."""
        return Source, (self.path, self.text, self.encoding, self.bom, self.host)

    @cached_property
    def _made(self) -> dict[Hashable, Any]:
        return {}

    @cached_property
    def _line_starts(self) -> array[int]:
        return array("Q", [0, *(end.end() for end in _LINE_END.finditer(self.text))])

    @cached_property
    def newline(self) -> str:
        """The line end this file uses (that of its first line)."""
        first = _LINE_END.search(self.text)
        return first.group() if first else "\n"

    @property
    def line_count(self) -> int:
        """How many lines there are; text that ends in a line end has an empty last one."""
        return len(self._line_starts)

    def position(self, offset: int) -> Position:
        """The line and column of an offset of this text."""
        line = bisect.bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)

    def offset(self, line: int, column: int = 1) -> int:
        """The offset of a line and column, both from 1."""
        return self._line_starts[line - 1] + column - 1

    def line(self, number: int) -> str:
        """One line without its line end, numbered from 1."""
        return self.text[self.offset(number) : self.end(number)]

    def end(self, number: int) -> int:
        """The offset at which a line ends, before its line end."""
        if number >= self.line_count:
            return len(self.text)
        after = self._line_starts[number]
        return after - (2 if self.text.startswith("\r\n", after - 2) else 1)

    def span(self, start: int, end: int) -> Span:
        """The span of a part of this text, in the file that really holds it."""
        if self.host is None:
            return Span(self.path, start, end)
        outer_start = self.host.offset(start)
        outer_end = self.host.offset(end - 1) + 1 if end > start else outer_start
        return self.host.source.span(outer_start, outer_end)

    def edit(self, start: int, end: int, text: str) -> Edit | None:
        """A change of a part of this text, as a change of the file that holds it.

        None where the host's syntax cannot take it.
        """
        if self.host is None:
            return Edit(self.span(start, end), text)
        indent = self.host.indent
        if indent is None:
            return None
        # The host's offset of a line's start lies behind that line's indent, so
        # text that ends in a line end must leave the indent of the line after it.
        first, *others = _LINE_END.split(text)
        shifted = [first, *(indent + line if line else line for line in others)]
        # A blank line of the host may have no indent at all, before or behind the edit.
        if first and self._unindented(start):
            shifted[0] = indent + first
        if others and not others[-1] and end < len(self.text) and not self._unindented(end):
            shifted[-1] = indent
        outer = self.host.source
        return outer.edit(
            self.host.offset(start), self.host.offset(end), outer.newline.join(shifted)
        )

    def _unindented(self, inner: int) -> bool:
        """Whether this offset starts a blank line that has no indent in the host."""
        if self.host is None or self.text[inner : inner + 1] not in ("\r", "\n"):
            return False
        outer = self.host.offset(inner)
        return outer > 0 and self.host.source.text[outer - 1] in "\r\n"

    def encode(self, text: str) -> bytes:
        """The bytes of a file that holds `text` the way this one holds its own.

        Raises UnicodeEncodeError when the file's encoding lacks a character.
        """
        mark = "\ufeff".encode(self.encoding) if self.bom else b""
        return mark + text.encode(self.encoding)
