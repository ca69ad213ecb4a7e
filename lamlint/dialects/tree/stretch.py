"""A stretch of a scalar: where a part of its text stands in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lamlint.dialects.tree.node import ScalarNode
from lamlint.text import Source, Span
from lamlint.text.dataclass import dataclass


@dataclass(frozen=True, eq=False, slots=True)
class Stretch:
    """Some characters of a file."""

    source: Source
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The place in the file."""
        return self.source.span(self.start, self.end)


def stretches(scalar: ScalarNode, pieces: Iterable[str]) -> Iterator[Stretch | ScalarNode]:
    """Where the pieces of a scalar's text stand, one behind the other.

    Each stands somewhere in the scalar where that is written otherwise than it reads: with
    escapes, or in several lines.
    """
    start = scalar.source.text.find(scalar.text, scalar.start, scalar.end)
    for piece in pieces:
        end = start + len(piece)
        yield scalar if start < 0 else Stretch(scalar.source, start, end)
        start = start if start < 0 else end
