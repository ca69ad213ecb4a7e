"""Whether code waits so long that what it builds beside that costs next to nothing.

It sleeps, runs another program to its end, or asks what answers after seconds (a model): itself,
or in a function that it calls for that, before or behind what it builds.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.reach.dead import every_way
from lamlint.python.reach.ends import Ends, Lines, lines, whole_calls

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Frame

_LOOPS = (cst.For, cst.While)
_GOING_ON = Ends.ON | Ends.BREAKS | Ends.CONTINUES


def sleeps(analysis: Analysis, frame: Frame, loop: cst.CSTNode) -> bool:
    """Whether each round of a loop waits so long that little is lost by what it builds."""
    if not isinstance(loop, _LOOPS):
        return False
    known = lines(analysis)
    if any(known.waits(frame, call) for call in whole_calls([loop.body])):
        return True
    return known.of(frame, loop.body).surely_waited


def waits_on_each_way(analysis: Analysis, frames: Sequence[Frame], node: cst.CSTNode) -> bool:
    """Whether every way to a node leads through a loop that sleeps, or is beside what waits."""
    return every_way(frames, node, partial(_waits_around, analysis))


def _waits_around(analysis: Analysis, frame: Frame, node: cst.CSTNode) -> bool:
    for ancestor in frame.module.ancestors(node):
        if ancestor is frame.node:
            break
        if sleeps(analysis, frame, ancestor):
            return True
    return _waits_beside(lines(analysis), frame, node)


def _waits_beside(known: Lines, frame: Frame, node: cst.CSTNode) -> bool:
    """Whether whatever runs a node waits long in the same function, before it or behind it."""
    child: cst.CSTNode = node
    behind: Ends | None = None  # how it goes on behind the node, as far as is seen
    for ancestor in frame.module.ancestors(node):
        if isinstance(ancestor, cst.IndentedBlock):
            waited, rest = known.around(frame, ancestor, child)
            if waited:
                return True
            behind = (known.of(frame, child) if behind is None else behind).then(rest)
            if behind.surely_waited:
                return True
        elif behind is not None:
            behind = _beyond(known, frame, ancestor, child, behind)
        if ancestor is frame.node:
            return False
        child = ancestor
    return False


def _beyond(
    known: Lines, frame: Frame, parent: cst.CSTNode, child: cst.CSTNode, behind: Ends
) -> Ends:
    """How it goes on behind a statement in whose block a node stands."""
    if isinstance(parent, _LOOPS):
        goes_on = bool(behind & _GOING_ON)
        return (behind & ~_GOING_ON) | (Ends.ON if goes_on else Ends.NONE)
    if isinstance(parent, (cst.Try, cst.TryStar)):
        if child is parent.body and parent.orelse is not None:
            behind = behind.then(known.of(frame, parent.orelse))
        if child is not parent.finalbody and parent.finalbody is not None:
            last = known.of(frame, parent.finalbody)
            return last if Ends.ON not in last else behind
    return behind
