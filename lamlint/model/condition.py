"""Under which conditions a choice is made, so that several values can be judged together."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import TypeAlias

from lamlint.text.dataclass import dataclass

_MOST = 32
"""Of a choice that is made in more cases, or of a case of more facts, nothing is known."""


@dataclass(frozen=True, slots=True)
class Fact:
    """That a subject (a parameter, a condition by its name) has a value, or has another."""

    subject: str
    value: str
    holds: bool = True


Case: TypeAlias = "frozenset[Fact]"
"""What holds all at once; nothing, where something holds in any case."""

IN_ANY: Case = frozenset()
ALWAYS: tuple[Case, ...] = (IN_ANY,)


def both(first: Case, second: Case) -> Case:
    """What holds where two cases are one; too much of it is as good as nothing."""
    joined = first | second
    return joined if len(joined) <= _MOST else IN_ANY


def possible(case: Case) -> bool:
    """Whether what a case says can be so at once: nothing has two values, or one it has not."""
    values: dict[str, str] = {}
    for fact in case:
        if fact.holds and values.setdefault(fact.subject, fact.value) != fact.value:
            return False
    return not any(values.get(fact.subject) == fact.value for fact in case if not fact.holds)


def cases(found: Iterable[Case]) -> tuple[Case, ...]:
    """Several cases, each once; all where one of them holds always, or there are too many."""
    listed = dict.fromkeys(found)
    return ALWAYS if IN_ANY in listed or len(listed) > _MOST else tuple(listed)


def meet(first: Iterable[Case], second: Iterable[Case]) -> bool:
    """Whether one of some cases and one of others can be at once."""
    return any(possible(one | other) for one, other in itertools.product(first, second))


_OF_CONDITIONS = "Conditions."


def told(when: Iterable[Case]) -> str:
    """Where something holds, as the start of a sentence; empty where that is not one plain case."""
    (case, *others) = (*when, IN_ANY)
    if len(others) != 1 or not case:
        return ""
    named = [(fact.subject.rpartition("#")[2], fact) for fact in case]
    values = sorted(
        f"{name} is {fact.value}" if fact.holds else f"{name} is not {fact.value}"
        for name, fact in named
        if not name.startswith(_OF_CONDITIONS)
    )
    conditions = sorted(
        f"{name.removeprefix(_OF_CONDITIONS)} is {'met' if fact.holds else 'not met'}"
        for name, fact in named
        if name.startswith(_OF_CONDITIONS)
    )
    return f"where {' and '.join(values or conditions)}"
