"""What triggers a function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import Enum

from lamlint.model.amount import Scalar
from lamlint.model.delivery import Delivery
from lamlint.model.polling import Polling
from lamlint.model.value import Value
from lamlint.text import Span
from lamlint.text.dataclass import dataclass


class EventKind(Enum):
    """The service that triggers."""

    S3 = "s3"
    SQS = "sqs"
    SNS = "sns"
    DYNAMODB = "dynamodb"
    KINESIS = "kinesis"
    EVENTBRIDGE = "eventbridge"
    SCHEDULE = "schedule"
    API = "api"
    HTTP_API = "http-api"
    WEBSOCKET = "websocket"
    LOGS = "logs"
    MSK = "msk"
    KAFKA = "kafka"
    MQ = "mq"
    DOCUMENTDB = "documentdb"
    COGNITO = "cognito"
    IOT = "iot"
    ALEXA = "alexa"
    APPSYNC = "appsync"
    ALB = "alb"
    STEP_FUNCTIONS = "step-functions"
    """A state machine of which the function is a task: `source` is the machine."""
    DEPLOYMENT = "deployment"
    """CloudFormation, for a custom resource of a stack that is deployed."""
    ROTATION = "rotation"
    """Secrets Manager, when it rotates a secret."""
    CONFIG = "config"
    """AWS Config, when it evaluates a rule."""
    ALARM = "alarm"
    """CloudWatch, when an alarm changes its state."""
    SES = "ses"
    """SES, when it receives a mail."""
    PIPE = "pipe"
    """A pipe of EventBridge, at its end."""
    FIREHOSE = "firehose"
    """Firehose, for records that the function transforms."""
    OTHER = "other"


REQUESTS = frozenset(
    {
        EventKind.API, EventKind.HTTP_API, EventKind.WEBSOCKET, EventKind.ALB, EventKind.APPSYNC,
        EventKind.ALEXA, EventKind.COGNITO,
    }
)  # fmt: skip
"""What brings requests, of which each waits for an answer."""


class Invocation(Enum):
    """How a trigger invokes."""

    ASYNCHRONOUS = "asynchronous"
    """Lambda keeps the event, answers at once, and tries again by itself where it fails."""
    SYNCHRONOUS = "synchronous"
    """The trigger waits for the answer."""
    POLLED = "polled"
    """Lambda fetches the events (an event source mapping)."""


@dataclass(frozen=True)
class EventSource:
    """One trigger of a function.

    `source` is the resource that triggers; its targets hold every identity it
    has, so that they meet those of an environment variable that names it.
    `mapping` is true for event source mappings (polling). `function` is the
    id of the function. `expression` says when what runs on a schedule does, as
    EventBridge writes it: `rate(5 minutes)`, `cron(0 12 * * ? *)`,
    `at(2030-01-01T00:00:00)`; None for other triggers. `filters` are what narrows
    the trigger (S3 prefix and suffix, filter criteria, event pattern, SNS filter
    policy), with an unknown value where it could not be read.
    """

    name: str
    kind: EventKind
    function: str
    source: Value[str]
    mapping: bool
    expression: Value[str] | None
    filters: tuple[Filter, ...]
    span: Span
    block: Span
    actions: tuple[Value[str], ...] = ()
    """What the source has to do: the event types of S3 (`s3:ObjectCreated:*`)."""
    pattern: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """An event pattern that is nothing but lists of texts at its top level; else empty."""
    listed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The lists of texts of an event pattern by their path (`source`, `detail.eventName`).

    Those at its top level and one below, whatever else narrows it.
    """
    objects: Objects | None = None
    """Of which new objects an event pattern of EventBridge is, where it is of nothing else."""
    named_at: tuple[str, ...] = ()
    """Where the event names the source, as a library hands it to the code in words of its own."""
    key_at: tuple[str, ...] = ()
    """Where it names the object of the bucket that it is about, likewise."""
    runs: str = ""
    """What the handler calls for it, in the form of a handler; empty where that does it itself."""
    only_alarms: bool = False
    """Whether all that is seen to publish to the topic are alarms of CloudWatch."""
    route: Value[str] | None = None
    """The method and the path of a route of an API (`GET /orders`), or its name where it is one
    of WebSockets (`$disconnect`); None for other triggers."""
    only_failures: bool = False
    """Whether the queue is one that others leave what failed in: dead letters."""
    only_warms: bool = False
    """Whether nothing is done on its behalf, but that the function stays warm."""
    polling: Polling | None = None
    """What an event source mapping says of how it polls; None for other triggers."""
    delivery: Delivery | None = None
    """What becomes of events that cannot be handed over; None where a trigger cannot say so."""
    enabled: Value[bool] | None = None
    """Whether the trigger is switched on; None where it cannot be switched off."""
    qualifier: Value[str] | None = None
    """What of the function it invokes: an alias, a version or $LATEST; None where that is not
    read."""
    integration_timeout: Value[Scalar] | None = None
    """After how many milliseconds an API gives up; None for other triggers, or not read."""
    streamed: bool = False
    """Whether an API hands on its answer while it is made: it may wait for as long as a function
    may run."""
    scheduler: bool = False
    """Whether a schedule is one of EventBridge Scheduler, and no rule of EventBridge."""
    own_invocation: Invocation | None = None
    """How it invokes, where the trigger itself says so and not its kind alone: a pipe."""
    starts: tuple[EventSource, ...] = ()
    """What starts the state machine of which the function is a task, as far as it is seen."""
    repeats: bool = False
    """Whether one execution of a state machine runs it again and again: for each item of a map,
    or in a round of its states."""

    @property
    def invocation(self) -> Invocation | None:
        """How it invokes the function; None where that is not known."""
        if self.own_invocation is not None:
            return self.own_invocation
        return Invocation.POLLED if self.mapping else _INVOCATION.get(self.kind)

    @property
    def switched_off(self) -> bool:
        """Whether it surely invokes nothing as it is declared."""
        return self.enabled is not None and self.enabled.is_in([False])

    @property
    def seen_on(self) -> bool:
        """Whether it invokes something as far as is seen: what a deployment decides may be off."""
        return self.enabled is None or any(choice.value for choice in self.enabled.ever)

    @property
    def filtered(self) -> bool:
        """Whether something narrows the trigger."""
        return bool(self.filters)


@dataclass(frozen=True)
class Objects:
    """New objects of S3, as EventBridge is told of them.

    They are of the `buckets`, and of those whose names begin as one of `begins` says; of any
    bucket, where that is None. `actions` and `filters` are what narrows how they are made, and
    their keys, in the words of a bucket's own notifications.
    """

    buckets: tuple[Value[str], ...]
    begins: tuple[Value[str], ...] | None
    actions: tuple[Value[str], ...]
    filters: tuple[Filter, ...] = ()


@dataclass(frozen=True)
class Filter:
    """What narrows a trigger: `kind` is prefix, suffix, pattern or unknown."""

    kind: str
    value: Value[str]


_INVOCATION = {
    **dict.fromkeys(
        (
            EventKind.S3,
            EventKind.SNS,
            EventKind.EVENTBRIDGE,
            EventKind.SCHEDULE,
            EventKind.LOGS,
            EventKind.IOT,
            EventKind.SES,
            EventKind.DEPLOYMENT,
            EventKind.ROTATION,
            EventKind.CONFIG,
            EventKind.ALARM,
        ),
        Invocation.ASYNCHRONOUS,
    ),
    **dict.fromkeys(
        (
            EventKind.API,
            EventKind.HTTP_API,
            EventKind.WEBSOCKET,
            EventKind.COGNITO,
            EventKind.ALEXA,
            EventKind.APPSYNC,
            EventKind.ALB,
            EventKind.FIREHOSE,
        ),
        Invocation.SYNCHRONOUS,
    ),
}
"""How a kind of trigger invokes; the others do so in one way or another, or are polled."""
