"""What triggers a function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from lamlint.model.value import Value
from lamlint.text import Span


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
    DEPLOYMENT = "deployment"
    """CloudFormation, for a custom resource of a stack that is deployed."""
    ROTATION = "rotation"
    """Secrets Manager, when it rotates a secret."""
    CONFIG = "config"
    """AWS Config, when it evaluates a rule."""
    ALARM = "alarm"
    """CloudWatch, when an alarm changes its state."""
    OTHER = "other"


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
    """The method and the path of a route of an API (`GET /orders`); None for other triggers."""
    only_failures: bool = False
    """Whether the queue is one that others leave what failed in: dead letters."""

    @property
    def filtered(self) -> bool:
        """Whether something narrows the trigger."""
        return bool(self.filters)


@dataclass(frozen=True)
class Objects:
    """New objects of S3, as a bucket tells EventBridge of them.

    `filters` are what narrows their keys, in the words of a bucket's own notifications.
    """

    buckets: tuple[Value[str], ...]
    filters: tuple[Filter, ...]


@dataclass(frozen=True)
class Filter:
    """What narrows a trigger: `kind` is prefix, suffix, pattern or unknown."""

    kind: str
    value: Value[str]
