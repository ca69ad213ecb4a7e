"""The queues, topics, buckets and streams that a root module declares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
KINDS = (QUEUE, TOPIC, BUCKET, STREAM, POLICY)


def declared(resources: Sequence[Resource]) -> Resources:
    """What some resources are, of what is of interest beside functions."""
    own = [one for one in resources if one.block_.kind == "resource"]
    policies = [one for one in own if one.kind == POLICY]
    return Resources(
        queues=tuple(_queue(one, policies) for one in own if one.kind == QUEUE),
        topics=tuple(
            Topic(**_named(one), fifo=one.properties.value(("fifo_topic",), values.truth, False))
            for one in own
            if one.kind == TOPIC
        ),
        buckets=tuple(Bucket(**_named(one)) for one in own if one.kind == BUCKET),
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
