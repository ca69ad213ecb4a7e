"""What a regular expression costs for each character of a text made to hurt it."""

from __future__ import annotations

import contextlib
import math
import re
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from tests.patterns.attacks import Attack, attacks

LENGTHS = {24: None, 2_048: None, 16_384: 12, 131_072: 3}
"""How long the texts grow, and how many grow as long: of those that hurt most, and again
of those that came to hurt more than they did at the length before. None is all."""
_DEADLINE = 2
"""Seconds of the processor for a single text, at which an exponential expression is stopped."""


class Cost(NamedTuple):
    """How many plain steps each character of the worst text took."""

    steps: float
    attack: Attack
    use: str
    length: int


def worst(expression: re.Pattern[Any], uses: frozenset[str], limit: float) -> Cost:
    """The worst that texts do, growing up to the longest; the first beyond the limit ends it."""
    made = attacks(expression)
    found = []
    for way in sorted({_WAY[use] for use in uses}):
        found.append(_worst(expression, made, way, limit))
        if found[-1].steps > limit:
            break
    return max(found)


def _worst(expression: re.Pattern[Any], made: Sequence[Attack], way: str, limit: float) -> Cost:
    before: dict[Attack, float] = {}
    steps: dict[Attack, float] = {}
    for length, kept in LENGTHS.items():
        hurt = sorted(steps, key=lambda attack: -steps[attack])
        grown = sorted(steps, key=lambda attack: -steps[attack] / max(before.get(attack, 1), 0.01))
        before, steps = steps, {}
        for attack in dict.fromkeys((*hurt[:kept], *grown[:kept])) if before else made:
            cost = _cost(expression, attack, way, length)
            if limit < cost.steps < math.inf:  # once more: it may have been the machine
                cost = min(cost, *(_cost(expression, attack, way, length) for _ in range(2)))
            if cost.steps > limit:
                return cost
            steps[attack] = cost.steps
    attack = max(steps, key=lambda attack: steps[attack])
    return Cost(steps[attack], attack, way, length)


def _cost(expression: re.Pattern[Any], attack: Attack, way: str, length: int) -> Cost:
    text: Any = attack.text(length)
    if isinstance(expression.pattern, bytes):
        text = text.encode("latin-1", "replace")
    start = time.process_time()
    try:
        with _deadline():
            _RUN[way](expression, text)
    except TimeoutError:
        return Cost(math.inf, attack, way, length)
    seconds = time.process_time() - start
    return Cost(seconds / _step() / (len(text) + _OVERHEAD), attack, way, length)


_OVERHEAD = 16
"""A call takes as long as so many characters."""


@cache
def _step() -> float:
    """How long this machine takes to find the simplest match behind another one."""
    expression, text = re.compile("[a-z]"), "a" * 200_000
    times = []
    for _ in range(5):
        start = time.process_time()
        _all(expression, text)
        times.append(time.process_time() - start)
    return min(times) / len(text)


@contextlib.contextmanager
def _deadline() -> Iterator[None]:
    """Ends what takes too long; the engine looks for signals while it tries."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, _DEADLINE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


_APART = 3
"""No two places that code matches at are nearer: a word of a name lies between them."""


def _everywhere(expression: re.Pattern[Any], text: Any) -> None:
    for place in range(0, len(text), _APART):
        expression.match(text, place)


def _all(expression: re.Pattern[Any], text: Any) -> None:
    deque(expression.finditer(text), maxlen=0)


_RUN: dict[str, Callable[[re.Pattern[Any], Any], object]] = {
    "match": re.Pattern.match,
    "fullmatch": re.Pattern.fullmatch,
    "finditer": _all,
    "anywhere": _everywhere,
}
_WAY = {
    "search": "finditer", "findall": "finditer", "split": "finditer", "sub": "finditer",
    **{way: way for way in _RUN},
}  # fmt: skip
