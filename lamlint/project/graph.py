"""The event graph: where functions write, and which triggers that sets off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from lamlint.catalog.writes import Given, Write, Writes
from lamlint.model import (
    NOT_SET,
    Bucket,
    EventField,
    EventKind,
    EventSource,
    Filter,
    Function,
    Literal,
    Objects,
    Parts,
    Value,
    taken_from,
)
from lamlint.project.identity import all_meet
from lamlint.python import Text, When
from lamlint.text.dataclass import dataclass, replace

if TYPE_CHECKING:
    from lamlint.python import Call, Handler

_KINDS = {
    "s3": EventKind.S3,
    "sqs": EventKind.SQS,
    "sns": EventKind.SNS,
    "dynamodb": EventKind.DYNAMODB,
    "kinesis": EventKind.KINESIS,
    "events": EventKind.EVENTBRIDGE,
}
_OF_THE_TRIGGER = {
    EventKind.S3: frozenset(
        {
            ("Records", "*", "s3", "bucket", "name"),
            ("records", "*", "s3", "bucket", "name"),
            ("bucket_name",),
            ("detail", "bucket", "name"),
            ("detail", "requestParameters", "bucketName"),
        }
    ),
    EventKind.SNS: frozenset(
        {("Records", "*", "Sns", "TopicArn"), ("records", "*", "sns", "topic_arn")}
    ),
    EventKind.KINESIS: frozenset({("Records", "*", "eventSourceARN")}),
}
"""Where an event names what triggers the function, in Powertools' words too."""
OWN_KEY = frozenset(
    {
        ("Records", "*", "s3", "object", "key"),
        ("records", "*", "s3", "get_object", "key"),
        ("object_key",),
        ("detail", "object", "key"),
        ("detail", "requestParameters", "key"),
    }
)
"""Where an event names the object of the bucket that it is about."""


@dataclass(frozen=True, eq=False)
class Edge:
    """A call of a function that sets off a trigger, of the function itself or of another.

    `target` is the text that names what is written to; None where events are put on a bus.
    """

    function: Function
    handler: Handler = field(repr=False)
    call: Call
    write: Write
    event: EventSource
    target: Text | None

    @property
    def key(self) -> Text | None:
        """The key of the object that is written; None where what is written has none."""
        return _given(self.handler, self.call, self.write.key) if self.write.key else None


def set_off(
    function: Function,
    handler: Handler,
    writes: Writes,
    events: Iterable[EventSource],
    buckets: Sequence[Bucket] = (),
) -> Iterator[Edge]:
    """Which of some triggers the calls of a function surely set off.

    A trigger may be of whichever of the project's `buckets` are called so. What is written only
    where something failed, or on a condition of the service, sets off none.
    """
    events = tuple(events)
    for call in handler.calls(writes):
        write = writes.get(call.service, call.name)
        if write is None or call.when is When.ERROR:
            continue
        if write.condition and call.argument(None, write.condition) is not None:
            continue
        for event in events:
            for seen in _as_written(event, write, buckets):
                for edge in _edge(function, handler, call, write, seen):
                    yield replace(edge, event=event)


def _as_written(
    event: EventSource, write: Write, buckets: Sequence[Bucket]
) -> Iterator[EventSource]:
    """A trigger of what a call writes: a rule of EventBridge may be of new objects in a bucket."""
    if event.kind is _KINDS[write.service]:
        yield event
    elif event.objects is not None and write.service == "s3":
        for source in (*event.objects.buckets, *_others(event, event.objects, buckets)):
            yield replace(
                event,
                kind=EventKind.S3,
                source=source,
                filters=event.objects.filters,
                actions=event.objects.actions,
            )


def _others(
    event: EventSource, objects: Objects, buckets: Sequence[Bucket]
) -> Iterator[Value[str]]:
    """The buckets that a rule is of without their names; first that which the event is from."""
    begins = objects.begins
    if begins != ():
        yield Value((), event.span, "the rule is of more than one bucket")
    for one in buckets:
        if one.tells and (begins is None or any(map(one.is_named, begins))):
            yield Value((), event.span, targets=one.identities)


def _edge(
    function: Function, handler: Handler, call: Call, write: Write, event: EventSource
) -> Iterator[Edge]:
    if write.entries:
        if _events_meet(handler, call, write, event, function):
            yield Edge(function, handler, call, write, event, None)
        return
    targets = _targets(handler, call, write.target)
    target = next((one for one in targets if _meets(one, event, function)), None)
    if target is not None:
        edge = Edge(function, handler, call, write, event, target)
        if _passes(edge):
            yield edge


def _targets(handler: Handler, call: Call, given: Given) -> tuple[Text, ...]:
    node = call.argument(None, given.keywords[0])
    if given.keys_to:
        return handler.inner(call, node, given.keys_to, keys=True)
    if given.within:
        return tuple(text for path in given.within for text in handler.inner(call, node, path))
    return (_given(handler, call, given),)


def _given(handler: Handler, call: Call, given: Given) -> Text:
    made = call.receiver
    for _ in range(given.up - 1):
        made = made.parent if made is not None else None
    keywords = (
        given.keywords if given.up else tuple(k for k in given.keywords if call.argument(None, k))
    )
    for keyword in keywords or given.keywords[:1]:
        if not given.up:
            return handler.value(call, call.argument(given.place, keyword))
        if made is not None:
            return handler.made_with(made, given.place, keyword)
    return handler.value(call, None)


def _meets(target: Text, event: EventSource, function: Function) -> bool:
    """Whether a text names what a trigger is of: by itself, or as the function's own event does."""
    own = _OF_THE_TRIGGER.get(event.kind, frozenset())
    own |= {one.named_at for one in function.events if one.kind is event.kind and one.named_at}
    if all(_is_field(choice, own) for choice in target.choices):
        return _shares_its_source(event, function)
    return all_meet(target, event.source.targets, function)


def _shares_its_source(event: EventSource, function: Function) -> bool:
    """Whether whatever triggers a function triggers by an event source, too."""
    if event.function == function.id:
        return True
    alike = [one for one in function.events if one.kind is event.kind]
    return bool(alike) and all(
        not one.source.targets.isdisjoint(event.source.targets) for one in alike
    )


def _is_field(choice: Parts, paths: frozenset[tuple[str, ...]]) -> bool:
    """Whether a text is one field of the event, and nothing else."""
    given = taken_from(choice)
    return isinstance(given, EventField) and given.path in paths


def _passes(edge: Edge) -> bool:
    """Whether what narrows the trigger surely lets the write through."""
    event, key = edge.event, edge.key
    if event.kind is not EventKind.S3:
        return not event.filtered
    created = {"s3:ObjectCreated:*", f"s3:ObjectCreated:{edge.write.action or '*'}"}
    if not any(action.is_in(created) for action in event.actions) or key is None:
        return False
    own = OWN_KEY | {one.key_at for one in edge.function.events if one.key_at}
    return all(_lets_through(one, key, own) for one in event.filters)


def _lets_through(narrowing: Filter, key: Text, own: frozenset[tuple[str, ...]]) -> bool:
    if not narrowing.value.known or narrowing.kind not in ("prefix", "suffix"):
        return False
    wanted = narrowing.value.only
    for choice in key.choices:
        end = choice[0] if narrowing.kind == "prefix" else choice[-1]
        if _is_field((end,), own):
            continue
        if not isinstance(end, Literal):
            return False
        fits = end.text.startswith if narrowing.kind == "prefix" else end.text.endswith
        if not fits(wanted):
            return False
    return True


def _events_meet(
    handler: Handler, call: Call, write: Write, event: EventSource, function: Function
) -> bool:
    """Whether an event that is put surely matches the rule's pattern, on the rule's bus."""
    if not event.pattern or not event.pattern.keys() <= {"source", "detail-type"}:
        return False
    default = not event.source.targets and event.source.reason == NOT_SET
    for entry in handler.dicts(call, call.argument(None, write.entries)):
        bus = entry.get("EventBusName")
        if bus is None or bus.literal == "default":
            on_bus = default or "default" in event.source.targets
        else:
            on_bus = all_meet(bus, event.source.targets, function)
        given = {"source": entry.get("Source"), "detail-type": entry.get("DetailType")}
        if on_bus and all(
            text is not None and text.literal is not None and text.literal in event.pattern[name]
            for name, text in given.items()
            if name in event.pattern
        ):
            return True
    return False
