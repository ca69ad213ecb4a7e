"""A code frame: lines of a file with what they are about marked."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.report.places import Place
from lamlint.report.terminal.cells import Row, row
from lamlint.report.terminal.style import Style
from lamlint.text import Position, Source

_HEAD = 5
_TAIL = 2
_LEAST_WIDTH = 20


def frame(place: Place, style: Style, look: str, *, mark: str = "^", context: int = 0) -> list[str]:
    """The lines of a place under its arrow; only the arrow where the file cannot be shown."""
    gutter = len(str(place.end.line + context))
    arrow = f"{' ' * gutter}{style.paint('-->', 'blue')} {place.label}"
    source = place.source
    if source is None or not source.text:
        return [arrow]
    return [arrow, *_Frame(source, place, style, look, mark, gutter).lines(context)]


class _Frame:
    """The state of one frame while it is drawn."""

    def __init__(
        self, source: Source, place: Place, style: Style, look: str, mark: str, gutter: int
    ) -> None:
        self.source = source
        self.style = style
        self.look = look
        self.mark = mark
        self.gutter = gutter
        self.start = place.start
        self.end = _last_marked(source, place.start, place.end)
        self.several = self.end.line > self.start.line
        self.width = max(style.width - gutter - (5 if self.several else 3), _LEAST_WIDTH)
        self.first_cell = self.crop()

    def crop(self) -> int:
        """The cell at which every line starts to be shown, so that the mark is in view."""
        shown = self.row(self.start.line)
        begin = shown.cell(self.start.column)
        end = begin if self.several else shown.cell(self.end.column)
        if end < self.width:
            return 0
        return max(min(begin - self.width // 4, end - self.width // 2), 0)

    def row(self, number: int) -> Row:
        """A line as it is shown: laid out once, as many findings may stand on it."""
        return self.source.once(("row", number), lambda: row(self.source.line(number)))

    def lines(self, context: int) -> Iterator[str]:
        empty = self.bar("")
        yield empty
        first = max(self.start.line - context, 1)
        last = min(self.end.line + context, self.source.line_count)
        for number in range(first, self.start.line):
            if number > first or self.source.line(number).strip():
                yield self.code(number, "  " if self.several else "")
        yield from self.marked_block() if self.several else self.marked_line()
        for number in range(self.end.line + 1, last + 1):
            if number < last or self.source.line(number).strip():
                yield self.code(number, "  " if self.several else "")
        yield empty

    def bar(self, text: str, number: str = "") -> str:
        edge = self.style.paint(f"{number:>{self.gutter}} |", "blue")
        return f"{edge} {text}" if text else edge

    def code(self, number: int, side: str) -> str:
        text = self.row(number).window(self.first_cell, self.width).rstrip()
        return self.bar(side + text if side.strip() or text else "", str(number))

    def marked_line(self) -> Iterator[str]:
        yield self.code(self.start.line, "")
        shown = self.row(self.start.line)
        begin = shown.cell(self.start.column) - self.first_cell
        end = min(shown.cell(self.end.column) - self.first_cell, self.width)
        marks = self.mark * max(end - begin, 1)
        yield self.bar(" " * begin + self.style.paint(marks, self.look))

    def marked_block(self) -> Iterator[str]:
        paint = self.style.paint
        first, side = self.row(self.start.line), paint("|", self.look)
        begin = first.cell(self.start.column) - self.first_cell
        if self.source.line(self.start.line)[: self.start.column - 1].strip():
            yield self.code(self.start.line, "  ")
            yield self.bar(paint(f" {'_' * (begin + 1)}{self.mark}", self.look))
        else:
            yield self.code(self.start.line, f"{paint('/', self.look)} ")
        for number in _shown_lines(self.start.line + 1, self.end.line):
            if number is None:
                yield paint("...", "blue") + " " * self.gutter + side
            else:
                yield self.code(number, f"{side} ")
        end = self.row(self.end.line).cell(self.end.column) - self.first_cell
        tail = "_" * min(max(end, 1), self.width)
        yield self.bar(f"{side}{paint(tail + self.mark, self.look)}")


def _last_marked(source: Source, start: Position, end: Position) -> Position:
    """Where the marks end: a line end at the end of a span is no line of its own."""
    if end.line > start.line and end.column == 1:
        return Position(end.line - 1, len(source.line(end.line - 1)) + 1)
    return end


def _shown_lines(first: int, last: int) -> Iterator[int | None]:
    """The lines of a block after its first; None where many are left out."""
    if last - first < _HEAD + _TAIL:
        yield from range(first, last + 1)
        return
    yield from range(first, first + _HEAD - 1)
    yield None
    yield from range(last - _TAIL + 1, last + 1)
