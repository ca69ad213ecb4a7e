"""Sets that are made of other sets, in circles too; each is worked out once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeAlias

Words: TypeAlias = "frozenset[str]"
_NONE: Words = frozenset()


class _Found(Exception):  # noqa: N818  it tells of no error
    """A word that was looked for is there: nothing else is asked."""


class Unions:
    """Questions whose answer is the union of some words and of the answers to other questions.

    Where questions lead back to each other, each of them leads to all words of
    the circle: they share one answer, which is known when the first of them is
    (Tarjan's strongly connected components).
    """

    def __init__(self) -> None:
        self._known: dict[Hashable, Words] = {}
        self._led: dict[Hashable, Words] = {}
        """Some words of answers that nobody had to know in full."""
        self._open: dict[Hashable, int] = {}
        """The questions under way, and those that wait for one under way, by their places."""
        self._path: list[Hashable] = []
        self._lowest = 0
        """The place of the outermost open question that the current one led back to."""
        self._wanted: Callable[[str], bool] | None = None
        self._passed: set[str] = set()
        """The words that were met and are not those that are wanted."""

    def forget(self) -> None:
        """Drop all answers."""
        self._known.clear()
        self._led.clear()

    def has(
        self,
        question: Hashable,
        parts: Callable[[], Iterable[Words]],
        wanted: Callable[[str], bool],
    ) -> bool:
        """Whether some word of an answer is wanted; nothing is asked beyond the first."""
        self._wanted = wanted
        try:
            self.answer(question, parts)
        except _Found:
            return True
        finally:
            self._wanted = None
            self._passed.clear()
        return False

    def answer(self, question: Hashable, parts: Callable[[], Iterable[Words]]) -> Words:
        """The answer to a question; less than that while it is part of a circle under way."""
        known = self._known.get(question)
        if known is not None:
            self._look(known)
            return known
        waiting = self._open.get(question)
        if waiting is not None:
            self._lowest = min(self._lowest, waiting)
            return _NONE
        self._look(self._led.get(question, _NONE))
        place = self._open[question] = len(self._path)
        self._path.append(question)
        outer, self._lowest = self._lowest, place
        found: set[str] = set()
        try:
            for words in parts():
                self._look(words)
                found |= words
        except BaseException:
            self._close(place)
            self._lowest = outer
            raise
        all_found = frozenset(found)
        if self._lowest == place:
            for member in self._close(place):
                self._known[member] = all_found
            self._lowest = outer
        else:
            self._lowest = min(outer, self._lowest)
        return all_found

    def _look(self, words: Words) -> None:
        """Leave the questions under way where some words have one that is wanted.

        All of them lead to it, and so do those that wait for one of them.
        """
        if self._wanted is None or words <= self._passed:
            return
        for word in words - self._passed:
            if self._wanted(word):
                for question in self._path:
                    self._led[question] = self._led.get(question, _NONE) | {word}
                raise _Found
            self._passed.add(word)

    def _close(self, place: int) -> list[Hashable]:
        """Take the questions from a place on out of what is under way."""
        closed = self._path[place:]
        del self._path[place:]
        for question in closed:
            del self._open[question]
        return closed
