"""Places in a text: lines and columns as people name them, and runs of characters."""

from __future__ import annotations

from typing import NamedTuple

from lamlint.text.dataclass import dataclass


class Position(NamedTuple):
    """A place as people name it: line and column, both from 1, columns in code points."""

    line: int
    column: int


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """The characters from start up to, not including, end, of the file at path.

    The path is relative to the project's root and has forward slashes.
    """

    path: str
    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """Whether other lies wholly inside this span."""
        return self.path == other.path and self.start <= other.start and other.end <= self.end
