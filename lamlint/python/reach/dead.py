"""Code that never runs: a constant says so (`ASSUME_ROLE = False`), or what every call gives.

Nor does what stands behind a plain `return`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.reach.leaving import is_left
from lamlint.python.values.always import Ask, Kind, Values, possible, truth

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Frame

_OPPOSITE = {True: False, False: True, None: None}
_EQUAL = (cst.Is, cst.Equal)
_UNEQUAL = (cst.IsNot, cst.NotEqual)


def dead(analysis: Analysis, frames: Sequence[Frame], node: cst.CSTNode) -> bool:
    """Whether every way to a node, in frames of its function, leads past a switch that is off."""
    return every_way(frames, node, partial(never_run, partial(possible, analysis)))


def every_way(
    frames: Sequence[Frame], node: cst.CSTNode, stops: Callable[[Frame, cst.CSTNode], bool]
) -> bool:
    """Whether on every way to a node there is a place, in its frame, of which something holds."""
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
            waiting.append((edge.caller, edge.site))
    return bool(frames)


def never_run(ask: Ask, frame: Frame, node: cst.CSTNode) -> bool:
    """Whether a branch around a node is never taken, or one ahead of it always leaves.

    `ask` says what an expression may be.
    """
    child = node
    for parent in frame.module.ancestors(node):
        if isinstance(parent, (cst.FunctionDef, cst.Lambda, cst.ClassDef)):
            return False
        if isinstance(parent, (cst.If, cst.IfExp)):
            taken = truth_of(ask, frame, parent.test)
            if (child is parent.body and taken is False) or (child is parent.orelse and taken):
                return True
        if isinstance(parent, cst.BooleanOperation) and child is parent.right:
            decided = isinstance(parent.operator, cst.Or)
            if truth_of(ask, frame, parent.left) is decided:
                return True
        if isinstance(parent, cst.MatchCase) and _never_fits(ask, frame, parent):
            return True
        if is_left(frame.module, parent, child, partial(truth_of, ask, frame)):
            return True
        child = parent
    return False


def _never_fits(ask: Ask, frame: Frame, case: cst.MatchCase) -> bool:
    """Whether a case is never taken: its pattern never fits, or one ahead of it always does."""
    choice = frame.module.parent(case)
    if not isinstance(choice, cst.Match):
        return False
    values = ask(choice.subject, frame)
    for one in choice.cases:
        fits = _fits(ask, frame, one.pattern, values)
        if one is case:
            return fits is False
        if fits and one.guard is None:
            return True
    return False


def _fits(ask: Ask, frame: Frame, pattern: cst.MatchPattern, values: Values) -> bool | None:
    """Whether one of some values always fits a pattern, or never."""
    match pattern:
        case cst.MatchSingleton(value=value) | cst.MatchValue(value=value):
            return is_same(values, ask(value, frame))
        case cst.MatchAs(pattern=None):
            return True
        case cst.MatchAs(pattern=inner) if inner is not None:
            return _fits(ask, frame, inner, values)
        case cst.MatchOr(patterns=patterns):
            found = [_fits(ask, frame, each.pattern, values) for each in patterns]
            return True if True in found else (None if None in found else False)
        case _:
            return False if values == {None} else None


def truth_of(ask: Ask, frame: Frame, test: cst.BaseExpression) -> bool | None:
    """What a condition always is; None when that is not known."""
    if isinstance(test, cst.UnaryOperation) and isinstance(test.operator, cst.Not):
        return _OPPOSITE[truth_of(ask, frame, test.expression)]
    if isinstance(test, cst.Comparison) and len(test.comparisons) == 1:
        (comparison,) = test.comparisons
        if isinstance(comparison.operator, (*_EQUAL, *_UNEQUAL)):
            same = is_same(ask(test.left, frame), ask(comparison.comparator, frame))
            return same if isinstance(comparison.operator, _EQUAL) else _OPPOSITE[same]
    if isinstance(test, cst.BooleanOperation):
        decided = isinstance(test.operator, cst.Or)
        sides = {truth_of(ask, frame, test.left), truth_of(ask, frame, test.right)}
        return decided if decided in sides else (None if None in sides else not decided)
    truths = {truth(value) for value in ask(test, frame)}
    return truths.pop() if len(truths) == 1 else None


def is_same(left: Values, right: Values) -> bool | None:
    """Whether two values are always the same, or never; what there is, is not None."""
    found = {_is_same(one, other) for one in left for other in right}
    return found.pop() if len(found) == 1 else None


def _is_same(one: object, other: object) -> bool | None:
    if Kind.UNKNOWN in (one, other):
        return None
    if isinstance(one, Kind) or isinstance(other, Kind):
        return False if None in (one, other) or _is_text_and_none(one, other) else None
    return one == other


def _is_text_and_none(one: object, other: object) -> bool:
    """Whether one of two values is a text and the other is none: `os.environ["X"] is True`."""
    return any(
        here is Kind.TEXT and not isinstance(there, (str, Kind))
        for here, there in ((one, other), (other, one))
    )
