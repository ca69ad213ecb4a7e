"""Where a branch around a node is never taken, or one ahead of it always leaves."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.leaving import is_left
from lamlint.python.values.kinds import OPPOSITE, Values, agreed, same, truth

if TYPE_CHECKING:
    from lamlint.python.values.asker import Ask
    from lamlint.python.values.objects import Frame

_EQUAL = (cst.Is, cst.Equal)
_UNEQUAL = (cst.IsNot, cst.NotEqual)


def never_run(ask: Ask, frame: Frame, node: cst.CSTNode) -> bool:
    """Whether a branch around a node is never taken, or one ahead of it always leaves.

    `ask` says what an expression may be.
    """
    holds = partial(truth_of, ask, frame)
    child = node
    for parent in frame.module.ancestors(node):
        if isinstance(parent, (cst.FunctionDef, cst.Lambda, cst.ClassDef)):
            return False
        if isinstance(parent, (cst.If, cst.IfExp)):
            taken = holds(parent.test)
            if (child is parent.body and taken is False) or (child is parent.orelse and taken):
                return True
        if isinstance(parent, cst.BooleanOperation) and child is parent.right:
            decided = isinstance(parent.operator, cst.Or)
            if holds(parent.left) is decided:
                return True
        if isinstance(parent, cst.MatchCase) and _never_fits(ask, frame, parent):
            return True
        if is_left(frame.module, parent, child, holds):
            return True
        child = parent
    return False


def truth_of(ask: Ask, frame: Frame, test: cst.BaseExpression) -> bool | None:
    """What a condition always is; None when that is not known."""
    if isinstance(test, cst.UnaryOperation) and isinstance(test.operator, cst.Not):
        return OPPOSITE[truth_of(ask, frame, test.expression)]
    if isinstance(test, cst.BooleanOperation):
        decided = isinstance(test.operator, cst.Or)
        sides = {truth_of(ask, frame, one) for one in (test.left, test.right)}
        return decided if decided in sides else (None if None in sides else not decided)
    if isinstance(test, cst.Comparison) and len(test.comparisons) == 1:
        (comparison,) = test.comparisons
        if isinstance(comparison.operator, (*_EQUAL, *_UNEQUAL)):
            found = same(ask(test.left, frame), ask(comparison.comparator, frame))
            return found if isinstance(comparison.operator, _EQUAL) else OPPOSITE[found]
    return agreed(map(truth, ask(test, frame)))


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
            return same(values, ask(value, frame))
        case cst.MatchAs(pattern=None):
            return True
        case cst.MatchAs(pattern=inner) if inner is not None:
            return _fits(ask, frame, inner, values)
        case cst.MatchOr(patterns=patterns):
            found = [_fits(ask, frame, each.pattern, values) for each in patterns]
            return True if True in found else (None if None in found else False)
        case _:
            return False if values == {None} else None
