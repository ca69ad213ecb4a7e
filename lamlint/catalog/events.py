"""What Lambda accepts of event source mappings, and how long APIs wait for a function."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from lamlint.catalog.quotas import Quota, Range
from lamlint.text.dataclass import dataclass


@dataclass(frozen=True)
class MappingFacts:
    """What holds for the mappings of one kind of source; events.toml says what each field means."""

    quotas: Mapping[str, Quota]
    endless: frozenset[str]
    positions: frozenset[str]
    retention: int | None
    source: str
    as_of: date


@dataclass(frozen=True)
class ApiFacts:
    """How long one kind of API waits, in milliseconds, unless it is told otherwise."""

    what: str
    waits: int
    source: str
    as_of: date


@dataclass(frozen=True)
class EventFacts:
    """The content of events.toml, by the kinds of triggers."""

    mappings: Mapping[str, MappingFacts]
    apis: Mapping[str, ApiFacts]
    most_filters: int
    plain_batch: int
    passing: frozenset[str]


def read_events(table: Mapping[str, Any]) -> EventFacts:
    """The content of events.toml."""
    properties = table["property"]
    rules = table["mapping-rules"]
    return EventFacts(
        mappings={kind: _mapping(row, properties) for kind, row in table["mapping"].items()},
        apis={
            kind: ApiFacts(row["what"], row["waits"], row["source"], row["as-of"])
            for kind, row in table["api"].items()
        },
        most_filters=rules["most-filters"],
        plain_batch=rules["plain-batch"],
        passing=frozenset(table["passing"]["types"]),
    )


def _mapping(row: Mapping[str, Any], properties: Mapping[str, Any]) -> MappingFacts:
    return MappingFacts(
        quotas={name: _quota(row, name, properties[name]) for name in properties if name in row},
        endless=frozenset(row.get("endless", ())),
        positions=frozenset(row.get("positions", ())),
        retention=row.get("retention"),
        source=row["source"],
        as_of=row["as-of"],
    )


def _quota(row: Mapping[str, Any], name: str, words: Mapping[str, Any]) -> Quota:
    """The range of a property as a quota: it is the same wherever the function runs."""
    least, most = row[name]
    limits = Range(least, most)
    return Quota(
        what=words["what"],
        unit=words.get("unit", ""),
        counted=words.get("unit", ""),
        default=least,
        function=limits,
        managed_instances=limits,
        edge=limits,
        accelerated=limits,
        source=row["source"],
        as_of=row["as-of"],
    )
