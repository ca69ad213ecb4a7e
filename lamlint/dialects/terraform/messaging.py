"""The queues, topics, buckets and streams that a root module declares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lamlint.dialects import values
from lamlint.dialects.terraform.uses import Resource
from lamlint.model import Bucket, Named, Queue, Resources, Stream, Topic

QUEUE, TOPIC, BUCKET, STREAM = (
    "aws_sqs_queue",
    "aws_sns_topic",
    "aws_s3_bucket",
    "aws_kinesis_stream",
)
POLICY = "aws_sqs_queue_redrive_policy"
TELLING = "aws_s3_bucket_notification"
KINDS = (QUEUE, TOPIC, BUCKET, STREAM, POLICY)


def declared(resources: Sequence[Resource]) -> Resources:
    """What some resources are, of what is of interest beside functions."""
    own = [one for one in resources if one.block_.kind == "resource"]
    policies = [one for one in own if one.kind == POLICY]
    telling = frozenset(_telling(own))
    return Resources(
        queues=tuple(_queue(one, policies) for one in own if one.kind == QUEUE),
        topics=tuple(
            Topic(**_named(one), fifo=one.properties.value(("fifo_topic",), values.truth, False))
            for one in own
            if one.kind == TOPIC
        ),
        buckets=tuple(_bucket(one, telling) for one in own if one.kind == BUCKET),
        streams=tuple(
            Stream(**_named(one), retention=one.properties.number("retention_period", default=24))
            for one in own
            if one.kind == STREAM
        ),
    )


def _named(resource: Resource) -> Named:
    given = resource.properties
    names = (*given.text("name").targets, *given.text("bucket").targets)
    return Named(
        id=resource.identity,
        name=resource.name,
        template=resource.template,
        identities=frozenset({*resource.identities, *names}),
        span=resource.span,
        block=resource.block,
    )


def _bucket(resource: Resource, telling: frozenset[str]) -> Bucket:
    given, named = resource.properties, _named(resource)
    written = given.outcomes("bucket")
    absent = all(one.absent for one in written)
    return Bucket(
        **named,
        begins=values.beginnings(given.outcomes("bucket_prefix") if absent else written),
        tells=not telling.isdisjoint(named["identities"]),
    )


def _telling(resources: Iterable[Resource]) -> Iterator[str]:
    """What the buckets are called that surely tell EventBridge of new objects."""
    for one in resources:
        on = one.properties.value(("eventbridge",), values.truth) if one.kind == TELLING else None
        if on is not None and on.is_in([True]):
            yield from one.properties.text("bucket").targets


def _queue(resource: Resource, policies: Iterable[Resource]) -> Queue:
    """A queue; its redrive policy may be a resource of its own, which may be anyone's."""
    given = resource.properties
    return Queue(
        **_named(resource),
        fifo=given.value(("fifo_queue",), values.truth, False),
        visibility_timeout=given.number("visibility_timeout_seconds", default=30),
        redrive=given.text("redrive_policy", "deadLetterTargetArn"),
        receives=given.number("redrive_policy", "maxReceiveCount"),
        complete=given.complete and not any(True for _ in policies),
    )
