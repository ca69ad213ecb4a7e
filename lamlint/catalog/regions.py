"""Regions, and the services whose clients are given one for a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

_REGION = Regex(r"(?!fips-)[a-z]{2,4}(?:-[a-z]+){1,3}-\d")
_ANY = "*"


@dataclass(frozen=True, slots=True)
class Pinned:
    """One row of the table; regions.toml says what each field means."""

    services: frozenset[str]
    regions: frozenset[str]


class Regions:
    """Which services are to be found in certain regions only."""

    def __init__(self, rows: Iterable[Pinned]) -> None:
        self._rows = tuple(rows)

    def pins(self, service: str, region: str) -> bool:
        """Whether there is a reason to give a client of a service this very region."""
        return any(
            service in row.services and not row.regions.isdisjoint({_ANY, region})
            for row in self._rows
        )


def is_region(text: str) -> bool:
    """Whether a text has the form of a region: `eu-west-1`, `us-gov-east-1`."""
    return _REGION.fullmatch(text) is not None


def read_regions(table: Mapping[str, Any]) -> Regions:
    """The content of regions.toml."""
    return Regions(
        Pinned(frozenset(row["services"]), frozenset(row["regions"])) for row in table["pinned"]
    )
