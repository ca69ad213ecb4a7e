"""A test on the way to a call; `lamlint.python.reach.guards` finds them."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from lamlint.model.parts import EventField, Literal, Parts, taken_from, whole
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.python.module import cst
    from lamlint.python.module.module import Module


class Comparing(Enum):
    """How a string is compared with one that is written, or that it is asked whether it is true."""

    STARTS = "startswith"
    ENDS = "endswith"
    HOLDS = "in"
    EQUALS = "=="
    TRUE = "bool"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a test asks of one field of the event; `wanted` is the answer that lets pass."""

    field: tuple[str, ...]
    comparing: Comparing
    text: str
    wanted: bool

    def holds(self, choice: Parts) -> bool | None:
        """Whether a text is as the test asks; None when that is not known."""
        if taken_from(choice) == EventField(self.field):
            return self.wanted  # it has passed the test before
        text = whole(choice)
        if text is not None:
            return self._compared(text)
        if self.comparing is Comparing.TRUE:
            return True if any(isinstance(part, Literal) for part in choice) else None
        if self.comparing is Comparing.HOLDS:
            held = any(isinstance(part, Literal) and self.text in part.text for part in choice)
            return True if held else None
        return self._at_the_end(choice)

    def _compared(self, text: str) -> bool:
        match self.comparing:
            case Comparing.STARTS:
                return text.startswith(self.text)
            case Comparing.ENDS:
                return text.endswith(self.text)
            case Comparing.HOLDS:
                return self.text in text
            case Comparing.EQUALS:
                return text == self.text
            case Comparing.TRUE:
                return bool(text)

    def _at_the_end(self, choice: Parts) -> bool | None:
        """Whether a text of which only an end is known starts, or ends, as the test asks."""
        if self.comparing is Comparing.EQUALS:
            return None
        starts = self.comparing is Comparing.STARTS
        end = choice[0] if starts else choice[-1]
        if not isinstance(end, Literal):
            return None
        if self._compared(end.text):
            return True
        longer = self.text.startswith(end.text) if starts else self.text.endswith(end.text)
        return None if longer else False


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
