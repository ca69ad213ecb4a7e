"""Text as a terminal shows it: tabs, wide and combining characters, no steering."""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from lamlint.text.dataclass import dataclass
from lamlint.text.visible import UNSEEN, visible

TAB = 4
ELLIPSIS = "…"
_ZERO_WIDTH = ("Mn", "Me")


@dataclass(frozen=True)
class Row:
    """A line ready to be shown, and the cell at which each of its characters starts.

    `starts` has one more entry than the line has characters: its whole width.
    `edges` are the same for the characters of the shown text, where a tab is spaces.
    """

    text: str
    starts: Sequence[int]
    edges: Sequence[int]

    def cell(self, column: int) -> int:
        """The cell, from 0, of a column, from 1."""
        return self.starts[min(max(column - 1, 0), len(self.starts) - 1)]

    def window(self, start: int, width: int) -> str:
        """The cells from start on, `width` of them, with dots where it was cut.

        Only the characters in reach are looked at: a line may be as long as a file.
        """
        end = start + width
        if start == 0 and self.edges[-1] <= width:
            return self.text
        first = max(bisect_left(self.edges, start) - 1, 0)
        last = bisect_right(self.edges, end)
        kept, cell = [], self.edges[min(first, len(self.text))]
        for shown, size in _cells(self.text[first:last]):
            if cell >= start and cell + size <= end:
                kept.append((shown, size))
            elif cell < start < cell + size:
                kept.append((" ", 1))
            cell += size
        if self.edges[-1] > end:
            used = sum(size for _, size in kept)
            while kept and used > width - 1:
                used -= kept.pop()[1]
            kept.append((ELLIPSIS, 1))
        if start and kept:
            kept[0] = (ELLIPSIS.ljust(kept[0][1]), kept[0][1])
        return "".join(shown for shown, _ in kept)


def row(line: str) -> Row:
    """A line of a file as it is shown."""
    if line.isascii() and line.isprintable():
        cells = range(len(line) + 1)
        return Row(line, cells, cells)
    text = "".join(shown for shown, _ in _cells(line))
    return Row(text, _starts(line), _starts(text))


def _starts(text: str) -> array[int]:
    """The cell at which each character of a text starts, and the width of them all."""
    starts = array("L", [0])
    for _, width in _cells(text):
        starts.append(starts[-1] + width)
    return starts


def width_of(text: str) -> int:
    """How many cells a text takes."""
    return sum(width for _, width in _cells(text))


def _cells(text: str) -> Iterator[tuple[str, int]]:
    """What is shown for each character, and its width."""
    cell = 0
    for character in text:
        shown, width = _cell(character, cell)
        yield shown, width
        cell += width


def _cell(character: str, cell: int) -> tuple[str, int]:
    if " " <= character <= "~":
        return character, 1
    if character == "\t":
        width = TAB - cell % TAB
        return " " * width, width
    if UNSEEN.match(character):
        sign = visible(character)
        return sign, len(sign)
    if unicodedata.category(character) in _ZERO_WIDTH:
        return character, 0
    return character, 2 if unicodedata.east_asian_width(character) in "WF" else 1
