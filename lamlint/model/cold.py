"""Whether a function nearly always starts cold, by what triggers it."""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Sequence
from datetime import timedelta

from lamlint.catalog.rare_events import RareEvents
from lamlint.model.event import EventKind, EventSource
from lamlint.model.function import Function
from lamlint.model.schedule import smallest_gap
from lamlint.model.value import NOT_SET, Value
from lamlint.text import Related

KEPT = timedelta(hours=1)
"""After an hour without work Lambda has nearly always let an environment go."""

_RARE = {
    EventKind.DEPLOYMENT: "when a stack that needs it is deployed",
    EventKind.ROTATION: "when a secret is rotated",
    EventKind.ALARM: "when an alarm changes its state",
}
_INVOKERS = {
    "cloudformation.amazonaws.com": frozenset({EventKind.DEPLOYMENT}),
    "secretsmanager.amazonaws.com": frozenset({EventKind.ROTATION}),
    "events.amazonaws.com": frozenset({EventKind.SCHEDULE, EventKind.EVENTBRIDGE}),
    "scheduler.amazonaws.com": frozenset({EventKind.SCHEDULE}),
    "config.amazonaws.com": frozenset({EventKind.CONFIG}),
    "lambda.alarms.cloudwatch.amazonaws.com": frozenset({EventKind.ALARM}),
    "sns.amazonaws.com": frozenset({EventKind.SNS}),
}
_MOST_CHOICES = 64


def starts_cold(
    function: Function, rare_events: RareEvents, answering: Related | None = None
) -> tuple[Related, ...]:
    """What says so; nothing where a trigger is not known, or may keep an environment warm.

    `answering` says that its code answers CloudFormation, whether or not a template is seen
    to call it.
    """
    if function.urls or _kept_warm(function) or not function.edge.is_in([False]):
        return ()
    kinds = {event.kind for event in function.events}
    if EventKind.DEPLOYMENT in kinds:
        answering = None  # the template says so
    if not _invoked_by(function, kinds if answering is None else {*kinds, EventKind.DEPLOYMENT}):
        return ()
    schedules = [event for event in function.events if event.expression is not None]
    others = [
        (event, _rare(event, rare_events)) for event in function.events if event.expression is None
    ]
    gap = _gap(schedules)
    if not all(when for _, when in others) or gap is None or gap < KEPT:
        return ()
    said = "so that it nearly always starts cold"
    whens = [*((event, "an hour or more apart") for event in schedules), *others]
    told = (Related(one.span, f"{function.name} runs {when}, {said}") for one, when in whens)
    return (*told, *([answering] if answering is not None else []))


def _rare(event: EventSource, rare_events: RareEvents) -> str | None:
    """When an event that is no schedule triggers, if that is rare by its nature; else None."""
    if event.kind is EventKind.EVENTBRIDGE:
        own = event.source.reason == NOT_SET or event.source.is_in(("default",))
        return rare_events.when(event.listed) if own else None
    if event.only_failures:
        return "when work has failed that is left in a dead-letter queue"
    return _RARE[EventKind.ALARM] if event.only_alarms else _RARE.get(event.kind)


def _kept_warm(function: Function) -> bool:
    amounts = [
        function.provisioned_concurrency,
        *(alias.provisioned for alias in function.aliases),
    ]
    return any(amount.choices or amount.reason != NOT_SET for amount in amounts)


def _invoked_by(function: Function, kinds: Collection[EventKind]) -> bool:
    """Whether everyone who may invoke the function is one of those whose triggers are here."""
    return all(
        permission.principal.all(lambda one: not _INVOKERS.get(one, frozenset()).isdisjoint(kinds))
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


def _expressions(value: Value[str] | None) -> tuple[str, ...]:
    return tuple(choice.value for choice in value.choices) if value is not None else ()
