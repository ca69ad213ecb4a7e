"""A test on the way to a call; `lamlint.python.guards` finds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import libcst as cst

    from lamlint.python.module import Module


@dataclass(frozen=True, slots=True, eq=False)
class Guard:
    """A test on the way to a call.

    `fields` are the fields of the event that it reads as such, as paths; none
    when it depends on the event in a way that cannot be followed.
    """

    node: cst.CSTNode
    module: Module
    on_event: bool
    on_context: bool
    fields: frozenset[tuple[str, ...]]
