"""What a regular expression costs for each character of a text made to hurt it.

It is measured by the clock of the thread: that of the process moves in steps of some
milliseconds while a timer runs.
"""

from __future__ import annotations

import contextlib
import gc
import math
import re
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from tests.patterns.attacks import Attack, attacks

LENGTHS = {24: None, 128: None, 512: 40, 2_048: 8, 16_384: 4, 131_072: 0}
"""How long the texts grow, and how many at most of each length grow on: those that would come
farthest if they grew on as they did. None is all."""
_NOISE = 1.2
"""So much more for each character is no growth: it is the machine."""
_DOUBT = 8
"""What would not even come to an eighth of the limit need not grow on: it is linear."""
_TRIES = 5
"""So often is measured what is beyond the limit by less than a hundredfold; the least counts."""
_DEADLINE = 4e-6
"""Seconds of the processor for a character, and a fifth of one for a text, at which an expression
is stopped: some are exponential."""


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
    with _stopped():
        for way in sorted({_WAY[use] for use in uses}):
            found.append(_worst(expression, made, way, limit))
            if found[-1].steps > limit:
                break
    return max(found)


def _worst(expression: re.Pattern[Any], made: Sequence[Attack], way: str, limit: float) -> Cost:
    growing = [Cost(0, attack, way, 0) for attack in made]
    most = growing[0]
    for length, kept in LENGTHS.items():
        ends = []
        for before in growing:
            cost = _sure_cost(expression, before.attack, way, length, limit)
            if cost.steps > limit:
                return cost
            ends.append((_at_the_end(before, cost), cost))
        most = max([most, *(cost for _, cost in ends)])
        if kept is not None:
            ends = sorted(pair for pair in ends if pair[0] > limit / _DOUBT)[-kept:]
        growing = [cost for _, cost in ends]
    return most


def _at_the_end(before: Cost, cost: Cost) -> float:
    """The cost in the longest text, if it grows on as it did between two lengths."""
    growth = (cost.steps - before.steps * _NOISE) / (cost.length - before.length)
    return cost.steps + growth * (max(LENGTHS) - cost.length) if growth > 0 else 0


def _sure_cost(
    expression: re.Pattern[Any], attack: Attack, way: str, length: int, limit: float
) -> Cost:
    """A cost; one beyond the limit is measured again, and with it how fast the machine is now."""
    cost = _cost(expression, attack, way, length)
    for _ in range(1, _TRIES):
        if limit < cost.steps < 100 * limit:
            _step.cache_clear()
            cost = min(cost, _cost(expression, attack, way, length))
    return cost


def _cost(expression: re.Pattern[Any], attack: Attack, way: str, length: int) -> Cost:
    text: Any = attack.text(length)
    if isinstance(expression.pattern, bytes):
        text = text.encode("latin-1", "replace")
    start = time.thread_time()
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0.2 + _DEADLINE * len(text))
        _RUN[way](expression, text)
    except TimeoutError:
        return Cost(math.inf, attack, way, length)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    seconds = time.thread_time() - start
    return Cost(seconds / _step() / (len(text) + _OVERHEAD), attack, way, length)


_OVERHEAD = 16
"""A call takes as long as so many characters."""


@cache
def _step() -> float:
    """How long this machine takes to find the simplest match behind another one."""
    expression, text = re.compile("[a-z]"), "a" * 200_000
    times = []
    for _ in range(5):
        start = time.thread_time()
        _all(expression, text)
        times.append(time.thread_time() - start)
    return min(times) / len(text)


@contextlib.contextmanager
def _stopped() -> Iterator[None]:
    """Here texts that take too long are stopped, and no garbage is looked for meanwhile.

    The engine looks for signals while it tries.
    """

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, stop)
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
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
