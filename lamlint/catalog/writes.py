"""The SDK calls that write where functions can be triggered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from lamlint.catalog.ends import Ends, ends
from lamlint.text.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Given:
    """Where an argument stands: of the call, or of what made the object it is called on."""

    keywords: tuple[str, ...]
    place: int | None
    up: int
    within: tuple[tuple[str, ...], ...] = ()
    keys_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Write:
    """One row of the table; writes.toml says what each field means."""

    service: str
    calls: tuple[str, ...]
    target: Given
    key: Given | None
    action: str
    condition: str
    entries: str
    items: str


class Writes:
    """Writes by the full name of the call and its service; also the container of the names."""

    def __init__(self, rows: Iterable[Write]) -> None:
        self._rows = {(row.service, name): row for row in rows for name in row.calls}
        self._names = frozenset(name for _, name in self._rows)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    @cached_property
    def ends(self) -> Ends | None:
        """The last names of all of them, by their first."""
        return ends(self._names)

    def get(self, service: str | None, name: str) -> Write | None:
        """The row of a call on a client or resource of a service."""
        return self._rows.get((service or "", name))


def read_writes(table: Mapping[str, Any]) -> Writes:
    """The content of writes.toml."""
    return Writes(
        Write(
            service=row["service"],
            calls=tuple(row["calls"]),
            target=_given(row["target"]),
            key=_given(row["key"]) if "key" in row else None,
            action=row.get("action", ""),
            condition=row.get("condition", ""),
            entries=row.get("entries", ""),
            items=row.get("items", ""),
        )
        for row in table["write"]
    )


def _given(row: Mapping[str, Any]) -> Given:
    return Given(
        tuple(row["keywords"]),
        row.get("place"),
        row.get("up", 0),
        tuple(tuple(path) for path in row.get("within", ())),
        tuple(row.get("keys_to", ())),
    )
