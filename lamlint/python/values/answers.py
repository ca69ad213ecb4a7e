"""What was asked and answered already, with what each answer was read from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Answers(Generic[T]):
    """The answers to questions of one kind: each about a node of the code in a frame."""

    def __init__(self) -> None:
        self.known: dict[tuple[int, int], tuple[T, int]] = {}
        self.open: dict[tuple[int, int], int] = {}
        """The questions under way, with their places."""


class Memory:
    """Asks each question once, and again only where what it was read from has changed.

    What an answer was read from is a number with a bit for each source: they are united on
    every way back from a question, and that is the cheapest union that there is.
    """

    def __init__(self, count: Callable[[], None]) -> None:
        self._count = count
        self._kinds: list[Answers[object]] = []
        self._depth = 0
        self._lowest = 0
        """The place of the outermost question that the current one led back to."""
        self._loose: list[tuple[Answers[object], tuple[int, int]]] = []
        """The answers that may be less than all."""
        self.apart = False
        """Whether a question is under way that sees no others."""
        self._bits: dict[int, int] = {}
        self._read = 0
        """What the question under way was read from so far."""
        self._changed = 0

    def kind(self, answers: Answers[T]) -> Answers[T]:
        """Keep answers of one kind among those that can be forgotten."""
        self._kinds.append(answers)  # type: ignore[arg-type]  # only looked through
        return answers

    def read(self, source: object) -> None:
        """Note that the question under way depends on something that may change."""
        self._read |= self._bit(source)

    def changed(self, source: object) -> None:
        """Note that something changed that answers may depend on: if any was read from it yet."""
        self._changed |= self._bits.get(id(source), 0)

    def _bit(self, source: object) -> int:
        return self._bits.setdefault(id(source), 1 << len(self._bits))

    def forget(self) -> None:
        """Drop the answers that depend on what changed since this was last asked for."""
        for kind in self._kinds if self._changed else ():
            for key in [key for key, (_, read) in kind.known.items() if read & self._changed]:
                del kind.known[key]
        self._changed = 0

    def ask(
        self,
        kind: Answers[T],
        node: object,
        frame: object,
        answer: Callable[[], T],
        nothing: T,
    ) -> T:
        """The answer to a question, once; `nothing` where it leads back to itself.

        What is answered on such a way back may be less than all, and is kept no longer than
        until the question that it led back to is answered.
        """
        key = (id(node), id(frame))
        known = kind.known.get(key)
        if known is not None:
            self._read |= known[1]
            return known[0]
        if key in kind.open:
            self._lowest = min(self._lowest, kind.open[key])
            return nothing
        self._count()
        place, since = self._depth, len(self._loose)
        kind.open[key] = place
        self._depth += 1
        outer, self._lowest = self._lowest, place
        around, self._read = self._read, 0
        try:
            found = answer()
            kind.known[key] = (found, self._read)
        finally:
            del kind.open[key]
            self._depth -= 1
            self._read |= around
            closed = self._lowest >= place
            self._lowest = outer if closed else min(outer, self._lowest)
        if closed:
            self._drop(since)
        else:
            self._loose.append((kind, key))  # type: ignore[arg-type]  # only dropped from
        return found

    def ask_apart(
        self,
        kind: Answers[T],
        node: object,
        frame: object,
        answer: Callable[[], T],
        nothing: T,
    ) -> T:
        """The same, as if nothing else were under way, unless that is asked apart itself.

        For a question that many others lead to, and that leads back to each of them: on their
        ways it would be cut short by each, and be answered anew for the next, with all of them.
        """
        if self.apart or (id(node), id(frame)) in kind.known:
            return self.ask(kind, node, frame, answer, nothing)
        under_way = [one.open for one in self._kinds]
        loose, self._loose = self._loose, []
        hidden = [(one, key, one.known.pop(key)) for one, key in loose if key in one.known]
        for one in self._kinds:
            one.open = {}
        self.apart = True
        try:
            return self.ask(kind, node, frame, answer, nothing)
        finally:
            self.apart = False
            for one, questions in zip(self._kinds, under_way, strict=True):
                one.open = questions
            for one, key, known in hidden:
                one.known.setdefault(key, known)
            self._loose = loose

    def _drop(self, since: int) -> None:
        for kind, key in self._loose[since:]:
            kind.known.pop(key, None)
        del self._loose[since:]
