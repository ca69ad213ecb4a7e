"""How much work something is, whatever machine does it and however busy that is."""

from __future__ import annotations

import cProfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from lamlint.python.module.stack import deep
from lamlint.text.regex import Regex


def work(done: Callable[[], object]) -> int:
    """How many calls are made, steps of generators and calls of what is written in C included."""
    profile = cProfile.Profile(subcalls=False)
    deep(lambda: profile.runcall(done))  # rules run on such a stack: here all is one thread
    return sum(entry.callcount for entry in profile.getstats())


def looked_through(done: Callable[[], object]) -> int:
    """How many characters regular expressions go through: to each match, or to the end."""
    count = 0

    def found(text: Any, start: int, match: Any) -> Any:
        nonlocal count
        count += (len(text) if match is None else match.end()) - start
        return match

    def search(self: Regex[Any], text: Any, start: int = 0, *end: int) -> Any:
        return found(text, start, self.compiled.search(text, start, *end))

    def finditer(self: Regex[Any], text: Any, start: int = 0, *end: int) -> Iterator[Any]:
        for match in self.compiled.finditer(text, start, *end):
            yield found(text, start, match)
            start = match.end()
        found(text, start, None)

    def whole(name: str) -> Callable[..., Any]:
        def method(self: Regex[Any], *arguments: Any) -> Any:
            found(
                next(one for one in reversed(arguments) if isinstance(one, (str, bytes))), 0, None
            )
            return getattr(self.compiled, name)(*arguments)

        return method

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Regex, "search", search)
        patch.setattr(Regex, "finditer", finditer)
        for name in ("findall", "split", "sub"):
            patch.setattr(Regex, name, whole(name))
        done()
    return count
