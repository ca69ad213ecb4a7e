"""Where something stands in a stack's code."""

from __future__ import annotations

from lamlint.text import Source, Span
from lamlint.text.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is written."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        """How it is written."""
        return self.source.text[self.start : self.end]

    @property
    def span(self) -> Span:
        """The place in the file."""
        return self.source.span(self.start, self.end)

    def holds(self, other: Place) -> bool:
        """Whether another place lies in this one."""
        same = self.source.path == other.source.path
        return same and self.start <= other.start and other.end <= self.end
