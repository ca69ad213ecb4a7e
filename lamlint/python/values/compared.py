"""What comparisons, `and`, `or` and conditional expressions give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.values.kinds import EITHER, OPPOSITE, Kind, Values, among, same, truth, union
from lamlint.python.values.variables import is_environment

if TYPE_CHECKING:
    from lamlint.python.values.asker import Asker
    from lamlint.python.values.objects import Frame

_COMPARING: Mapping[type, tuple[Callable[[Values, Values], bool | None], bool]] = {
    cst.Is: (same, False), cst.Equal: (same, False), cst.In: (among, False),
    cst.IsNot: (same, True), cst.NotEqual: (same, True), cst.NotIn: (among, True),
}  # fmt: skip
"""What answers a comparison, and whether the answer is the opposite."""


def compared(
    asked: Asker, left: cst.CSTNode, comparison: cst.ComparisonTarget, frame: Frame, depth: int
) -> bool | None:
    """What a comparison always is; None when that is not known."""
    ask = _COMPARING.get(type(comparison.operator))
    if ask is None:
        return None
    compare, is_opposite = ask
    here, other = asked.values(left, frame, depth), comparison.comparator
    if compare is among and is_environment(asked, other, frame):
        holds = asked.variables.has(here)
    else:
        holds = compare(here, asked.values(other, frame, depth))
    return OPPOSITE[holds] if is_opposite else holds


def either(asked: Asker, node: cst.BooleanOperation, frame: Frame, depth: int) -> Values:
    """What `a or b` gives: the first where it is true, else the second."""
    decided = isinstance(node.operator, cst.Or)
    left = asked.values(node.left, frame, depth)
    found = {value for value in left if truth(value) in (decided, None)}
    if decided and found & EITHER:
        found = found - EITHER | {Kind.THERE}  # it is taken where it is true
    if all(truth(value) is decided for value in left):
        return frozenset(found)
    return frozenset(found) | asked.values(node.right, frame, depth)


def chosen(asked: Asker, node: cst.IfExp, frame: Frame, depth: int) -> Values:
    """What `a if test else b` gives: of a side that is never taken, nothing."""
    tests = {truth(value) for value in asked.values(node.test, frame, depth)}
    sides = [] if tests == {False} else [node.body]
    sides += [] if tests == {True} else [node.orelse]
    return union(asked.values(side, frame, depth) for side in sides)
