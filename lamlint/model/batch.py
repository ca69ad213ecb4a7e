"""How many records one event brings at most, by what is declared of a function's triggers."""

from __future__ import annotations

from collections.abc import Iterable

from lamlint.model.amount import whole_number
from lamlint.model.event import REQUESTS, EventKind, EventSource

_POLLED = frozenset({EventKind.SQS, EventKind.KINESIS, EventKind.DYNAMODB})
"""What is fetched in batches, whose events list them as `Records`."""
_WITHOUT = REQUESTS | {
    EventKind.ALARM, EventKind.CONFIG, EventKind.DEPLOYMENT, EventKind.EVENTBRIDGE, EventKind.LOGS,
    EventKind.ROTATION, EventKind.SCHEDULE,
}  # fmt: skip
"""Whose events have no `Records`."""


def most_records(events: Iterable[EventSource]) -> int | None:
    """The most that `Records` of an event hold; None where that is not known.

    SNS sends one message in each notification (https://aws.amazon.com/sns/faqs/, under
    "Reliability"); what is polled brings no more than its batch size.
    """
    most = 0
    for event in events:
        if event.kind in _WITHOUT:
            continue
        here = _of(event)
        if here is None:
            return None
        most = max(most, here)
    return most or None


def _of(event: EventSource) -> int | None:
    if event.kind is EventKind.SNS:
        return 1
    if event.kind not in _POLLED or event.polling is None:
        return None
    known = [whole_number(choice.value) for choice in event.polling.batch_size.choices]
    sizes = [one for one in known if one is not None]
    return max(sizes) if sizes and len(sizes) == len(known) else None
