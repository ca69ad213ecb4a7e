"""How all schedules of a function together run it, in each case that its configuration knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from lamlint.model.condition import ALWAYS, Case, both, cases, possible
from lamlint.model.event import EventSource
from lamlint.model.schedule import Pace, most_frequent, pace
from lamlint.model.value import Choice, Value

_MOST_CASES = 64


class _Chain(NamedTuple):
    """An expression and those before it, which several may have in common."""

    value: str
    before: _Chain | None


def _values(last: _Chain | None) -> Iterator[str]:
    while last is not None:
        yield last.value
        last = last.before


def sure_paces(events: Iterable[EventSource], kept: timedelta) -> list[Pace]:
    """The paces of those schedules that are known; what is not known may only add to them."""
    written = [event.expression.choices for event in events if event.expression is not None]
    return _paces([choices for choices in written if choices], kept)


def fastest_paces(events: Iterable[EventSource], kept: timedelta) -> list[Pace]:
    """The paces of all schedules, of none that runs more often; empty if one is not known."""
    written = [event.expression for event in events if event.expression is not None]
    return _paces([_most_frequent(expression) for expression in written], kept)


def _paces(written: Sequence[Sequence[Choice[str]]], kept: timedelta) -> list[Pace]:
    """How runs follow each other, in each case; empty if one of them is not known.

    What two schedules are under conditions that exclude each other, they are not together.
    """
    together: list[tuple[tuple[Case, ...], _Chain | None]] = [(ALWAYS, None)]
    for choices in written:
        if len(together) * len(choices) > _MOST_CASES:
            return []
        together = [
            (when, _Chain(choice.value, before))
            for held, before in together
            for choice in choices
            if (when := _met(held, choice.when))
        ]
    found = [pace([*_values(last)], kept) for _, last in together]
    known = [one for one in found if one is not None]
    return known if len(known) == len(found) else []


def _met(first: Sequence[Case], second: Sequence[Case]) -> tuple[Case, ...]:
    """The cases in which one of some and one of others hold; nothing where none can."""
    joined = (both(one, other) for one in first for other in second if possible(one | other))
    return cases(joined)


def _most_frequent(value: Value[str]) -> tuple[Choice[str], ...]:
    """What an expression may be; where parts of it are not known, none that runs more often."""
    if not value.partly:
        return value.choices
    partly = (
        Choice(most_frequent(choice.value), choice.span, when=choice.when)
        for choice in value.partly
    )
    return (*value.among, *partly)
