"""What a newer Python no longer runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

Version: TypeAlias = "tuple[int, int]"


@dataclass(frozen=True)
class Needed:
    """From a version of Python on, a distribution has to have at least some version of its own.

    `wheel`: those before have no wheel for it; else they fail when they are imported.
    """

    python: Version
    distribution: str
    least: str
    wheel: bool


@dataclass(frozen=True)
class Pythons:
    """The modules that are removed, by the first version without them; what is needed."""

    removed: Mapping[str, Version]
    needed: tuple[Needed, ...]


def read_pythons(table: Mapping[str, Any]) -> Pythons:
    """The content of `pythons.toml`."""
    entries = [(_version(name), entry) for name, entry in table.items()]
    return Pythons(
        {module: python for python, entry in entries for module in entry["removed"]},
        tuple(
            Needed(python, distribution, least, wheel=key == "wheels")
            for python, entry in entries
            for key in ("runs", "wheels")
            for distribution, least in entry.get(key, {}).items()
        ),
    )


def _version(text: str) -> Version:
    major, minor = text.split(".")
    return int(major), int(minor)
