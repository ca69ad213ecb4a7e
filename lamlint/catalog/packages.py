"""How large a package may be, and how much wheels grow when they are unpacked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class PackageFacts:
    """Sizes in bytes; `growth` and `least` are factors from a wheel's size to its unpacked one."""

    unzipped_limit: int
    growth: float
    least: float
    exceptions: Mapping[str, float]

    def unpacked(self, name: str, wheel: int) -> tuple[int, int]:
        """What a wheel of some size unpacks to, about and at least."""
        known = self.exceptions.get(name)
        growth, least = (known, known) if known else (self.growth, self.least)
        return round(wheel * growth), round(wheel * least)


def read_packages(table: Mapping[str, Any]) -> PackageFacts:
    """The facts of `packages.toml`."""
    wheel = table["wheel"]
    return PackageFacts(
        table["unzipped"]["limit"], wheel["growth"], wheel["least"], wheel["exceptions"]
    )
