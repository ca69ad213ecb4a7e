"""The queues, topics, buckets, streams and target groups that templates declare."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from lamlint.dialects import values
from lamlint.dialects.cloudformation.references import resource_targets
from lamlint.dialects.cloudformation.resource import Resource
from lamlint.model import (
    Bucket,
    Choice,
    Named,
    Queue,
    Redrive,
    Resources,
    Stream,
    TargetGroup,
    Topic,
    Value,
)

_FIFO = ".fifo"


def declared(resources: Iterable[Resource]) -> Resources:
    """What some resources are, of what is of interest beside functions."""
    found = Resources()
    by_kind: dict[str, list[Resource]] = {}
    for resource in resources:
        by_kind.setdefault(resource.kind, []).append(resource)
    for kind, read in _READERS.items():
        found += read(by_kind.get(kind, ()))
    return found


def _named(resource: Resource) -> Named:
    return Named(
        id=resource.identity,
        name=resource.name,
        template=resource.scope.template,
        identities=resource_targets(resource.name, resource.scope),
        span=resource.span,
        block=resource.block,
    )


def _queue(resource: Resource) -> Queue:
    given = resource.properties
    redrive = given.text("RedrivePolicy", "deadLetterTargetArn")
    receives = given.number("RedrivePolicy", "maxReceiveCount")
    return Queue(
        **_named(resource),
        fifo=_fifo(resource, "FifoQueue", "QueueName"),
        visibility_timeout=given.number("VisibilityTimeout", default=30),
        redrive=given.with_room(redrive, ("RedrivePolicy",), _redrive),
        receives=given.with_room(receives, ("RedrivePolicy",), _redrive),
        complete=given.complete,
    )


def _redrive(new: Redrive) -> object:
    return {"deadLetterTargetArn": new.target, "maxReceiveCount": new.receives}


def _fifo(resource: Resource, flag: str, name: str) -> Value[bool]:
    """Whether a queue or topic is one that keeps the order: it says so, or its name does."""
    given = resource.properties
    if given.text(name).all(lambda one: one.endswith(_FIFO)):
        place = given.place(name)
        return Value((Choice(True, place),), place)
    return given.text(flag, default="false").map(lambda one: one.lower() == "true")


def _target_group(resource: Resource) -> TargetGroup:
    given = resource.properties
    listed = tuple(given.mappings("Targets"))
    items = tuple(given.items("Targets"))
    found = given.outcomes("Targets")
    absent = bool(found) and all(one.absent for one in found)
    return TargetGroup(
        **_named(resource),
        targets=tuple(one.text("Id") for one in listed),
        complete=absent or len(listed) == len(items) > 0,
        port=given.number("Port"),
        protocol=given.text("Protocol"),
        vpc=given.text("VpcId"),
    )


def is_of_functions(resource: Resource) -> bool:
    """Whether a target group hands requests to functions."""
    return resource.properties.text("TargetType").is_in(("lambda",))


def _bucket(resource: Resource) -> Bucket:
    given = resource.properties
    switch = ("NotificationConfiguration", "EventBridgeConfiguration")
    on = given.text(*switch, "EventBridgeEnabled", default="true")
    return Bucket(
        **_named(resource),
        begins=values.beginnings(given.outcomes("BucketName")),
        tells=given.has(*switch).is_in([True]) and on.all(lambda one: one.lower() == "true"),
    )


_READERS: Mapping[str, Callable[[Iterable[Resource]], Resources]] = {
    "AWS::SQS::Queue": lambda found: Resources(queues=tuple(map(_queue, found))),
    "AWS::SNS::Topic": lambda found: Resources(
        topics=tuple(
            Topic(**_named(one), fifo=_fifo(one, "FifoTopic", "TopicName")) for one in found
        )
    ),
    "AWS::S3::Bucket": lambda found: Resources(buckets=tuple(map(_bucket, found))),
    "AWS::Kinesis::Stream": lambda found: Resources(
        streams=tuple(
            Stream(
                **_named(one), retention=one.properties.number("RetentionPeriodHours", default=24)
            )
            for one in found
        )
    ),
    "AWS::ElasticLoadBalancingV2::TargetGroup": lambda found: Resources(
        target_groups=tuple(_target_group(one) for one in found if is_of_functions(one))
    ),
}
