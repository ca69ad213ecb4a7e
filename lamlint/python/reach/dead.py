"""Code that never runs: a constant says so (`ASSUME_ROLE = False`), or what every call gives.

Nor does what stands behind a plain `return`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from lamlint.python.values.always import Question
from lamlint.python.values.objects import Own
from lamlint.python.values.off import never_run

if TYPE_CHECKING:
    from lamlint.python.module import cst
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.configured import Configured
    from lamlint.python.values.objects import Edge, Frame

_MOST = 256
"""Of as many objects it is asked where they are made."""


def _is_sometimes(_edge: Edge) -> bool:
    """Know of no way that it is never taken."""
    return False


def dead(analysis: Analysis, frames: Sequence[Frame], node: cst.CSTNode) -> bool:
    """Whether every way to a node, in frames of its function, leads past a switch that is off."""
    asked = _ways(analysis)
    if asked.all_off(frames, node):
        return True
    return asked.question.variables.differs and not _running(analysis, frames, node)


def runs_in(
    analysis: Analysis, frames: Sequence[Frame], node: cst.CSTNode
) -> frozenset[str] | None:
    """The functions that run a node, by their names; None where no environment tells them apart.

    Functions that run the same code may each have another environment.
    """
    asked = _ways(analysis)
    asked.all_off(frames, node)
    return _running(analysis, frames, node) if asked.question.variables.differs else None


def _running(analysis: Analysis, frames: Sequence[Frame], node: cst.CSTNode) -> frozenset[str]:
    return frozenset(
        name
        for one in analysis.environments
        if not _ways(analysis, one).all_off(frames, node)
        for name in one.functions
    )


def _ways(analysis: Analysis, environment: Configured | None = None) -> _Ways:
    """What is known so far of all environments, or of one; anew where that is much."""
    known = analysis.kept.get((_Ways, environment))
    if isinstance(known, _Ways) and not known.question.is_full:
        return known
    question = Question(analysis, None if environment is None else [environment])
    found = analysis.kept[_Ways, environment] = _Ways(question)
    return found


class _Ways:
    """The ways to a node, and to where the objects are made whose methods lead to it."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self._made: dict[tuple[int, int], bool] = {}

    def all_off(self, frames: Sequence[Frame], node: cst.CSTNode) -> bool:
        """Whether every way to a node leads past a switch that is off."""
        return every_way(frames, node, partial(never_run, self.question.at(0)), self._is_never)

    def _is_never(self, edge: Edge) -> bool:
        """Whether a method is called on an object that is never made."""
        made = edge.receiver
        if not isinstance(made, Own) or made.call is None or made.frame is None:
            return False
        key = (id(made.call), id(made.frame))
        if made.call is edge.site or (key not in self._made and len(self._made) >= _MOST):
            return False
        if key not in self._made:
            self._made[key] = False  # while it leads back to itself
            self._made[key] = self.all_off((made.frame,), made.call)
        return self._made[key]


def every_way(
    frames: Sequence[Frame],
    node: cst.CSTNode,
    stops: Callable[[Frame, cst.CSTNode], bool],
    is_never: Callable[[Edge], bool] = _is_sometimes,
) -> bool:
    """Whether on every way to a node there is a place, in its frame, of which something holds.

    A way that `is_never` taken does not count.
    """
    waiting = [(frame, node) for frame in frames]
    seen: set[tuple[int, int]] = set()
    while waiting:
        frame, site = waiting.pop()
        if (id(frame), id(site)) in seen:
            continue
        seen.add((id(frame), id(site)))
        if stops(frame, site):
            continue
        if not frame.edges:
            return False
        for edge in frame.edges:
            if edge.caller is None or edge.site is None:
                return False
            if is_never(edge):
                continue
            waiting.append((edge.caller, edge.site))
    return bool(frames)
