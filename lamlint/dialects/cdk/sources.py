"""The event sources of functions, and what narrows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import TypeAlias

from lamlint.dialects.cdk.machine import choices
from lamlint.dialects.cdk.nodes import Lowering
from lamlint.dialects.cdk.objects import Items, Keyed, Library, Made, Thing
from lamlint.dialects.cdk.place import Place
from lamlint.dialects.cdk.polling import polling
from lamlint.dialects.cdk.template import given, scalar
from lamlint.dialects.tree.node import Node
from lamlint.model import EventKind
from lamlint.text.dataclass import dataclass


@dataclass(frozen=True)
class Handed:
    """A trigger: what it is, and its properties as a template has them.

    `named` names the function, `key` is the property that names the source, `polls` says
    whether it is an event source mapping; `whole` whether all that it says is in `entries`,
    `made` the call that new properties of it are written into, `waits` whether an API waits for
    an answer, and says in `entries` how long.
    """

    named: Node
    kind: EventKind
    at: Place
    key: str = ""
    entries: Mapping[str, Node] = field(default_factory=dict)
    polls: bool = False
    name: str = ""
    whole: bool = False
    made: Made | None = None
    waits: bool = False


Found: TypeAlias = "Iterator[Handed]"


_SOURCES: Mapping[str, tuple[EventKind, str, bool, str]] = {
    "SqsEventSource": (EventKind.SQS, "queue", True, "Queue"),
    "DynamoEventSource": (EventKind.DYNAMODB, "table", True, "Stream"),
    "KinesisEventSource": (EventKind.KINESIS, "stream", True, "Stream"),
    "KinesisConsumerEventSource": (EventKind.KINESIS, "stream_consumer", True, "Stream"),
    "S3EventSource": (EventKind.S3, "bucket", False, "Bucket"),
    "S3EventSourceV2": (EventKind.S3, "bucket", False, "Bucket"),
    "SnsEventSource": (EventKind.SNS, "topic", False, "Topic"),
    "ManagedKafkaEventSource": (EventKind.MSK, "cluster_arn", True, "Stream"),
    "SelfManagedKafkaEventSource": (EventKind.KAFKA, "topic", True, "Topic"),
    "ApiEventSource": (EventKind.API, "", False, ""),
}


def sources(call: Made, lowering: Lowering) -> Found:
    """`fn.add_event_source(source)`."""
    source = given(call, "source", place=0)
    if call.receiver is not None and source is not None:
        yield from of_source(source, call, lowering)


def of_source(source: Thing, call: Made, lowering: Lowering) -> Found:
    """What an event source says."""
    function = call.receiver if call.receiver is not None else call
    for one, _ in choices(source):
        if not isinstance(one, Made):
            continue
        known = _SOURCES.get(one.name.rpartition(".")[2])
        if known is None:
            yield Handed(lowering.function(function), EventKind.OTHER, one.at)
            continue
        kind, argument, polls, key = known
        origin = given(one, argument, place=0) if argument else None
        entries = {key: lowering.node(origin)} if origin is not None else {}
        entries |= narrowed(one, lowering)
        if polls:
            entries |= polling(one, lowering)
        named, whole = lowering.function(function), polls and one.whole
        yield Handed(named, kind, one.at, key, entries, polls, whole=whole, made=one)


def narrowed(source: Made, lowering: Lowering) -> dict[str, Node]:
    """What narrows a source: the types of events, filters of keys, patterns."""
    found: dict[str, Node] = {}
    events, filters = given(source, "events"), given(source, "filters")
    if isinstance(events, Items):
        found["Events"] = lowering.listed(
            events.at, [event_type(e, lowering) for e in events.values]
        )
    if source.name.rpartition(".")[2].startswith("S3"):
        if isinstance(filters, Items):
            found |= keys(filters.values, source.at, lowering)
    elif filters is not None:
        found["FilterCriteria"] = lowering.node(filters)
    policy = given(source, "filter_policy")
    return found | ({"FilterPolicy": lowering.node(policy)} if policy is not None else {})


def event_type(thing: Thing, lowering: Lowering) -> Node:
    """`EventType.OBJECT_CREATED_PUT` as S3 writes it: `s3:ObjectCreated:Put`."""
    if not isinstance(thing, Library) or ".EventType." not in thing.name:
        return lowering.node(thing)
    first, second, *rest = [*thing.name.rpartition(".")[2].split("_"), ""]
    verb = first.capitalize() + second.capitalize()
    left = "".join(part.capitalize() for part in rest if part)
    return lowering.scalar(thing.at, f"s3:{verb}:{left or '*'}")


def keys(filters: list[Thing], at: Place, lowering: Lowering) -> dict[str, Node]:
    """The filters of keys, as the rules of a bucket's notification."""
    rules: list[Node] = []
    for one in filters:
        named = one.named if isinstance(one, Made) else {}
        members = one.members if isinstance(one, Keyed) else {}
        if not isinstance(one, (Made, Keyed)):
            rules.append(lowering.node(one))
        for name, member in [*named.items(), *members.items()]:
            rule = {"Name": scalar(at, str(name)), "Value": lowering.node(member.value)}
            rules.append(lowering.mapping(one.at, rule))
    if not rules:
        return {}
    key = lowering.mapping(at, {"FilterRules": lowering.listed(at, rules)})
    return {"Filter": lowering.mapping(at, {"Key": key})}
