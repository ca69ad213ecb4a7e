"""A test on the way to a call; `lamlint.python.guards` finds them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import libcst as cst

    from lamlint.python.module import Module


class Comparing(Enum):
    """How a string is compared with one that is written."""

    STARTS = "startswith"
    ENDS = "endswith"
    HOLDS = "in"
    EQUALS = "=="


@dataclass(frozen=True, slots=True)
class Asked:
    """What a test asks of one field of the event; `wanted` is the answer that lets pass."""

    field: tuple[str, ...]
    comparing: Comparing
    text: str
    wanted: bool


@dataclass(frozen=True, slots=True, eq=False)
class Guard:
    """A test on the way to a call.

    `fields` are the fields of the event that it reads as such, as paths; none
    when it depends on the event in a way that cannot be followed. `asked` is
    what it asks where that is all of it.
    """

    node: cst.CSTNode
    module: Module
    on_event: bool
    on_context: bool
    fields: frozenset[tuple[str, ...]]
    asked: Asked | None = None
