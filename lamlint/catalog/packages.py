"""How large a package may be, and how much wheels grow when they are unpacked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lamlint.text.dataclass import dataclass


@dataclass(frozen=True)
class Growth:
    """Factors from a wheel's size to its unpacked one: about, and at the least."""

    about: float
    least: float


@dataclass(frozen=True)
class PackageFacts:
    """Sizes in bytes; how wheels grow in general, and those that were measured."""

    unzipped_limit: int
    image_limit: int
    growth: Growth
    measured: Mapping[str, Growth]
    large: frozenset[str]
    """Distributions of tens of megabytes, by themselves or by what they need."""

    def unpacked(self, name: str, wheel: int) -> tuple[int, int]:
        """What a wheel of some size unpacks to, about and at the least."""
        growth = self.measured.get(name, self.growth)
        return round(wheel * growth.about), round(wheel * growth.least)


def read_packages(table: Mapping[str, Any]) -> PackageFacts:
    """The facts of `packages.toml`."""
    wheel = table["wheel"]
    measured = {
        name: _growth([unpacked / packed for packed, unpacked in files.values()], wheel)
        for name, files in wheel["measured"].items()
    }
    general = Growth(wheel["growth"], wheel["least"])
    large = {
        name
        for name, files in wheel["measured"].items()
        if any(unpacked >= table["large"]["least"] for _, unpacked in files.values())
    }
    return PackageFacts(
        table["unzipped"]["limit"],
        table["image"]["limit"],
        general,
        measured,
        frozenset(large.union(table["large"]["names"])),
    )


def _growth(factors: list[float], wheel: Mapping[str, Any]) -> Growth:
    allowance = wheel["several" if len(factors) > 1 else "one"]
    return Growth(sum(factors) / len(factors), min(factors) * allowance)
