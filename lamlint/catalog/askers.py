"""How code reads the events of what brings work as it comes; askers.toml says what it means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lamlint.text.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Asker:
    """A service that asks for something, by its events."""

    fields: frozenset[str]
    keys: frozenset[str]
    names: frozenset[str]
    unless: str
    decorators: frozenset[str]

    def asks(self, texts: frozenset[str], keys: frozenset[str], names: frozenset[str]) -> bool:
        """Whether code is made for its events, by what it is written with.

        The texts in it, the keys that it asks of what is called an event, and its names.
        """
        read = not keys.isdisjoint(self.keys) and (not self.unless or self.unless not in texts)
        return read or not (texts.isdisjoint(self.fields) and names.isdisjoint(self.names))

    def registers(self, decorators: frozenset[str]) -> bool:
        """Whether a decorator says that it sends the events, whether or not they are read."""
        return not decorators.isdisjoint(self.decorators)


@dataclass(frozen=True)
class Askers:
    """The whole table."""

    rows: tuple[Asker, ...]
    answer: frozenset[str]
    seldom: frozenset[str]
    replays: frozenset[str]


def read_askers(table: Mapping[str, Any]) -> Askers:
    """The content of askers.toml."""
    return Askers(
        tuple(map(_asker, table["asker"])),
        *(frozenset(table[key]) for key in ("answer", "seldom", "replays")),
    )


def _asker(row: Mapping[str, Any]) -> Asker:
    fields, keys, names, decorators = (
        frozenset(row.get(key, ())) for key in ("fields", "keys", "names", "decorators")
    )
    return Asker(fields, keys, names, row.get("unless", ""), decorators)
