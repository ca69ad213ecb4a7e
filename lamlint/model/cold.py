"""Whether a function nearly always starts cold, by what triggers it."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from datetime import timedelta

from lamlint.model.event import EventKind, EventSource
from lamlint.model.function import Function
from lamlint.model.schedule import smallest_gap
from lamlint.model.value import NOT_SET, Value
from lamlint.text import Related

KEPT = timedelta(hours=1)
"""After an hour without work Lambda has nearly always let an environment go."""

_RARE = frozenset({EventKind.DEPLOYMENT, EventKind.ROTATION})
_INVOKERS = {
    "cloudformation.amazonaws.com": EventKind.DEPLOYMENT,
    "secretsmanager.amazonaws.com": EventKind.ROTATION,
    "events.amazonaws.com": EventKind.SCHEDULE,
    "scheduler.amazonaws.com": EventKind.SCHEDULE,
}
_MOST_CHOICES = 64


def starts_cold(function: Function) -> tuple[Related, ...]:
    """The triggers that say so; none where one is not known, or may keep an environment warm."""
    if function.urls or _kept_warm(function) or not function.edge.is_in([False]):
        return ()
    schedules = [event for event in function.events if event.kind is EventKind.SCHEDULE]
    others = [event for event in function.events if event.kind is not EventKind.SCHEDULE]
    if any(event.kind not in _RARE for event in others) or not _invoked_by(function):
        return ()
    gap = _gap(schedules)
    if gap is None or gap < KEPT:
        return ()
    said = "so that it nearly always starts cold"
    return tuple(
        Related(event.span, f"{function.name} runs {_WHEN[event.kind]}, {said}")
        for event in (*schedules, *others)
    )


def untriggered(function: Function) -> bool:
    """Whether nothing is known of what triggers a function."""
    return not (function.events or function.invoke_permissions or function.urls)


_WHEN = {
    EventKind.SCHEDULE: "an hour or more apart",
    EventKind.DEPLOYMENT: "when its stack is deployed",
    EventKind.ROTATION: "when a secret is rotated",
}


def _kept_warm(function: Function) -> bool:
    amounts = [
        function.provisioned_concurrency,
        *(alias.provisioned for alias in function.aliases),
    ]
    return any(amount.choices or amount.reason != NOT_SET for amount in amounts)


def _invoked_by(function: Function) -> bool:
    """Whether everyone who may invoke the function is one of those whose triggers are here."""
    kinds = {event.kind for event in function.events}
    return all(
        permission.principal.all(lambda service: _INVOKERS.get(service) in kinds)
        for permission in function.invoke_permissions
    )


def _gap(schedules: Sequence[EventSource]) -> timedelta | None:
    """The shortest time between two runs, whatever of their choices the schedules are."""
    if any(event.filtered for event in schedules):  # a rule with a pattern, too
        return None
    written = [_expressions(event.expression) for event in schedules]
    if math.prod(map(len, written)) > _MOST_CHOICES:
        return None
    gaps = [smallest_gap(chosen) for chosen in itertools.product(*written)]
    known = [gap for gap in gaps if gap is not None]
    return min(known) if known and len(known) == len(gaps) else None


def _expressions(value: Value[object] | None) -> tuple[str, ...]:
    return tuple(str(choice.value) for choice in value.choices) if value is not None else ()
