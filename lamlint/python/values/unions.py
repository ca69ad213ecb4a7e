"""Sets that are made of other sets, in circles too; each is worked out once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable


class Unions:
    """Questions whose answer is the union of some words and of the answers to other questions.

    Where questions lead back to each other, each of them leads to all words of
    the circle: they share one answer, which is known when the first of them is
    (Tarjan's strongly connected components).
    """

    def __init__(self) -> None:
        self._known: dict[Hashable, frozenset[str]] = {}
        self._open: dict[Hashable, int] = {}
        """The questions under way, and those that wait for one under way, by their places."""
        self._path: list[Hashable] = []
        self._lowest = 0
        """The place of the outermost open question that the current one led back to."""

    def forget(self) -> None:
        """Drop all answers."""
        self._known.clear()

    def answer(self, question: Hashable, parts: Callable[[], Iterable[str]]) -> frozenset[str]:
        """The answer to a question; less than that while it is part of a circle under way."""
        known = self._known.get(question)
        if known is not None:
            return known
        waiting = self._open.get(question)
        if waiting is not None:
            self._lowest = min(self._lowest, waiting)
            return frozenset()
        place = self._open[question] = len(self._path)
        self._path.append(question)
        outer, self._lowest = self._lowest, place
        try:
            found = frozenset(parts())
        except BaseException:
            self._close(place)
            self._lowest = outer
            raise
        if self._lowest == place:
            for member in self._close(place):
                self._known[member] = found
            self._lowest = outer
        else:
            self._lowest = min(outer, self._lowest)
        return found

    def _close(self, place: int) -> list[Hashable]:
        """Take the questions from a place on out of what is under way."""
        closed = self._path[place:]
        del self._path[place:]
        for question in closed:
            del self._open[question]
        return closed
