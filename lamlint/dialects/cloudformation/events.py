"""What triggers a function, as a SAM function declares it, or as any resource describes it."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.dialects.cloudformation.api_timeouts import integration_timeout, is_streamed
from lamlint.dialects.cloudformation.delivery import delivery, of_subscription
from lamlint.dialects.cloudformation.narrowing import actions, filters, written_pattern
from lamlint.dialects.cloudformation.polling import enabled, polling
from lamlint.dialects.cloudformation.resource import Resource
from lamlint.dialects.event_patterns import listed, objects, pattern
from lamlint.dialects.properties import Properties
from lamlint.dialects.tree.node import MappingNode
from lamlint.model import Choice, EventKind, EventSource, Invocation, Value
from lamlint.model.condition import Case, cases
from lamlint.text import Span
from lamlint.text.dataclass import replace

_SAM: dict[str, tuple[EventKind, str, bool]] = {
    "S3": (EventKind.S3, "Bucket", False),
    "SNS": (EventKind.SNS, "Topic", False),
    "SQS": (EventKind.SQS, "Queue", True),
    "DynamoDB": (EventKind.DYNAMODB, "Stream", True),
    "Kinesis": (EventKind.KINESIS, "Stream", True),
    "MSK": (EventKind.MSK, "Stream", True),
    "MQ": (EventKind.MQ, "Broker", True),
    "DocumentDB": (EventKind.DOCUMENTDB, "Cluster", True),
    "SelfManagedKafka": (EventKind.KAFKA, "KafkaBootstrapServers", True),
    "Schedule": (EventKind.SCHEDULE, "Schedule", False),
    "ScheduleV2": (EventKind.SCHEDULE, "ScheduleExpression", False),
    "EventBridgeRule": (EventKind.EVENTBRIDGE, "EventBusName", False),
    "CloudWatchEvent": (EventKind.EVENTBRIDGE, "EventBusName", False),
    "CloudWatchLogs": (EventKind.LOGS, "LogGroupName", False),
    "Api": (EventKind.API, "RestApiId", False),
    "HttpApi": (EventKind.HTTP_API, "ApiId", False),
    "WebSocketApi": (EventKind.WEBSOCKET, "ApiId", False),
    "AlexaSkill": (EventKind.ALEXA, "SkillId", False),
    "Cognito": (EventKind.COGNITO, "UserPool", False),
    "IoTRule": (EventKind.IOT, "Sql", False),
}
"""SAM's event types: what they are, the property that names the source, whether they poll."""

_APIS = frozenset({EventKind.API, EventKind.HTTP_API})
_SWITCHED = frozenset({EventKind.SCHEDULE, EventKind.EVENTBRIDGE})
_DELIVERY = {
    EventKind.SCHEDULE: delivery,
    EventKind.EVENTBRIDGE: delivery,
    EventKind.SNS: of_subscription,
}
_EXPRESSIONS = ("ScheduleExpression", "Schedule")


def of_function(resource: Resource) -> Iterator[EventSource]:
    """The events that a SAM function declares."""
    listed = resource.properties.child("Events")
    for entry in listed.mapping if listed is not None else ():
        if not isinstance(entry.value, MappingNode):
            continue
        shared = listed is not None and (listed.shared or entry.inherited)
        event = Properties(entry.value, resource.scope, entry.key.span, shared=shared)
        kind_name = event.text("Type")
        if not kind_name.known:
            continue
        kind, key, mapping = _SAM.get(kind_name.only, (EventKind.OTHER, "", False))
        block = entry.key.source.span(entry.key.start, entry.end)
        inner = event.child("Properties") or Properties(
            MappingNode(entry.value.source, entry.value.start, entry.value.end),
            resource.scope,
            entry.key.span,
            complete=entry.value.get("Properties") is None,
        )
        made = source(entry.name, kind, inner, key, mapping, entry.key.span, block, resource)
        yield _of_sam(made, inner, key, resource, scheduler=kind_name.only == "ScheduleV2")


def _of_sam(
    event: EventSource, given: Properties, key: str, resource: Resource, *, scheduler: bool
) -> EventSource:
    """A trigger with what only SAM says of it."""
    if event.kind in _APIS:
        return replace(
            event,
            route=_route(given, resource.properties.when),
            integration_timeout=integration_timeout(given, key, resource.scope),
            streamed=is_streamed(given),
        )
    if event.kind is EventKind.SNS and not given.has("SqsSubscription").is_in([False]):
        # SAM puts a queue between topic and function.
        return replace(event, own_invocation=Invocation.POLLED)
    return replace(event, scheduler=scheduler)


def source(
    name: str,
    kind: EventKind,
    given: Properties,
    key: str,
    mapping: bool,
    span: Span,
    block: Span,
    resource: Resource | None = None,
) -> EventSource:
    """A trigger of some kind, as its properties describe it."""
    written = written_pattern(given)
    bridged = written if kind is EventKind.EVENTBRIDGE else None
    return EventSource(
        name=name,
        kind=kind,
        function=resource.identity if resource is not None else "",
        source=given.text(key),
        mapping=mapping,
        expression=_expression(given) if kind is EventKind.SCHEDULE else None,
        filters=tuple(filters(given)),
        span=span,
        block=block,
        actions=actions(given),
        pattern=pattern(written),
        listed=listed(written),
        objects=objects(bridged) if bridged is not None else None,
        polling=polling(given) if mapping else None,
        delivery=_DELIVERY[kind](given) if kind in _DELIVERY else None,
        enabled=enabled(given) if mapping or kind in _SWITCHED else None,
    )


def _route(given: Properties, when: Case) -> Value[str]:
    """The method and the path of a route; one that stands for all that no other takes has none."""
    method, path = given.text("Method"), given.text("Path")
    if not (method.known and path.known):
        return Value((), path.span, "it is not one route that is written", frozenset())
    text = f"{method.only.upper()} {path.only}"
    return Value((Choice(text, path.choices[0].span, when=cases([when])),), path.span)


def _expression(given: Properties) -> Value[str] | None:
    """When a schedule runs, under whichever of its names that is written."""
    name = next((name for name in _EXPRESSIONS if name in given.mapping.table), None)
    return None if name is None else given.wording(name)
