"""What the configuration that deploys the code says of environment variables."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from lamlint.text.dataclass import dataclass

Fixed: TypeAlias = "frozenset[str | None]"
"""All that a variable may be, as the configuration fixes it; None where it is not set."""


@dataclass(frozen=True, eq=False)
class Configured:
    """Functions, by their names, with the same variables; of one that may be anything, None."""

    functions: tuple[str, ...]
    variable: Callable[[str], Fixed | None]
