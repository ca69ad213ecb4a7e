"""What the CDK makes of the constructs of queues, topics, streams and buckets: properties."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lamlint.dialects.cdk.amounts import Convert, duration, hours, plain, spelling
from lamlint.dialects.cdk.kinds import snake
from lamlint.dialects.cdk.nodes import Lowering
from lamlint.dialects.cdk.objects import Keyed, Made, Plain, Thing
from lamlint.dialects.cdk.template import Template, given
from lamlint.dialects.cdk.writing import Amount, InCode, New, new_in
from lamlint.dialects.tree.node import MappingNode, Node

QUEUE, TOPIC, STREAM = "AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::Kinesis::Stream"
BUCKET = "AWS::S3::Bucket"
TELLS = ("NotificationConfiguration", "EventBridgeConfiguration", "EventBridgeEnabled")
"""The path of the switch by which a bucket tells EventBridge of its objects."""

_OF_QUEUES: Mapping[str, tuple[str, Convert]] = {
    "queue_name": ("QueueName", plain),
    "fifo": ("FifoQueue", plain),
    "visibility_timeout": ("VisibilityTimeout", duration),
}
_OF_TOPICS: Mapping[str, tuple[str, Convert]] = {
    "topic_name": ("TopicName", plain),
    "fifo": ("FifoTopic", plain),
}
_OF_STREAMS: Mapping[str, tuple[str, Convert]] = {
    "stream_name": ("Name", plain),
    "retention_period": ("RetentionPeriodHours", hours),
}
_OF_BUCKETS: Mapping[str, tuple[str, Convert]] = {"bucket_name": ("BucketName", plain)}
_REDRIVE = {"queue": "deadLetterTargetArn", "max_receive_count": "maxReceiveCount"}


def queue(made: Made, template: Template) -> MappingNode:
    """The properties of a queue."""
    found = _properties(made, _OF_QUEUES, template)
    lowering = template.lowering(made)
    failed = given(made, "dead_letter_queue")
    if failed is not None and not _is_nothing(failed):
        found.entries.append(lowering.entry("RedrivePolicy", failed.at, _redrive(failed, lowering)))
    found.layout = InCode(new=_new(made, template))
    return found


def topic(made: Made, template: Template) -> MappingNode:
    """The properties of a topic."""
    return _properties(made, _OF_TOPICS, template)


def stream(made: Made, template: Template) -> MappingNode:
    """The properties of a stream."""
    return _properties(made, _OF_STREAMS, template)


def bucket(made: Made, template: Template) -> MappingNode:
    """The properties of a bucket."""
    found = _properties(made, _OF_BUCKETS, template)
    lowering, switch = template.lowering(made), given(made, "event_bridge_enabled")
    if switch is not None and not _is_nothing(switch):
        node: Node = lowering.node(switch)
        for key in reversed(TELLS[1:]):
            node = lowering.mapping(switch.at, {key: node})
        found.entries.append(lowering.entry(TELLS[0], switch.at, node))
    return found


def _properties(
    made: Made, arguments: Mapping[str, tuple[str, Convert]], template: Template
) -> MappingNode:
    lowering = template.lowering(made)
    found = MappingNode(made.at.source, made.at.start, made.at.end)
    for name, member in made.named.items():
        known = arguments.get(name)
        if known is not None and not _is_nothing(member.value):
            key, convert = known
            found.entries.append(lowering.entry(key, member.key, convert(member.value, lowering)))
    if not made.whole:
        found.entries.append(lowering.more(made.at))
    return found


def _redrive(thing: Thing, lowering: Lowering) -> Node:
    """`DeadLetterQueue(queue=…, max_receive_count=…)`, or the struct of it."""
    if isinstance(thing, Made) and thing.whole:
        members = thing.named
    elif isinstance(thing, Keyed) and thing.whole:
        members = {snake(str(name)): member for name, member in thing.members.items()}
    else:
        return lowering.node(thing)
    entries = {
        key: lowering.node(members[name].value) for name, key in _REDRIVE.items() if name in members
    }
    return lowering.mapping(thing.at, entries)


def _new(made: Made, template: Template) -> New | None:
    """How new arguments of a queue are written."""
    frame = template.frame(made.at)
    lead = spelling(frame).duration
    names: dict[tuple[str, ...], tuple[str, Callable[[object], str]]] = {}
    if lead:
        names["VisibilityTimeout",] = ("visibility_timeout", Amount(lead, "seconds"))
    return new_in(made, frame, names)


def _is_nothing(thing: Thing) -> bool:
    return isinstance(thing, Plain) and thing.value is None
