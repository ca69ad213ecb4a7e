"""The triggers that are resources of their own, or that the resource declares which they are of."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.dialects.cloudformation.delivery import delivery, of_subscription
from lamlint.dialects.cloudformation.events import source
from lamlint.dialects.cloudformation.invoked import Invoked, invoked
from lamlint.dialects.cloudformation.narrowing import actions, filters
from lamlint.dialects.cloudformation.references import declared_resource, resource_targets
from lamlint.dialects.cloudformation.resource import Resource
from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.linking import Trigger
from lamlint.dialects.properties import Properties
from lamlint.dialects.services import of_arn
from lamlint.model import EventKind, EventSource, Value
from lamlint.text.dataclass import replace

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
    "AWS::S3::Bucket": EventKind.S3,
    "AWS::SNS::Topic": EventKind.SNS,
    "AWS::Events::EventBus": EventKind.EVENTBRIDGE,
    "AWS::Events::Rule": EventKind.EVENTBRIDGE,
    "AWS::Logs::LogGroup": EventKind.LOGS,
}

_SCHEDULE = "AWS::Scheduler::Schedule"
_CUSTOM = "AWS::CloudFormation::CustomResource"
_SINGLE: dict[str, tuple[EventKind, str, tuple[str, ...]]] = {
    _SCHEDULE: (EventKind.SCHEDULE, "ScheduleExpression", ("Target", "Arn")),
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


def triggering(named: Invoked, event: EventSource) -> Trigger:
    """A trigger, with what it names."""
    return Trigger(named.function, event, named.qualifier)


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
        kind, key, function = known
        event = named(resource, resource.properties, kind, key, False)
        target = resource.properties.child("Target") if resource.kind == _SCHEDULE else None
        if target is not None:
            event = replace(event, delivery=delivery(target), scheduler=True)
        yield triggering(invoked(resource.properties, *function), event)


def named(
    resource: Resource, given: Properties, kind: EventKind, key: str, mapping: bool
) -> EventSource:
    """The event of a trigger that is a resource of its own."""
    return source(resource.name, kind, given, key, mapping, resource.span, resource.block)


def _trigger(
    resource: Resource,
    given: Properties,
    kind: EventKind,
    key: str,
    mapping: bool,
    function: str = "FunctionName",
) -> Trigger:
    return triggering(invoked(given, function), named(resource, given, kind, key, mapping))


def _own(resource: Resource, given: Properties, kind: EventKind, function: str) -> Trigger:
    """A trigger whose source is the resource that declares it."""
    own: Value[str] = Value(
        (),
        resource.span,
        "it is known only when the stack is deployed",
        resource_targets(resource.name, resource.scope),
    )
    event = EventSource(
        name=resource.name,
        kind=kind,
        function="",
        source=own,
        mapping=False,
        expression=None,
        filters=tuple(filters(given)),
        span=resource.span,
        block=given.mapping.span,
        actions=actions(given),
        delivery=of_subscription(given) if kind is EventKind.SNS else None,
    )
    return triggering(invoked(given, function), event)


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
        event = replace(event, delivery=delivery(target))
        yield triggering(invoked(target, "Arn"), event)


def _mapped_kind(resource: Resource) -> EventKind:
    """The service behind an event source mapping."""
    return kind_of(resource.properties.text("EventSourceArn"), resource.scope)


def kind_of(named: Value[str], scope: Scope) -> EventKind:
    """The service that a source is of, by its ARN or by the resource that it refers to."""
    if named.known and (kind := of_arn(named.only)) is not None:
        return kind
    for target in sorted(named.targets):
        template, _, name = target.partition("#")
        here = template == scope.template
        declared = declared_resource(name, scope) if here else None
        if declared is not None:
            typed = Properties(declared, scope, named.span).text("Type")
            return _BY_TYPE.get(typed.only, EventKind.OTHER) if typed.known else EventKind.OTHER
        if (kind := of_arn(target)) is not None:
            return kind
    return EventKind.OTHER
