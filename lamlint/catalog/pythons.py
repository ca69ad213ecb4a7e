"""What a newer Python no longer runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from lamlint.text.dataclass import dataclass

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
class Emptied:
    """From a version of Python on, its runtime has a package of which little is left.

    `left` are the names that are; `before` the versions of distributions that still have it whole.
    """

    python: Version
    package: str
    left: frozenset[str]
    before: tuple[Needed, ...]


@dataclass(frozen=True)
class Pythons:
    """The modules that are removed, by the first version without them; what is needed."""

    removed: Mapping[str, Version]
    needed: tuple[Needed, ...]
    emptied: tuple[Emptied, ...]


def read_pythons(table: Mapping[str, Any]) -> Pythons:
    """The content of `pythons.toml`."""
    entries = [(_version(name), entry) for name, entry in table.items()]
    return Pythons(
        {module: python for python, entry in entries for module in entry.get("removed", ())},
        tuple(
            Needed(python, distribution, least, wheel=key == "wheels")
            for python, entry in entries
            for key in ("runs", "wheels")
            for distribution, least in entry.get(key, {}).items()
        ),
        tuple(
            Emptied(
                python,
                package,
                frozenset(given["left"]),
                tuple(
                    Needed(python, name, least, wheel=False)
                    for name, least in given["before"].items()
                ),
            )
            for python, entry in entries
            for package, given in entry.get("emptied", {}).items()
        ),
    )


def _version(text: str) -> Version:
    major, minor = text.split(".")
    return int(major), int(minor)
