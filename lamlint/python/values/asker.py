"""Who can be asked what an expression may be."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeAlias

from lamlint.python.values.kinds import Values

if TYPE_CHECKING:
    from lamlint.python.module import cst
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.configured import Variables
    from lamlint.python.values.objects import Frame

Ask: TypeAlias = "Callable[[cst.CSTNode, Frame], Values]"
"""What an expression, evaluated in a frame, may be."""
Told: TypeAlias = "Callable[[cst.CSTNode, Frame, Ask], Values | None]"
"""The same, by what others may be; None where that is asked elsewhere."""


class Asker(Protocol):
    """A question, with what is known on the way."""

    analysis: Analysis
    variables: Variables
    set_on_all: dict[tuple[int, str, int, int], Values]
    """What methods set attributes to, whichever object they run on, as far as it was asked for."""

    def values(self, node: cst.CSTNode, frame: Frame, depth: int = 0) -> Values:
        """All that an expression, evaluated in a frame, may ever be."""

    def at(self, depth: int) -> Ask:
        """What an expression may be that is asked for so deep in this question."""
