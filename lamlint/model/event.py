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
    id of the function. `properties` holds the rest
    as written, by their CloudFormation name, `filters` what narrows the
    trigger (S3 prefix and suffix, filter criteria, event pattern, SNS filter
    policy), with an unknown value where it could not be read.
    """

    name: str
    kind: EventKind
    function: str
    source: Value[str]
    mapping: bool
    properties: Mapping[str, Value[object]]
    filters: tuple[Filter, ...]
    span: Span
    block: Span
    actions: tuple[Value[str], ...] = ()
    """What the source has to do: the event types of S3 (`s3:ObjectCreated:*`)."""
    pattern: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """An event pattern that is nothing but lists of texts at its top level; else empty."""
    listed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The lists of texts at the top level of an event pattern, whatever else narrows it."""
    rate: Value[object] | None = None
    """How often it triggers, as a schedule's expression, where it is written in other words."""
    only_alarms: bool = False
    """Whether all that is seen to publish to the topic are alarms of CloudWatch."""

    @property
    def filtered(self) -> bool:
        """Whether something narrows the trigger."""
        return bool(self.filters)

    @property
    def expression(self) -> Value[object] | None:
        """When a schedule runs; None for other triggers."""
        names = (name for name in ("ScheduleExpression", "Schedule") if name in self.properties)
        name = next(names, None)
        return self.rate if name is None else self.properties[name]


@dataclass(frozen=True)
class Filter:
    """What narrows a trigger: `kind` is prefix, suffix, pattern or unknown."""

    kind: str
    value: Value[str]
