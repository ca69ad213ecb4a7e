"""What Lambda accepts for a function's configuration."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from lamlint.text.dataclass import dataclass


@dataclass(frozen=True)
class Range:
    """The whole numbers from least to most, both included."""

    least: int
    most: int

    def nearest(self, number: float) -> int:
        """The number of the range that is nearest to another."""
        return min(max(self.least, round(number)), self.most)


@dataclass(frozen=True)
class Quota:
    """What a property may be, by where the function runs; where nothing differs, `function`.

    `what` names it in a sentence; `unit` follows an amount of it. `counted` is what a
    number counts, where a message should say so.
    """

    what: str
    unit: str
    counted: str
    default: int
    function: Range
    managed_instances: Range
    edge: Range
    accelerated: Range
    source: str
    as_of: date


def read_quotas(table: Mapping[str, Any]) -> Mapping[str, Quota]:
    """The quotas of `quotas.toml`, by property."""
    return {name: _quota(entry) for name, entry in table.items()}


def _quota(entry: Mapping[str, Any]) -> Quota:
    def limits(where: str) -> Range:
        least, most = entry.get(where, entry["function"])
        return Range(least, most)

    return Quota(
        what=entry["what"],
        unit=entry.get("unit", ""),
        counted=entry.get("counted", ""),
        default=entry["default"],
        function=limits("function"),
        managed_instances=limits("managed-instances"),
        edge=limits("edge"),
        accelerated=limits("accelerated"),
        source=entry["source"],
        as_of=entry["as-of"],
    )
