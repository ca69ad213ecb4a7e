"""What the catalogue says of event source mappings and APIs, compared with what others know."""

from __future__ import annotations

import pytest

from lamlint.catalog import Range, shared_catalog
from lamlint.model import EventKind
from tests.catalog.models import cfn_lint, range_of, range_within, shapes, within

FACTS = shared_catalog().events
KINDS = {kind.value for kind in EventKind}


def test_every_row_is_of_a_kind_of_trigger() -> None:
    assert {kind.removesuffix("-fifo") for kind in FACTS.mappings} <= KINDS
    assert set(FACTS.apis) <= KINDS


def test_every_row_has_a_source() -> None:
    sources = [row.source for row in FACTS.mappings.values()]
    sources += [row.source for row in FACTS.apis.values()]
    assert all("https://" in source for source in sources)


def test_only_streams_have_positions_and_keep_records() -> None:
    streams = {"kinesis", "dynamodb"}
    assert {kind for kind, row in FACTS.mappings.items() if row.positions} == streams
    assert {kind for kind, row in FACTS.mappings.items() if row.retention} == streams
    assert "AT_TIMESTAMP" not in FACTS.mappings["dynamodb"].positions


def test_batches_of_queues() -> None:
    plain, fifo = (FACTS.mappings[kind].quotas for kind in ("sqs", "sqs-fifo"))
    assert (plain["batch-size"].function.most, fifo["batch-size"].function.most) == (10_000, 10)
    assert "window" not in fifo
    assert plain["window"].function.most == 300


MAPPING = "AWS::Lambda::EventSourceMapping"
OF_APIS = [
    ("batch-size", "BatchSize", "properties/BatchSize"),
    ("window", "MaximumBatchingWindowInSeconds", "properties/MaximumBatchingWindowInSeconds"),
    ("maximum-concurrency", "MaximumConcurrency", "definitions/MaximumConcurrency"),
    ("retries", "MaximumRetryAttemptsEventSourceMapping", "properties/MaximumRetryAttempts"),
    ("maximum-age", "MaximumRecordAgeInSeconds", "properties/MaximumRecordAgeInSeconds"),
    ("parallelization", "ParallelizationFactor", "properties/ParallelizationFactor"),
    ("tumbling-window", "TumblingWindowInSeconds", "properties/TumblingWindowInSeconds"),
]


@pytest.mark.parametrize(("name", "shape", "path"), OF_APIS)
def test_ranges_are_those_of_the_api_and_of_cloudformation(
    name: str, shape: str, path: str
) -> None:
    rows = [row for kind, row in FACTS.mappings.items() if kind != "sqs-fifo"]
    ranges = {row.quotas[name].function for row in rows if name in row.quotas}
    (known,) = ranges
    endless = any(name in row.endless for row in rows)
    least, most = range_of("lambda", shape)
    assert (-1 if endless else known.least, known.most) == (least, most)
    assert range_within(MAPPING, path) == (least, most)


def test_every_property_is_compared() -> None:
    named = {name for row in FACTS.mappings.values() for name in row.quotas}
    assert named == {name for name, _, _ in OF_APIS}


def test_cfn_lint_knows_the_same_batch_of_queues_of_fifo() -> None:
    rule = cfn_lint(
        "schemas/extensions/aws_lambda_eventsourcemapping/event_source_sqs_fifo_batch_size.json"
    )
    then = rule["cfnGather"]["schema"]["then"]["properties"]["local"]["properties"]
    most = then["BatchSize"]["maximum"]
    assert FACTS.mappings["sqs-fifo"].quotas["batch-size"].function == Range(1, most)


def test_positions_are_those_of_the_api() -> None:
    positions = {one for row in FACTS.mappings.values() for one in row.positions}
    assert positions == set(shapes("lambda")["EventSourcePosition"]["enum"])


def test_filters_are_as_many_as_in_cloudformation() -> None:
    path = "definitions/FilterCriteria/properties/Filters/maxItems"
    assert within(MAPPING, path) == FACTS.most_filters


def test_http_apis_wait_as_long_as_their_api_takes() -> None:
    _, most = range_of("apigatewayv2", "IntegerWithLengthBetween50And30000")
    assert FACTS.apis["http-api"].waits == most
