"""Services that push to functions, and say so in resources of their own."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.dialects.cloudformation.invoked import invoked
from lamlint.dialects.cloudformation.narrowing import filters
from lamlint.dialects.cloudformation.resource import Resource
from lamlint.dialects.cloudformation.triggers import named, triggering
from lamlint.dialects.linking import Trigger
from lamlint.model import EventKind, EventSource, Invocation
from lamlint.text.dataclass import replace

_INVOCATIONS = {
    "REQUEST_RESPONSE": Invocation.SYNCHRONOUS,
    "FIRE_AND_FORGET": Invocation.ASYNCHRONOUS,
}
_STREAM_ENDS = (
    "ExtendedS3DestinationConfiguration",
    "RedshiftDestinationConfiguration",
    "AmazonopensearchserviceDestinationConfiguration",
    "ElasticsearchDestinationConfiguration",
    "HttpEndpointDestinationConfiguration",
    "SplunkDestinationConfiguration",
)


def elsewhere(resource: Resource) -> Iterator[Trigger]:
    """The triggers that a resource other than the function declares."""
    given = resource.properties
    match resource.kind:
        case "AWS::IoT::TopicRule":
            event = named(resource, given, EventKind.IOT, "", False)
            for action in given.mappings("TopicRulePayload", "Actions"):
                yield triggering(invoked(action, "Lambda", "FunctionArn"), event)
        case "AWS::SES::ReceiptRule":
            for action in given.mappings("Rule", "Actions"):
                yield triggering(invoked(action, "LambdaAction", "FunctionArn"), _mail(resource))
        case "AWS::Pipes::Pipe":
            yield triggering(invoked(given, "Target"), _pipe(resource))
        case "AWS::Cognito::UserPool":
            yield from _pool(resource)
        case "AWS::KinesisFirehose::DeliveryStream":
            yield from _firehose(resource)
        case "Custom::S3BucketNotifications":
            yield from _notifications(resource)
        case _:
            pass


def _mail(resource: Resource) -> EventSource:
    """What a received mail triggers: it may wait, to be told whether to go on."""
    event = named(resource, resource.properties, EventKind.SES, "", False)
    for action in resource.properties.mappings("Rule", "Actions"):
        waits = action.text("LambdaAction", "InvocationType", default="Event")
        if not waits.is_in(["Event"]):
            return replace(event, own_invocation=Invocation.SYNCHRONOUS)
    return event


def _pipe(resource: Resource) -> EventSource:
    given = resource.properties
    event = named(resource, given, EventKind.PIPE, "Source", False)
    how = given.text(
        "TargetParameters",
        "LambdaFunctionParameters",
        "InvocationType",
        default="REQUEST_RESPONSE",
    )
    return replace(event, own_invocation=_INVOCATIONS.get(how.only) if how.known else None)


def _pool(resource: Resource) -> Iterator[Trigger]:
    hooks = resource.properties.child("LambdaConfig")
    event = named(resource, resource.properties, EventKind.COGNITO, "", False)
    for entry in hooks.mapping if hooks is not None else ():
        yield triggering(invoked(hooks or resource.properties, entry.name), event)


def _firehose(resource: Resource) -> Iterator[Trigger]:
    event = named(resource, resource.properties, EventKind.FIREHOSE, "", False)
    for end in _STREAM_ENDS:
        for processor in resource.properties.mappings(end, "ProcessingConfiguration", "Processors"):
            for parameter in processor.mappings("Parameters"):
                if parameter.text("ParameterName").is_in(("LambdaArn",)):
                    yield triggering(invoked(parameter, "ParameterValue"), event)


def _notifications(resource: Resource) -> Iterator[Trigger]:
    """The notifications of a bucket as the CDK's own resource sets them."""
    given = resource.properties
    bucket = named(resource, given, EventKind.S3, "BucketName", False)
    for inner in given.mappings("NotificationConfiguration", "LambdaFunctionConfigurations"):
        event = replace(
            bucket,
            filters=tuple(filters(inner)),
            actions=inner.texts("Events"),
            block=inner.mapping.span,
        )
        yield triggering(invoked(inner, "LambdaFunctionArn"), event)
