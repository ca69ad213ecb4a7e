"""What code may use that does nothing but compute."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lamlint.text.dataclass import dataclass


@dataclass(frozen=True)
class Computing:
    """Dotted names of the standard library that compute, those below them that act, builtins."""

    computes: frozenset[str]
    acts: frozenset[str]
    acting_builtins: frozenset[str]
    idle: frozenset[str]
    """What neither acts nor waits as long as nothing is asked of what it makes."""
    quick: frozenset[str]
    """Names of libraries beside which only compute, for what asks quick services."""
    quick_services: frozenset[str]
    """The services of AWS that answer at once, or have the SDK try again."""

    def is_quick(self, name: str) -> bool:
        """Whether it is one of those beside, or below one."""
        return not self.quick.isdisjoint(_prefixes(name))

    def allows(self, name: str) -> bool:
        """Whether a library's name, and all that may be got from it, surely only computes."""
        around = _prefixes(name)
        return (
            not self.computes.isdisjoint(around)
            and self.acts.isdisjoint(around)
            and not any(acting.startswith(f"{name}.") for acting in self.acts)
        )


_KEYS = ("computes", "acts", "builtins", "idle", "quick", "quick-services")


def read_computing(table: Mapping[str, Any]) -> Computing:
    """The content of `computing.toml`."""
    names = (frozenset(table[key]) for key in _KEYS)
    return Computing(*names)


def _prefixes(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts) + 1)]
