"""What an event that is polled says of its batches, and of those that fail."""

from __future__ import annotations

from lamlint.dialects import values
from lamlint.dialects.properties import Properties
from lamlint.model import Choice, Origin, Polling, Value
from lamlint.text import Span

_REPORTS = "ReportBatchItemFailures"
_START = "TRIM_HORIZON"
"""Where the framework starts reading a stream when nothing is said."""


def polling(given: Properties, place: Span, *, stream: bool) -> Polling:
    """How the mapping polls that the framework makes of an event, short or long."""
    window = "batchWindow" if stream else "maximumBatchingWindow"
    return Polling(
        batch_size=given.number("batchSize"),
        window=given.number(window, default=0),
        maximum_concurrency=given.number("maximumConcurrency"),
        retries=given.number("maximumRetryAttempts", default=-1),
        maximum_age=given.number("maximumRecordAgeInSeconds", default=-1),
        bisect=given.value(("bisectBatchOnFunctionError",), values.truth, False),
        parallelization=given.number("parallelizationFactor", default=1),
        tumbling_window=given.number("tumblingWindowInSeconds", default=0),
        starting_position=given.text("startingPosition", default=_START)
        if stream
        else given.text("startingPosition"),
        starting_timestamp=given.number("startingPositionTimestamp"),
        reports_failures=_reports(given, place),
        on_failure=_on_failure(given),
    )


def _reports(given: Properties, place: Span) -> Value[bool]:
    said = given.text("functionResponseType", default="")
    if said.absent:
        return Value((Choice(False, place, Origin.DEFAULT),), place)
    return said.map(lambda one: one == _REPORTS)


def _on_failure(given: Properties) -> Value[str]:
    """Where batches that are given up are sent: an ARN, or one with what it is of."""
    inner = given.child("destinations", "onFailure")
    if inner is not None:
        return inner.text("arn")
    return given.text("destinations", "onFailure")
