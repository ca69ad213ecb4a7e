"""The services that functions take events from: what their ARNs and resources are called."""

from __future__ import annotations

from collections.abc import Mapping

from lamlint.model import EventKind

POLLED: Mapping[str, EventKind] = {
    "sqs": EventKind.SQS,
    "dynamodb": EventKind.DYNAMODB,
    "kinesis": EventKind.KINESIS,
    "kafka": EventKind.MSK,
    "msk": EventKind.MSK,
    "mq": EventKind.MQ,
    "rds": EventKind.DOCUMENTDB,
    "docdb": EventKind.DOCUMENTDB,
}
"""The services that Lambda asks for events itself, by event source mappings."""
_CALLING: Mapping[str, EventKind] = {
    "sns": EventKind.SNS,
    "s3": EventKind.S3,
    "events": EventKind.EVENTBRIDGE,
    "logs": EventKind.LOGS,
}
"""Those that call the function."""


def of_arn(text: str) -> EventKind | None:
    """The service of an ARN, be it known in part."""
    known = {**POLLED, **_CALLING}
    return next((kind for word, kind in known.items() if f":{word}:" in text), None)
