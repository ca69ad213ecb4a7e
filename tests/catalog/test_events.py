"""What the catalogue says of event source mappings and APIs, and that it says it of kinds there are."""

from __future__ import annotations

from lamlint.catalog import shared_catalog
from lamlint.model import EventKind

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
