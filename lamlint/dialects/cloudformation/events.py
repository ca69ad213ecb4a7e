"""What triggers a function: SAM's events, and the resources that name a function."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lamlint.dialects.cloudformation.objects import objects
from lamlint.dialects.cloudformation.references import declared_resource, resource_targets
from lamlint.dialects.cloudformation.resource import Resource
from lamlint.dialects.properties import Properties
from lamlint.dialects.tree.node import MappingNode
from lamlint.model import EventKind, EventSource, Filter, Value
from lamlint.text import Span

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

_BY_TYPE = {
    "AWS::SQS::Queue": EventKind.SQS,
    "AWS::DynamoDB::Table": EventKind.DYNAMODB,
    "AWS::DynamoDB::GlobalTable": EventKind.DYNAMODB,
    "AWS::Serverless::SimpleTable": EventKind.DYNAMODB,
    "AWS::Kinesis::Stream": EventKind.KINESIS,
    "AWS::Kinesis::StreamConsumer": EventKind.KINESIS,
    "AWS::MSK::Cluster": EventKind.MSK,
    "AWS::MSK::ServerlessCluster": EventKind.MSK,
    "AWS::AmazonMQ::Broker": EventKind.MQ,
    "AWS::DocDB::DBCluster": EventKind.DOCUMENTDB,
}
_BY_ARN = (
    (":sqs:", EventKind.SQS),
    (":dynamodb:", EventKind.DYNAMODB),
    (":kinesis:", EventKind.KINESIS),
    (":kafka:", EventKind.MSK),
    (":mq:", EventKind.MQ),
    (":rds:", EventKind.DOCUMENTDB),
)

_EXPRESSIONS = ("ScheduleExpression", "Schedule")
_CUSTOM = "AWS::CloudFormation::CustomResource"
_SINGLE: dict[str, tuple[EventKind, str, tuple[str, ...]]] = {
    "AWS::Scheduler::Schedule": (EventKind.SCHEDULE, "ScheduleExpression", ("Target", "Arn")),
    "AWS::Logs::SubscriptionFilter": (EventKind.LOGS, "LogGroupName", ("DestinationArn",)),
    "AWS::SecretsManager::RotationSchedule": (
        EventKind.ROTATION,
        "SecretId",
        ("RotationLambdaARN",),
    ),
    _CUSTOM: (EventKind.DEPLOYMENT, "", ("ServiceToken",)),
    "AWS::CloudFormation::Macro": (EventKind.DEPLOYMENT, "", ("FunctionName",)),
    "AWS::Config::OrganizationConfigRule": (
        EventKind.CONFIG,
        "",
        ("OrganizationCustomRuleMetadata", "LambdaFunctionArn"),
    ),
    # CDK's framework for custom resources knows the author's function by this variable.
    "AWS::Lambda::Function": (
        EventKind.DEPLOYMENT,
        "",
        ("Environment", "Variables", "USER_ON_EVENT_FUNCTION_ARN"),
    ),
}
"""Resources that trigger one function: what they are, and where they name source and function."""


@dataclass(frozen=True)
class Trigger:
    """A trigger, and the function it names."""

    function: Value[str]
    event: EventSource


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
        yield _source(entry.name, kind, inner, key, mapping, entry.key.span, block, resource)


def _source(
    name: str,
    kind: EventKind,
    given: Properties,
    key: str,
    mapping: bool,
    span: Span,
    block: Span,
    resource: Resource | None = None,
) -> EventSource:
    written = _written_pattern(given) if kind is EventKind.EVENTBRIDGE else None
    return EventSource(
        name=name,
        kind=kind,
        function=resource.identity if resource is not None else "",
        source=given.text(key),
        mapping=mapping,
        expression=_expression(given) if kind is EventKind.SCHEDULE else None,
        filters=tuple(_filters(given)),
        span=span,
        block=block,
        actions=_actions(given),
        pattern=_pattern(given),
        listed=_listed(given),
        objects=objects(written) if written is not None else None,
    )


def _expression(given: Properties) -> Value[str] | None:
    """When a schedule runs, under whichever of its names that is written."""
    name = next((name for name in _EXPRESSIONS if name in given.mapping.table), None)
    return None if name is None else given.text(name)


def _actions(given: Properties) -> tuple[Value[str], ...]:
    """The event types of a bucket's notification: a text or a list in SAM, a text elsewhere."""
    return given.texts("Events") or tuple(
        value for value in (given.text("Events"), given.text("Event")) if value.known
    )


def _pattern(given: Properties) -> Mapping[str, tuple[str, ...]]:
    """An event pattern that is nothing but lists of texts at its top level; else nothing."""
    written = _written_pattern(given)
    if written is None:
        return {}
    lists = _lists(written)
    return lists if len(lists) == len(list(written.mapping)) else {}


def _listed(given: Properties) -> Mapping[str, tuple[str, ...]]:
    """The lists of texts of an event pattern, at its top level and one below (`detail.state`)."""
    written = _written_pattern(given)
    if written is None:
        return {}
    inner = {entry.name: written.child(entry.name) for entry in written.mapping}
    return _lists(written) | {
        f"{name}.{key}": texts
        for name, below in inner.items()
        if below is not None
        for key, texts in _lists(below).items()
    }


def _lists(written: Properties) -> dict[str, tuple[str, ...]]:
    lists = {entry.name: written.texts(entry.name) for entry in written.mapping}
    return {
        name: tuple(value.only for value in values)
        for name, values in lists.items()
        if values and all(value.known for value in values)
    }


def _written_pattern(given: Properties) -> Properties | None:
    return given.child("Pattern") or given.child("EventPattern")


def _filters(given: Properties) -> Iterator[Filter]:
    """What narrows a trigger, in any service's words."""
    for path in (("Filter", "S3Key", "Rules"), ("Filter", "Key", "FilterRules")):
        yield from _key_filters(given, path)
    for key in ("FilterCriteria", "FilterPolicy", "Pattern", "EventPattern", "FilterPattern"):
        found = given.outcomes(key)
        if not found or not all(one.absent for one in found):
            yield Filter("pattern", Value((), given.place(key), "patterns are not evaluated"))


def _key_filters(given: Properties, path: tuple[str, ...]) -> Iterator[Filter]:
    """The rules for keys at a path; one of unknown kind where they cannot be read."""
    found = given.outcomes(*path)
    if found and all(one.absent for one in found):
        return
    unread: Value[str] = Value((), given.place(*path[:1]), "its rules could not be read")
    rules = tuple(given.items(*path))
    if not rules:
        yield Filter("unknown", unread)
    for node, outcomes in rules:
        (one, *others) = outcomes
        rule = None if others else Properties.of(one, node.span)
        if rule is None:
            yield Filter("unknown", unread)
            continue
        kind = rule.text("Name")
        yield Filter(kind.only.lower() if kind.known else "unknown", rule.text("Value"))


# --- resources that name a function


def elsewhere(resource: Resource) -> Iterator[Trigger]:
    """The triggers that a resource other than the function declares."""
    given = resource.properties
    match resource.kind:
        case "AWS::Lambda::EventSourceMapping":
            yield _trigger(resource, given, _mapped_kind(resource), "EventSourceArn", True)
        case "AWS::S3::Bucket":
            yield from _bucket(resource)
        case "AWS::SNS::Subscription":
            if given.text("Protocol").is_in(("lambda",)):
                yield _trigger(resource, given, EventKind.SNS, "TopicArn", False, "Endpoint")
        case "AWS::SNS::Topic":
            yield from _topic(resource)
        case "AWS::Events::Rule":
            yield from _rule(resource)
        case _:
            yield from _single(resource)


def _single(resource: Resource) -> Iterator[Trigger]:
    """The trigger that is a resource of its own and names one function."""
    custom = resource.kind.startswith("Custom::")
    known = _SINGLE.get(_CUSTOM if custom else resource.kind)
    if known is not None:
        kind, source, function = known
        event = named(resource, resource.properties, kind, source, False)
        yield Trigger(resource.properties.text(*function), event)


def named(
    resource: Resource, given: Properties, kind: EventKind, key: str, mapping: bool
) -> EventSource:
    """The event of a trigger that is a resource of its own."""
    return _source(resource.name, kind, given, key, mapping, resource.span, resource.block)


def _trigger(
    resource: Resource,
    given: Properties,
    kind: EventKind,
    key: str,
    mapping: bool,
    function: str = "FunctionName",
) -> Trigger:
    return Trigger(given.text(function), named(resource, given, kind, key, mapping))


def _own(resource: Resource, given: Properties, kind: EventKind, function: str) -> Trigger:
    """A trigger whose source is the resource that declares it."""
    source: Value[str] = Value(
        (),
        resource.span,
        "it is known only when the stack is deployed",
        resource_targets(resource.name, resource.scope),
    )
    event = EventSource(
        name=resource.name,
        kind=kind,
        function="",
        source=source,
        mapping=False,
        expression=None,
        filters=tuple(_filters(given)),
        span=resource.span,
        block=given.mapping.span,
        actions=_actions(given),
    )
    return Trigger(given.text(function), event)


def _bucket(resource: Resource) -> Iterator[Trigger]:
    for inner in resource.properties.mappings("NotificationConfiguration", "LambdaConfigurations"):
        yield _own(resource, inner, EventKind.S3, "Function")


def _topic(resource: Resource) -> Iterator[Trigger]:
    for inner in resource.properties.mappings("Subscription"):
        if inner.text("Protocol").is_in(("lambda",)):
            yield _own(resource, inner, EventKind.SNS, "Endpoint")


def _rule(resource: Resource) -> Iterator[Trigger]:
    given = resource.properties
    scheduled = not given.outcomes("ScheduleExpression")[0].absent
    kind = EventKind.SCHEDULE if scheduled else EventKind.EVENTBRIDGE
    for target in given.mappings("Targets"):
        event = named(resource, given, kind, "EventBusName", False)
        yield Trigger(target.text("Arn"), event)


def _mapped_kind(resource: Resource) -> EventKind:
    """The service behind an event source mapping."""
    source = resource.properties.text("EventSourceArn")
    if source.known:
        for word, kind in _BY_ARN:
            if word in source.only:
                return kind
    for target in source.targets:
        template, _, name = target.partition("#")
        here = template == resource.scope.template
        declared = declared_resource(name, resource.scope) if here else None
        if declared is not None:
            typed = Properties(declared, resource.scope, resource.span).text("Type")
            return _BY_TYPE.get(typed.only, EventKind.OTHER) if typed.known else EventKind.OTHER
        for word, kind in _BY_ARN:
            if word in target:
                return kind
    return EventKind.OTHER
