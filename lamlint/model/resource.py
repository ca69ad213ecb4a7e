"""What a project declares beside functions and what these are told by: queues, topics, …"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TypedDict

from lamlint.model.amount import Scalar
from lamlint.model.value import Value
from lamlint.text import Span
from lamlint.text.dataclass import dataclass


@dataclass(frozen=True)
class Resource:
    """A resource: its id in the project, and what it is called in its template.

    `identities` are all that values have as targets which refer to it: the id, and its
    physical name. `span` is its name, `block` all of it.
    """

    id: str
    name: str
    template: str
    identities: frozenset[str]
    span: Span
    block: Span


class Named(TypedDict):
    """The fields of a `Resource`, for a reader that makes several kinds of them."""

    id: str
    name: str
    template: str
    identities: frozenset[str]
    span: Span
    block: Span


@dataclass(frozen=True)
class Queue(Resource):
    """A queue of SQS. The visibility timeout is in seconds.

    `redrive` is the queue for what is received too often, `receives` how often that is; what
    is not written can be changed to a `Redrive`. `complete` is false where a part of the
    queue could not be read.
    """

    fifo: Value[bool]
    visibility_timeout: Value[Scalar]
    redrive: Value[str]
    receives: Value[Scalar]
    complete: bool = True


@dataclass(frozen=True)
class Redrive:
    """What to write where a queue has no redrive policy."""

    target: str
    receives: int


@dataclass(frozen=True)
class Topic(Resource):
    """A topic of SNS."""

    fifo: Value[bool]


@dataclass(frozen=True)
class Bucket(Resource):
    """A bucket of S3.

    `begins` is what its name surely begins with, for each that it can be. It `tells`
    EventBridge of new objects where that is sure.
    """

    begins: tuple[str, ...] = ()
    tells: bool = False

    def is_named(self, beginning: Value[str]) -> bool:
        """Whether its name surely begins so."""
        begin = beginning.only if beginning.known else ""
        return bool(begin and self.begins) and all(one.startswith(begin) for one in self.begins)


@dataclass(frozen=True)
class Stream(Resource):
    """A stream of Kinesis, which keeps records for so many hours."""

    retention: Value[Scalar]


@dataclass(frozen=True)
class TargetGroup(Resource):
    """A target group of a load balancer that hands requests to functions.

    `targets` names them, as far as `complete` says that they could be read; `port`, `protocol`
    and `vpc` are the properties that such a group must not have, where it has them.
    """

    targets: tuple[Value[str], ...]
    complete: bool
    port: Value[Scalar]
    protocol: Value[str]
    vpc: Value[str]


@dataclass(frozen=True)
class Resources:
    """The resources of a project by what they are."""

    queues: tuple[Queue, ...] = ()
    topics: tuple[Topic, ...] = ()
    buckets: tuple[Bucket, ...] = ()
    streams: tuple[Stream, ...] = ()
    target_groups: tuple[TargetGroup, ...] = ()

    def __iter__(self) -> Iterator[Resource]:
        """All of them."""
        yield from (*self.queues, *self.topics, *self.buckets, *self.streams, *self.target_groups)

    def without(self, templates: Collection[str]) -> Resources:
        """Those of other files than some."""
        if not templates:
            return self
        return Resources(
            tuple(one for one in self.queues if one.template not in templates),
            tuple(one for one in self.topics if one.template not in templates),
            tuple(one for one in self.buckets if one.template not in templates),
            tuple(one for one in self.streams if one.template not in templates),
            tuple(one for one in self.target_groups if one.template not in templates),
        )

    def __add__(self, other: Resources) -> Resources:
        """Those of both."""
        return Resources(
            self.queues + other.queues,
            self.topics + other.topics,
            self.buckets + other.buckets,
            self.streams + other.streams,
            self.target_groups + other.target_groups,
        )
