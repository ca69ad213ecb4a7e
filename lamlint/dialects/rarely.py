"""Marks at triggers whose source brings work rarely: topics of alarms, queues of dead letters."""

from __future__ import annotations

import bisect
import sys
from collections.abc import Iterable, Iterator, Sequence

from lamlint.model import EventKind, EventSource, Function
from lamlint.text import Span
from lamlint.text.dataclass import replace


def marked(
    functions: Sequence[Function], topics: Iterable[str], queues: Iterable[str]
) -> tuple[Function, ...]:
    """The functions, with a mark at each subscription to a topic of which only alarms are seen,
    and at each queue that dead letters are left in.
    """
    alarming = frozenset(topics)
    dead = frozenset(queues).union(_of_functions(functions))
    if not (alarming or dead):
        return tuple(functions)
    return tuple(
        replace(function, events=tuple(_marked(one, alarming, dead) for one in function.events))
        for function in functions
    )


def _marked(event: EventSource, topics: frozenset[str], queues: frozenset[str]) -> EventSource:
    if event.kind is EventKind.SNS and not topics.isdisjoint(event.source.targets):
        return replace(event, only_alarms=True)
    if event.kind is EventKind.SQS and not queues.isdisjoint(event.source.targets):
        return replace(event, only_failures=True)
    return event


def _of_functions(functions: Sequence[Function]) -> Iterator[str]:
    """What functions name as the place for what failed."""
    for function in functions:
        yield from function.dead_letter.targets
        for config in function.asynchronous:
            yield from config.on_failure.targets


def lies_in(blocks: Sequence[Span], place: Span) -> bool:
    """Whether one of some blocks, in order and none inside another, holds a place."""
    before = bisect.bisect(blocks, Span(place.path, place.start, sys.maxsize))
    return before > 0 and blocks[before - 1].covers(place)
