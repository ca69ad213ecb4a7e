"""Text as a terminal shows it: tabs, wide and combining characters, no steering."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from lamlint.text.visible import UNSEEN, visible

TAB = 4
ELLIPSIS = "…"
_ZERO_WIDTH = ("Mn", "Me")


@dataclass(frozen=True)
class Row:
    """A line ready to be shown, and the cell at which each of its characters starts.

    `starts` has one more entry than the line has characters: its whole width.
    """

    text: str
    starts: tuple[int, ...]

    def cell(self, column: int) -> int:
        """The cell, from 0, of a column, from 1."""
        return self.starts[min(max(column - 1, 0), len(self.starts) - 1)]


def row(line: str) -> Row:
    """A line of a file as it is shown."""
    shown, starts, cell = [], [], 0
    for text, width in _cells(line):
        shown.append(text)
        starts.append(cell)
        cell += width
    return Row("".join(shown), (*starts, cell))


def width_of(text: str) -> int:
    """How many cells a text takes."""
    return sum(width for _, width in _cells(text))


def window(text: str, start: int, width: int) -> str:
    """The cells of a text from start on, `width` of them, with dots where it was cut."""
    if start == 0 and width_of(text) <= width:
        return text
    kept, cell = [], 0
    for shown, size in _cells(text):
        if cell >= start and cell + size <= start + width:
            kept.append((shown, size))
        elif cell < start < cell + size:
            kept.append((" ", 1))
        cell += size
    if cell > start + width:
        while kept and sum(size for _, size in kept) > width - 1:
            kept.pop()
        kept.append((ELLIPSIS, 1))
    if start and kept:
        kept[0] = (ELLIPSIS.ljust(kept[0][1]), kept[0][1])
    return "".join(shown for shown, _ in kept)


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
