"""How Lambda polls a queue, stream or broker for a function: an event source mapping."""

from __future__ import annotations

from lamlint.model.amount import Scalar
from lamlint.model.value import Value
from lamlint.text.dataclass import dataclass


@dataclass(frozen=True)
class Polling:
    """What an event source mapping says of its batches, and of those that fail.

    Windows and ages are in seconds; -1 retries or an age of -1 are without end, as they are
    where a stream's mapping says nothing. `bisect` is whether a batch that fails is halved,
    `reports_failures` whether the function tells which records failed (ReportBatchItemFailures),
    `on_failure` where what is given up is sent; `filters` counts the patterns that records are
    filtered by. What is written nowhere, and has one default for all sources, has it.
    """

    batch_size: Value[Scalar]
    window: Value[Scalar]
    maximum_concurrency: Value[Scalar]
    retries: Value[Scalar]
    maximum_age: Value[Scalar]
    bisect: Value[bool]
    parallelization: Value[Scalar]
    tumbling_window: Value[Scalar]
    starting_position: Value[str]
    starting_timestamp: Value[Scalar]
    reports_failures: Value[bool]
    on_failure: Value[str]
    filters: int | None = None
