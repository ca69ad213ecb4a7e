"""The events of AWS that are rare by their nature."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class RareEvent:
    """One row of the table; rare_events.toml says what each field means."""

    source: str
    types: tuple[str, ...]
    when: str


class RareEvents:
    """The rare events by their source."""

    def __init__(self, rows: Iterable[RareEvent]) -> None:
        self._rows = {row.source: row for row in rows}

    def when(self, pattern: Mapping[str, tuple[str, ...]]) -> str | None:
        """When a pattern matches, if all that it can match is rare; else None."""
        rows = [self._rows.get(source) for source in pattern.get("source", ())]
        types = pattern.get("detail-type", ())
        for row in rows:
            if row is None or (row.types and not (types and set(types) <= set(row.types))):
                return None
        return next((row.when for row in rows if row is not None), None)


def read_rare_events(table: Mapping[str, Any]) -> RareEvents:
    """The content of rare_events.toml."""
    return RareEvents(
        RareEvent(row["source"], tuple(row.get("types", ())), row["when"]) for row in table["event"]
    )
