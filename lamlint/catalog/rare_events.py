"""The events of AWS that are rare by their nature, and those of which that is not known.

They are those of the services' own events on EventBridge, as
https://docs.aws.amazon.com/eventbridge/latest/ref/welcome.html lists them, and of the calls that
CloudTrail records.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from lamlint.text.dataclass import dataclass

_CALLED_BY = ".amazonaws.com"
_CALL = "AWS API Call via CloudTrail"


@dataclass(frozen=True, slots=True)
class RareEvent:
    """One row of the table; rare_events.toml says what each field means."""

    source: str
    types: frozenset[str]
    calls: frozenset[str]
    when: str

    def holds(self, types: Collection[str], calls: Collection[str]) -> bool:
        """Whether all that matches these types, and these names of calls, is rare.

        Only calls have names: a pattern that lists some needs no type.
        """
        if self.calls and not (calls and self.calls.issuperset(calls)):
            return False
        named = bool(types) or bool(self.calls)
        return not self.types or (named and self.types.issuperset(types))


class RareEvents:
    """The rare events by their source, and the sources of which many or few may come."""

    def __init__(self, rows: Iterable[RareEvent], by_number: Iterable[str] = ()) -> None:
        self._by_number = frozenset(by_number)
        self._rows: dict[str, list[RareEvent]] = {}
        for row in rows:
            self._rows.setdefault(row.source, []).append(row)

    def when(self, pattern: Mapping[str, tuple[str, ...]]) -> str | None:
        """When a pattern matches, if all that it can match is rare; else None.

        The pattern's lists of texts by their path: `source`, `detail.eventName`.
        """
        found = [self._row(one, pattern) for one in _sources(pattern)]
        return next((row.when for row in found if row is not None), None) if all(found) else None

    def may_be_few(self, pattern: Mapping[str, tuple[str, ...]]) -> bool:
        """Whether few or many events may match a pattern, as there are few or many resources."""
        types, calls = pattern.get("detail-type", ()), pattern.get("detail.eventName", ())
        recorded = _CALL in types or (calls and not types)
        by_number = frozenset() if recorded else self._by_number
        sources = _sources(pattern)
        return bool(sources) and all(
            one in by_number or self._row(one, pattern) is not None for one in sources
        )

    def _row(self, source: str, pattern: Mapping[str, tuple[str, ...]]) -> RareEvent | None:
        """The row of a source by which all of it that a pattern can match is rare."""
        types, calls = pattern.get("detail-type", ()), pattern.get("detail.eventName", ())
        return next((row for row in self._rows.get(source, ()) if row.holds(types, calls)), None)


def _sources(pattern: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The sources of what a pattern matches; a call names its service in its details, too."""
    callees = pattern.get("detail.eventSource", ())
    named = [f"aws.{one.removesuffix(_CALLED_BY)}" for one in callees if one.endswith(_CALLED_BY)]
    return list(pattern.get("source", ())) or (named if len(named) == len(callees) else [])


def read_rare_events(table: Mapping[str, Any]) -> RareEvents:
    """The content of rare_events.toml."""
    rows = (
        RareEvent(
            row["source"],
            frozenset(row.get("types", ())),
            frozenset(row.get("calls", ())),
            row["when"],
        )
        for row in table["event"]
    )
    return RareEvents(rows, table["by_number"])
