"""What a library's call waits for, for as long as a second or more."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from lamlint.catalog.tables import load_table
from lamlint.text.dataclass import dataclass


@dataclass(frozen=True)
class Waiting:
    """Calls by their full names (`boto3.client.converse`), and what is called of models.

    `models` are the last parts of what asks a model, by the packages that have it.
    """

    calls: frozenset[str]
    models: Mapping[str, tuple[str, ...]]
    sends_nothing: frozenset[str]
    """What a client has that sends no request."""
    quick: tuple[str, ...]
    """What is written with a call that is quick: of models that give no text."""

    def is_long(self, name: str) -> bool:
        """Whether a call of a full name waits long, whatever it is given."""
        return name in self.calls or self.is_of_model(name)

    def is_of_model(self, name: str) -> bool:
        """Whether it asks a model for what that writes or draws."""
        return name.endswith(self.models.get(name.partition(".")[0], ()))


@cache
def waiting() -> Waiting:
    """The content of `waiting.toml`."""
    return read_waiting(load_table("waiting"))


def read_waiting(table: Mapping[str, Any]) -> Waiting:
    """The same of a table."""
    return Waiting(
        frozenset(table["calls"]),
        {
            package: tuple(f".{call}" for call in row["calls"])
            for row in table["models"]
            for package in row["packages"]
        },
        frozenset(table["sends-nothing"]),
        tuple(table["quick"]),
    )
