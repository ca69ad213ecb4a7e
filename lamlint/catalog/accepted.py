"""What Lambda accepts of a function's configuration, where that is no range of numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lamlint.text.regex import Regex

VARIABLE = Regex(r"[a-zA-Z][a-zA-Z0-9_]+")
"""The whole of a name that an environment variable can have.

Lambda API model of botocore 1.44.5 (EnvironmentVariableName), 2026-11-23.
"""


@dataclass(frozen=True)
class Variables:
    """What Lambda takes as environment variables.

    `paths` are those that hold paths, in which nothing is expanded.
    """

    bytes: int
    reserved: frozenset[str]
    paths: frozenset[str]


@dataclass(frozen=True)
class Accepted:
    """The tables of `accepted.toml`."""

    environment: Variables
    longest_handler: int


def read_accepted(table: Mapping[str, Any]) -> Accepted:
    """What `accepted.toml` says."""
    environment = table["environment"]
    return Accepted(
        environment=Variables(
            bytes=environment["bytes"],
            reserved=frozenset(environment["reserved"]),
            paths=frozenset(environment["paths"]),
        ),
        longest_handler=table["handler"]["longest"],
    )
