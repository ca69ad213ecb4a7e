"""What runs only after something has failed: by what is tested, or as its branch says."""

from __future__ import annotations

from collections.abc import Sequence

from lamlint.python.module import cst
from lamlint.python.reach.dead import every_way
from lamlint.python.reach.erring import erring
from lamlint.python.reach.giving_up import gives_up
from lamlint.python.reach.when import when
from lamlint.python.values.objects import Frame, When

_STATUS = frozenset({"status_code", "status"})
_OK = "ok"
_LEAST = 400
"""The first status of HTTP that says that something went wrong."""
_OPPOSITE = {True: False, False: True, None: None}


def after_failure(frames: Sequence[Frame], node: cst.CSTNode) -> bool:
    """Whether every way to a node leads into a branch for errors."""
    return every_way(frames, node, _has_failed)


def _has_failed(frame: Frame, node: cst.CSTNode) -> bool:
    return _in_branch(frame, node) or gives_up(frame, node) or when(frame, node) is When.ERROR


def _in_branch(frame: Frame, node: cst.CSTNode) -> bool:
    child = node
    for parent in frame.module.ancestors(node):
        if parent is frame.node:
            return False
        if isinstance(parent, (cst.If, cst.IfExp)) and child in (parent.body, parent.orelse):
            if _failed(parent.test) is (child is parent.body):
                return True
        child = parent
    return False


def _failed(test: cst.BaseExpression) -> bool | None:
    """Whether a test holds only for an answer that refuses, or an error (False: never for one)."""
    match test:
        case cst.UnaryOperation(operator=cst.Not(), expression=inner):
            return _OPPOSITE[_failed(inner)]
        case cst.BooleanOperation(operator=cst.And(), left=left, right=right):
            return True if _failed(left) or _failed(right) else None
        case cst.Attribute(attr=cst.Name(value=name)) if name == _OK:
            return False
        case cst.Comparison(
            left=cst.Attribute(attr=cst.Name(value=name)),
            comparisons=[cst.ComparisonTarget(operator=operator, comparator=comparator)],
        ) if name in _STATUS:
            return _compared(operator, _numbers(comparator))
        case _:
            return erring(test)


def _compared(operator: cst.BaseCompOp, numbers: Sequence[int]) -> bool | None:
    """What comparing a status with some numbers says."""
    if not numbers:
        return None
    refusing = all(number >= _LEAST for number in numbers)
    fine = all(number < _LEAST for number in numbers)
    match operator:
        case cst.Equal() | cst.In():
            return True if refusing else None
        case cst.NotEqual() | cst.NotIn():
            return True if fine else None
        case cst.GreaterThanEqual() | cst.GreaterThan():
            return True if numbers[0] >= _LEAST - 1 else None
        case cst.LessThan() | cst.LessThanEqual():
            return False if numbers[0] in (_LEAST, _LEAST - 1) else None
        case _:
            return None


def _numbers(node: cst.BaseExpression) -> Sequence[int]:
    """The numbers that are written, one or a list; none where anything else is."""
    each = [node]
    if isinstance(node, (cst.Tuple, cst.List, cst.Set)):
        each = [one.value for one in node.elements]
    found = [one.evaluated_value for one in each if isinstance(one, cst.Integer)]
    return found if len(found) == len(each) else []
