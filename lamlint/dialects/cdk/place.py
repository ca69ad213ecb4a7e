"""Where something stands in a stack's code."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import shorten

from lamlint.text import Source, Span
from lamlint.text.dataclass import dataclass

_LONGEST = 60
"""So many characters of code stand in a message at most."""


@dataclass(eq=False, slots=True)
class Place:
    """Where something is written: found out when it is asked for, as of most it never is.

    Where its bounds are not known, `find` makes them of what a parser has `told` of it. A place
    outlives the tree, and holds nothing of it.
    """

    source: Source
    known: tuple[int, int] | None = None
    told: tuple[int, ...] = ()
    find: Callable[[Source, tuple[int, ...]], tuple[int, int]] | None = None

    @classmethod
    def of(cls, source: Source, start: int, end: int) -> Place:
        """The place of some characters."""
        return cls(source, (start, end))

    def __reduce__(self) -> tuple[Callable[..., Place], tuple[Source, int, int]]:
        """Code that is parsed is not sent along."""
        return Place.of, (self.source, self.start, self.end)

    @property
    def bounds(self) -> tuple[int, int]:
        """Where it starts, and where it ends."""
        if self.known is None:
            self.known = (0, 0) if self.find is None else self.find(self.source, self.told)
        return self.known

    @property
    def beginning(self) -> Place:
        """Where it starts, without any of it."""
        return Place(self.source, (self.start, self.start))

    @property
    def start(self) -> int:
        """Where it starts."""
        return self.bounds[0]

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.bounds[1]

    @property
    def text(self) -> str:
        """How it is written."""
        start, end = self.bounds
        return self.source.text[start:end]

    @property
    def outline(self) -> str:
        """How it is written, on one line: what is long is left out, and no word is cut."""
        line = " ".join(self.text.split())
        if len(line) <= _LONGEST:
            return line
        head, bracket, _ = line.partition("(")
        kept = (
            shorten(head, _LONGEST, placeholder="", break_long_words=False)
            or head[:_LONGEST].rpartition(".")[0]
        )
        return f"{kept}(…)" if bracket and kept == head else f"{kept}…"

    @property
    def span(self) -> Span:
        """The place in the file."""
        return self.source.span(*self.bounds)

    def holds(self, other: Place) -> bool:
        """Whether another place lies in this one."""
        if self.source.path != other.source.path:
            return False
        (start, end), (first, last) = self.bounds, other.bounds
        return start <= first and last <= end
