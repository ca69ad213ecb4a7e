"""Code that never runs: a constant says so (`ASSUME_ROLE = False`), or what every call gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import libcst as cst

from lamlint.python.arguments import supplied
from lamlint.python.scope import How

if TYPE_CHECKING:
    from lamlint.python.things import Frame, Supplied

_LITERALS = {"True": True, "False": False, "None": None}
_OPPOSITE = {True: False, False: True, None: None}
_UNKNOWN = object()
_MOST = 8

Known = dict[tuple[int, int, int], frozenset[object]]
"""What a node in a frame may be, so many calls ahead: ways to it multiply."""


def dead(frames: Sequence[Frame], node: cst.CSTNode) -> bool:
    """Whether every way to a node, in frames of its function, leads past a switch that is off."""
    waiting = [(frame, node) for frame in frames]
    seen: set[tuple[int, int]] = set()
    while waiting:
        frame, site = waiting.pop()
        if (id(frame), id(site)) in seen:
            continue
        seen.add((id(frame), id(site)))
        if _off(frame, site):
            continue
        if not frame.edges:
            return False
        for edge in frame.edges:
            if edge.caller is None or edge.site is None:
                return False
            waiting.append((edge.caller, edge.site))
    return bool(frames)


def _off(frame: Frame, node: cst.CSTNode) -> bool:
    """Whether a branch around a node is never taken, or one ahead of it always leaves."""
    child = node
    for parent in frame.module.ancestors(node):
        if isinstance(parent, (cst.FunctionDef, cst.Lambda, cst.ClassDef)):
            return False
        if isinstance(parent, (cst.If, cst.IfExp)):
            taken = _truth(frame, parent.test)
            if (child is parent.body and taken is False) or (child is parent.orelse and taken):
                return True
        if isinstance(parent, cst.BooleanOperation) and child is parent.right:
            decided = isinstance(parent.operator, cst.Or)
            if _truth(frame, parent.left) is decided:
                return True
        if isinstance(parent, cst.IndentedBlock) and _left(frame, parent, child):
            return True
        child = parent
    return False


def _left(frame: Frame, block: cst.IndentedBlock, child: cst.CSTNode) -> bool:
    for line in block.body:
        if line is child:
            return False
        if isinstance(line, cst.If) and _leaves(line.body) and _truth(frame, line.test):
            return True
    return False


def _leaves(block: cst.BaseSuite) -> bool:
    last = block.body[-1] if block.body else None
    if isinstance(last, cst.SimpleStatementLine):
        last = last.body[-1]
    return isinstance(last, (cst.Return, cst.Raise))


def _truth(frame: Frame, test: cst.BaseExpression) -> bool | None:
    """What a condition on a name always is; None when that is not known."""
    if isinstance(test, cst.UnaryOperation) and isinstance(test.operator, cst.Not):
        return _OPPOSITE[_truth(frame, test.expression)]
    if isinstance(test, cst.Comparison) and len(test.comparisons) == 1:
        (comparison,) = test.comparisons
        operator, other = comparison.operator, comparison.comparator
        if not isinstance(other, cst.Name) or other.value != "None":
            return None
        values = _values(frame, test.left, 0, {})
        known = {value is None for value in values}
        if len(known) != 1 or _UNKNOWN in values:
            return None
        (none,) = known
        if isinstance(operator, (cst.Is, cst.Equal)):
            return none
        return not none if isinstance(operator, (cst.IsNot, cst.NotEqual)) else None
    values = _values(frame, test, 0, {})
    truths = {bool(value) for value in values}
    return truths.pop() if len(truths) == 1 and _UNKNOWN not in values else None


def _values(frame: Frame, node: cst.CSTNode, depth: int, known: Known) -> frozenset[object]:
    """What a name may be: True, False or None; True stands for anything that is given."""
    key = (id(frame), id(node), depth)
    if key not in known:
        known[key] = _looked_up(frame, node, depth, known)
    return known[key]


def _looked_up(frame: Frame, node: cst.CSTNode, depth: int, known: Known) -> frozenset[object]:
    if not isinstance(node, cst.Name) or depth > _MOST:
        return frozenset([_UNKNOWN])
    if node.value in _LITERALS:
        return frozenset([_LITERALS[node.value]])
    owner, bindings = frame.module.scopes.find(node.value, frame.module.scopes.of(node))
    first = bindings[0] if bindings else None
    if first is not None and first.how is How.PARAMETER and owner.node is frame.node:
        if isinstance(first.node, cst.Param) and frame.edges:
            default = first.node.default
            optional = isinstance(default, cst.Name) and default.value == "None"
            found = [
                _given(each, depth, known, optional=optional)
                for each in supplied(frame, first.node)
            ]
            return frozenset[object]().union(*found) if found else frozenset([_UNKNOWN])
    if owner.is_module and first is not None and len(bindings) == 1 and not first.path:
        value = first.value if first.how is How.VALUE else None
        if isinstance(value, cst.Name) and value.value in _LITERALS:
            return frozenset([_LITERALS[value.value]])
    return frozenset([_UNKNOWN])


def _given(given: Supplied, depth: int, known: Known, *, optional: bool) -> frozenset[object]:
    """What a call gives to a parameter: in the place of `None`, an object."""
    if given.thing is not None:
        return frozenset([True])
    if given.anything or given.element or given.node is None or given.frame is None:
        return frozenset([_UNKNOWN])
    if isinstance(given.node, cst.Name):
        values = _values(given.frame, given.node, depth + 1, known)
        return frozenset([True]) if values == {_UNKNOWN} and optional else values
    there = optional and isinstance(given.node, _OBJECTS)
    return frozenset([True if there else _UNKNOWN])


_OBJECTS = (cst.Call, cst.Attribute, cst.Lambda)
"""Expressions that are written where an object is handed on."""
