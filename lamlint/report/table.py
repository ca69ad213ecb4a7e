"""Tables of text, their columns aligned by what a terminal shows."""

from __future__ import annotations

from collections.abc import Sequence

from lamlint.report.cells import width_of
from lamlint.report.style import Style
from lamlint.text.visible import visible

_GAP = "  "


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], style: Style) -> str:
    """Headings over rows, with the last line end."""
    shown = [[visible(cell) for cell in row] for row in rows]
    widths = [max(map(width_of, column)) for column in zip(headings, *shown, strict=True)]
    lines = [style.paint(_line(headings, widths), "bold")]
    lines += [_line(row, widths) for row in shown]
    return "".join(f"{line}\n" for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (
        cell + " " * (width - width_of(cell)) for cell, width in zip(cells, widths, strict=True)
    )
    return _GAP.join(padded).rstrip()
