"""How much work something is, whatever machine does it and however busy that is."""

from __future__ import annotations

import cProfile
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from lamlint.python.module.stack import deep
from lamlint.text.regex import Regex

_SPARE = 10_000, 300_000
"""Calls and characters for what comes only with some length of a text."""


def work(done: Callable[[], object]) -> int:
    """How many calls are made, steps of generators and calls of what is written in C included."""
    profile = cProfile.Profile(subcalls=False)
    deep(lambda: profile.runcall(done))  # rules run on such a stack: here all is one thread
    return sum(entry.callcount for entry in profile.getstats())


def looked_through(done: Callable[[], object]) -> int:
    """How many characters regular expressions go through: to each match, or to the end.

    What each costs for a character, and a match at one place, tests/patterns/growth.py measures.
    """
    count = 0

    def found(text: Any, start: int, end: int, match: Any) -> Any:
        nonlocal count
        count += (min(end, len(text)) if match is None else match.end()) - start
        return match

    def search(self: Regex[Any], text: Any, start: int = 0, end: int = sys.maxsize) -> Any:
        return found(text, start, end, self.compiled.search(text, start, end))

    def finditer(
        self: Regex[Any], text: Any, start: int = 0, end: int = sys.maxsize
    ) -> Iterator[Any]:
        for match in self.compiled.finditer(text, start, end):
            yield found(text, start, end, match)
            start = match.end()
        found(text, start, end, None)

    def whole(name: str) -> Callable[..., Any]:
        def method(self: Regex[Any], *arguments: Any) -> Any:
            text = arguments[1] if name == "sub" else arguments[0]
            found(text, 0, len(text), None)
            return getattr(self.compiled, name)(*arguments)

        return method

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Regex, "search", search)
        patch.setattr(Regex, "finditer", finditer)
        for name in ("findall", "split", "sub"):
            patch.setattr(Regex, name, whole(name))
        done()
    return count


def grows_no_faster(counts: Sequence[int], spare: int = 0) -> bool:
    """Whether twice as much is about twice the work; fourfold, if all pairs were looked at."""
    once, twice, fourfold = counts
    return fourfold - twice < 2.5 * max(twice - once, 0) + spare


def assert_grows_with_it(*steps: Callable[[], object]) -> None:
    """Assert that each step, on a text twice as long as that of the last, is twice the work."""
    steps[0]()  # what is kept from then on
    calls: list[int] = []
    characters = [looked_through(lambda step=step: calls.append(work(step))) for step in steps]  # type: ignore[misc]
    assert grows_no_faster(calls, spare=_SPARE[0]), calls
    assert grows_no_faster(characters, spare=_SPARE[1]), characters
