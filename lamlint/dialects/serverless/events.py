"""What triggers a function: the framework's events, each in its short or its long form."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.dialects import values
from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.cloudformation.triggers import kind_of
from lamlint.dialects.event_patterns import listed, not_evaluated, objects, pattern
from lamlint.dialects.outcome import Outcome
from lamlint.dialects.properties import Properties
from lamlint.dialects.serverless.authorizers import authorizing
from lamlint.dialects.serverless.functions import Declared
from lamlint.dialects.serverless.polling import polling
from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode
from lamlint.model import (
    NOT_SET,
    Choice,
    Delivery,
    EventKind,
    EventSource,
    Filter,
    Invocation,
    Origin,
    Value,
)
from lamlint.text import Span
from lamlint.text.dataclass import dataclass

_EDGE = "cloudFront"
_CREATED = "s3:ObjectCreated:*"
_KINDS: dict[str, tuple[EventKind, tuple[str, ...]]] = {
    "activemq": (EventKind.MQ, ("arn",)),
    "alb": (EventKind.ALB, ("listenerArn",)),
    "alexaSkill": (EventKind.ALEXA, ("appId",)),
    "alexaSmartHome": (EventKind.ALEXA, ("appId",)),
    "cloudwatchEvent": (EventKind.EVENTBRIDGE, ()),
    "cloudwatchLog": (EventKind.LOGS, ("logGroup",)),
    "cognitoUserPool": (EventKind.COGNITO, ("pool",)),
    "documentDb": (EventKind.DOCUMENTDB, ("cluster",)),
    "eventBridge": (EventKind.EVENTBRIDGE, ("eventBus",)),
    "http": (EventKind.API, ()),
    "httpApi": (EventKind.HTTP_API, ()),
    "iot": (EventKind.IOT, ("sql",)),
    "iotFleetProvisioning": (EventKind.IOT, ()),
    "kafka": (EventKind.KAFKA, ("bootstrapServers",)),
    "msk": (EventKind.MSK, ("arn",)),
    "rabbitmq": (EventKind.MQ, ("arn",)),
    "s3": (EventKind.S3, ("bucket",)),
    "schedule": (EventKind.SCHEDULE, ("rate",)),
    "sns": (EventKind.SNS, ("arn", "topicName")),
    "sqs": (EventKind.SQS, ("arn",)),
    "stream": (EventKind.OTHER, ("arn",)),
    "websocket": (EventKind.WEBSOCKET, ()),
}
"""The framework's events: what they are, and the properties that may name the source."""
_ROUTES = frozenset({"http", "httpApi", "websocket"})
_NAMES = {"s3": "bucket", "sns": "topicName"}
_POLLED = frozenset({"activemq", "documentDb", "kafka", "msk", "rabbitmq", "sqs", "stream"})
_STREAMS = {"dynamodb": EventKind.DYNAMODB, "kinesis": EventKind.KINESIS}
_APIS = frozenset({EventKind.API, EventKind.HTTP_API, EventKind.WEBSOCKET})
_PATTERNS = ("pattern", "event", "filterPatterns", "filterPolicy", "filter")
"""What narrows a trigger by its content."""


@dataclass(frozen=True)
class _Event:
    """An event of a function: its word, what is written behind it, and where."""

    word: str
    found: tuple[Outcome, ...]
    item: Node
    declared: Declared

    @property
    def given(self) -> Properties | None:
        """Its properties, in the long form."""
        return Properties.of(self.found[0], self.span)

    @property
    def whole(self) -> Properties:
        """Its properties; none, in the short form."""
        given, node = self.given, self.item
        if given is not None:
            return given
        nothing = MappingNode(node.source, node.start, node.start, shared=True)
        return Properties(nothing, self.found[0].scope, self.span, shared=True)

    @property
    def span(self) -> Span:
        """Its word."""
        entry = self.item.entries[0] if isinstance(self.item, MappingNode) else None
        return entry.key.span if entry is not None else self.item.span

    def text(self, *names: str) -> Value[str]:
        """What stands behind its word, or under the first of some names that is written."""
        given = self.given
        if given is None:
            return values.value(self.found, self.item.span, values.text, None)
        for name in names:
            if name in given.mapping.table:
                return given.text(name)
        return Value((), self.span, NOT_SET)


def of_function(declared: Declared) -> Iterator[EventSource]:
    """The events of a function."""
    for event in _events(declared):
        if event.word == "schedule":
            yield from _schedules(event)
        else:
            yield _source(event)
    yield from authorizing(declared)


def at_the_edge(declared: Declared) -> Span | None:
    """The event by which a function runs at the edge."""
    return next((event.span for event in _events(declared) if event.word == _EDGE), None)


def made_for(declared: Declared, words: frozenset[str]) -> Iterator[tuple[str, ScalarNode]]:
    """The names of what the framework makes for the events of some words, each with its word."""
    for event in _events(declared):
        given = event.given
        if event.word not in words or (given is not None and _is_there(given)):
            continue
        found = event.found if given is None else given.outcomes(_NAMES[event.word])
        for one in found:
            if isinstance(one.node, ScalarNode) and not one.node.text.startswith("arn:"):
                yield event.word, one.node


def _is_there(given: Properties) -> bool:
    """Whether an event names what others make."""
    return "arn" in given.mapping.table or not given.has("existing").is_in([False])


def _events(declared: Declared) -> Iterator[_Event]:
    for node, options in declared.own.items("events"):
        for one in options:
            if isinstance(one.node, MappingNode) and one.node.entries:
                entry = one.node.entries[0]
                inside = (each.under(one.when) for each in one.scope.outcomes(entry.value))
                for found in _in_one(tuple(each for each in inside if not _is_null(each))):
                    yield _Event(entry.name, found, one.node, declared)
            elif one.text is not None:
                nothing = Outcome(None, one.scope, absent=True)
                yield _Event(one.text, (nothing,), node, declared)


def _is_null(outcome: Outcome) -> bool:
    """Whether nothing is behind a word, so that the framework makes no trigger of it.

    Keys that stand beside the word are not below it, and the framework does not look at them.
    """
    return isinstance(outcome.node, ScalarNode) and outcome.node.is_null


def _in_one(found: tuple[Outcome, ...]) -> Iterator[tuple[Outcome, ...]]:
    """What is behind a word, together where it is plain values, and each by itself else."""
    if not found:
        return
    if any(isinstance(one.node, MappingNode) for one in found):
        yield from ((one,) for one in found)
    else:
        yield found


def _schedules(event: _Event) -> Iterator[EventSource]:
    """A schedule for each of its expressions."""
    given = event.given
    rates = given.texts("rate") if given is not None else ()
    for expression in rates or (event.text("rate"),):
        yield _made(event, EventKind.SCHEDULE, expression, expression=expression)


def _source(event: _Event) -> EventSource:
    kind, names = _KINDS.get(event.word, (EventKind.OTHER, ()))
    source = event.text(*names) if names else Value((), event.span, NOT_SET)
    given = event.given
    if event.word == "stream":
        kind = _streamed(source, given, event.declared.service.scope)
    if event.word == "s3":
        return _made(event, kind, _bucket(source, event), actions=_actions(event))
    if event.word == "eventBridge" and given is not None and "schedule" in given.mapping.table:
        return _made(event, EventKind.SCHEDULE, source, expression=given.text("schedule"))
    return _made(event, kind, source)


def _made(
    event: _Event,
    kind: EventKind,
    source: Value[str],
    *,
    expression: Value[str] | None = None,
    actions: tuple[Value[str], ...] = (),
) -> EventSource:
    given = event.given
    written = _pattern(given) if kind is EventKind.EVENTBRIDGE else None
    return EventSource(
        name=event.word,
        kind=kind,
        function=event.declared.identity,
        source=source,
        mapping=event.word in _POLLED,
        expression=expression,
        filters=tuple(_filters(given)) if given is not None else (),
        span=event.span,
        block=event.item.span,
        actions=actions,
        pattern=pattern(written),
        listed=listed(written),
        objects=objects(written) if written is not None else None,
        route=_route(event) if event.word in _ROUTES else None,
        polling=polling(event.whole, event.span, stream=event.word == "stream")
        if event.word in _POLLED
        else None,
        delivery=_delivery(given),
        enabled=given.value(("enabled",), values.truth, True) if given is not None else None,
        integration_timeout=event.whole.number("timeoutInMillis") if kind in _APIS else None,
        scheduler=given is not None and given.text("method").is_in(("scheduler",)),
        own_invocation=Invocation.ASYNCHRONOUS if _does_not_wait(event) else None,
    )


def _route(event: _Event) -> Value[str]:
    """The method and the path of a route, in the long form or as one text (`GET /orders`).

    One of an API of WebSockets has only a name: `$disconnect`.
    """
    given = event.given
    if given is None:
        whole = values.value(event.found, event.item.span, values.text, None)
        return whole.map(_as_route)
    if event.word == "websocket":
        return given.text("route")
    method, path = given.text("method"), given.text("path")
    if not (method.known and path.known):
        return Value((), event.span, "it is not one route that is written")
    return path.map(lambda written: _as_route(f"{method.only} {written}"))


def _as_route(written: str) -> str:
    method, _, path = written.strip().partition(" ")
    return f"{method.upper()} /{path.strip().lstrip('/')}" if path else written


def _does_not_wait(event: _Event) -> bool:
    """Whether it is a request that is answered before the function runs (`async: true`)."""
    return event.word == "http" and event.whole.text("async").is_in(("true",))


def _delivery(given: Properties | None) -> Delivery | None:
    """What becomes of events that EventBridge and topics cannot hand over."""
    if given is None:
        return None
    return Delivery(
        retries=given.number("retryPolicy", "maximumRetryAttempts"),
        maximum_age=given.number("retryPolicy", "maximumEventAge"),
        dead_letter=_dead_letter(given),
    )


def _dead_letter(given: Properties) -> Value[str]:
    for path in (("deadLetterQueueArn",), ("redrivePolicy", "deadLetterTargetArn")):
        found = given.text(*path)
        if not found.nowhere:
            return found
    written = given.has("redrivePolicy").is_in([False])
    reason = NOT_SET if written else "another word than an ARN names it"
    return Value((), given.owner, reason)


def _pattern(given: Properties | None) -> Properties | None:
    return None if given is None else given.child("pattern") or given.child("event")


def _streamed(source: Value[str], given: Properties | None, scope: Scope) -> EventKind:
    """The service that a stream is of."""
    named = given.text("type") if given is not None else None
    if named is not None and named.known:
        return _STREAMS.get(named.only, EventKind.OTHER)
    return kind_of(source, scope)


def _bucket(written: Value[str], event: _Event) -> Value[str]:
    """The bucket that is meant: one of the provider's list, by its key there, or by its name."""
    listed = event.declared.service.provider.child("s3", written.only) if written.known else None
    named = listed.text("name") if listed is not None else None
    return written if named is None or named.reason == NOT_SET else named


def _actions(event: _Event) -> tuple[Value[str], ...]:
    """What a bucket has to tell of: new objects where nothing is said."""
    given = event.given
    if given is not None:
        return (given.text("event", default=_CREATED),)
    return (Value((Choice(_CREATED, event.span, Origin.DEFAULT),), event.span),)


def _filters(given: Properties) -> Iterator[Filter]:
    """What narrows a trigger: rules for keys, and patterns of its content."""
    yield from _rules(given)
    for name in _PATTERNS:
        if name in given.mapping.table and (name != "event" or given.child("event") is not None):
            yield not_evaluated(given.place(name))


def _rules(given: Properties) -> Iterator[Filter]:
    if "rules" not in given.mapping.table:
        return
    unread: Value[str] = Value((), given.place("rules"), "its rules could not be read")
    found = tuple(given.items("rules"))
    if not found:
        yield Filter("unknown", unread)
    for node, (one, *others) in found:
        rule = None if others else Properties.of(one, node.span)
        entry = next(iter(rule.mapping), None) if rule is not None else None
        if rule is None or entry is None:
            yield Filter("unknown", unread)
        else:
            yield Filter(entry.name.lower(), rule.text(entry.name))
