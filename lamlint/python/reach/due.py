"""Whether code is run only where some time is nearly over, as what renews a token is.

How often that is, the time that it lasts says, and not how often the loop around it turns.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.walk import children
from lamlint.python.values.origins import origins

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Frame

_ORDERING = (cst.LessThan, cst.LessThanEqual, cst.GreaterThan, cst.GreaterThanEqual)
_NOW = frozenset(
    {
        "time.time", "time.time_ns", "datetime.datetime.now", "datetime.datetime.utcnow",
        "datetime.datetime.today", "datetime.date.today",
    }
)  # fmt: skip
_OF_TIMES = ("time", "datetime")


def is_when_due(
    analysis: Analysis, frame: Frame, node: cst.CSTNode, loop: cst.CSTNode | None
) -> bool:
    """Whether a branch leads to a node, within a loop around it, that is taken when time is up."""
    child = node
    for ancestor in frame.module.ancestors(node):
        if ancestor is frame.node or ancestor is loop:
            return False
        if (
            isinstance(ancestor, (cst.If, cst.IfExp))
            and child is ancestor.body
            and _is_due(analysis, frame, ancestor.test)
        ):
            return True
        child = ancestor
    return False


def _is_due(analysis: Analysis, frame: Frame, test: cst.CSTNode) -> bool:
    """Whether a test holds only where time is up, or what ends then is missing."""
    match test:
        case cst.BooleanOperation(operator=cst.And(), left=left, right=right):
            return _is_due(analysis, frame, left) or _is_due(analysis, frame, right)
        case cst.BooleanOperation(left=left, right=right):
            each = [_is_due(analysis, frame, one) for one in (left, right)]
            missing = [_is_missing(one) for one in (left, right)]
            return any(each) and all(map(max, each, missing))
        case cst.Comparison(comparisons=[cst.ComparisonTarget(operator=how)]):
            ordered = isinstance(how, _ORDERING) and _has_margin(test)
            return ordered and _is_of_another_time(analysis, frame, test)
        case _:
            return False


def _is_missing(test: cst.CSTNode) -> bool:
    """Whether a test asks for what is not there: `not token`, `token is None`."""
    match test:
        case cst.UnaryOperation(operator=cst.Not()):
            return True
        case cst.Comparison(comparisons=[cst.ComparisonTarget(cst.Is(), cst.Name(value="None"))]):
            return True
        case _:
            return False


def _has_margin(test: cst.Comparison) -> bool:
    """Whether times are subtracted, or something is added to one."""
    return any(
        isinstance(one, cst.BinaryOperation) and isinstance(one.operator, (cst.Add, cst.Subtract))
        for one in _inside(test)
    )


def _inside(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(children(current))


def _is_of_another_time(analysis: Analysis, frame: Frame, test: cst.CSTNode) -> bool:
    """Whether a test compares what time it is now with what something else says."""
    made_of = origins(analysis, test, frame)
    others = [one for one in made_of if one.partition(".")[0] not in _OF_TIMES]
    return not made_of.isdisjoint(_NOW) and bool(others)
