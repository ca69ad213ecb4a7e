"""Tables of text, their columns aligned by what a terminal shows."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from lamlint.report.terminal.cells import width_of
from lamlint.report.terminal.style import Style
from lamlint.text.visible import visible

_GAP = "  "


_LEAST_PROSE = 24


def table(
    headings: Sequence[str], rows: Sequence[Sequence[str]], style: Style, *, prose: bool = False
) -> str:
    """Headings over rows, with the last line end.

    `prose` says that the last column is text, which is broken at the width of the terminal;
    where the others leave it no room, each row takes several lines.
    """
    shown = [[visible(cell) for cell in row] for row in rows]
    widths = [max(map(width_of, column)) for column in zip(headings, *shown, strict=True)]
    if prose:
        left = style.width - sum(widths[:-1]) - len(_GAP) * (len(widths) - 1)
        if left < _LEAST_PROSE:
            return _stacked(headings, shown, style)
        widths[-1] = left
        shown = [part for row in shown for part in _broken(row, left)]
    lines = [style.paint(_line(headings, widths), "bold")]
    lines += [_line(row, widths) for row in shown]
    return "".join(f"{line}\n" for line in lines)


def _stacked(headings: Sequence[str], rows: Sequence[Sequence[str]], style: Style) -> str:
    """Rows below each other: the first cell, and indented the others and the text."""
    top = [style.paint(line, "bold") for line in _heap(headings, style.width)]
    lines = [*top, *(line for row in rows for line in _heap(row, style.width))]
    return "".join(f"{line}\n" for line in lines)


def _heap(row: Sequence[str], width: int) -> Iterator[str]:
    first, *others, text = row
    yield first
    for part in (", ".join(filter(None, others)), text):
        yield from textwrap.wrap(part, width, initial_indent=_GAP, subsequent_indent=_GAP)


def _broken(row: Sequence[str], width: int) -> Iterator[list[str]]:
    """A row, and further ones for the rest of its last cell."""
    *before, text = row
    first, *rest = textwrap.wrap(text, width) or [""]
    yield [*before, first]
    yield from ([*("" for _ in before), line] for line in rest)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (
        cell + " " * (width - width_of(cell)) for cell, width in zip(cells, widths, strict=True)
    )
    return _GAP.join(padded).rstrip()
