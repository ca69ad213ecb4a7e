"""Code that never runs, since a constant of its module says so: `ASSUME_ROLE = False`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import libcst as cst

from lamlint.python.scope import How

if TYPE_CHECKING:
    from lamlint.python.module import Module
    from lamlint.python.things import Frame

_LITERALS = {"True": True, "False": False, "None": False}


def dead(frames: Sequence[Frame], node: cst.CSTNode) -> bool:
    """Whether every way to a node, in frames of its function, leads past a switch that is off."""
    return bool(frames) and all(_dead(frame, node, frozenset()) for frame in frames)


def _dead(frame: Frame, node: cst.CSTNode, seen: frozenset[int]) -> bool:
    if id(frame) in seen or _off(frame.module, node):
        return True
    return bool(frame.edges) and all(
        edge.caller is not None
        and edge.site is not None
        and _dead(edge.caller, edge.site, seen | {id(frame)})
        for edge in frame.edges
    )


def _off(module: Module, node: cst.CSTNode) -> bool:
    """Whether a branch around a node is never taken, or one ahead of it always leaves."""
    child = node
    for parent in module.ancestors(node):
        if isinstance(parent, (cst.FunctionDef, cst.Lambda, cst.ClassDef)):
            return False
        if isinstance(parent, cst.If):
            taken = _constant(module, parent.test)
            if (child is parent.body and taken is False) or (child is parent.orelse and taken):
                return True
        if isinstance(parent, cst.IndentedBlock) and _left(module, parent, child):
            return True
        child = parent
    return False


def _left(module: Module, block: cst.IndentedBlock, child: cst.CSTNode) -> bool:
    for line in block.body:
        if line is child:
            return False
        if isinstance(line, cst.If) and _leaves(line.body) and _constant(module, line.test):
            return True
    return False


def _leaves(block: cst.BaseSuite) -> bool:
    last = block.body[-1] if block.body else None
    if isinstance(last, cst.SimpleStatementLine):
        last = last.body[-1]
    return isinstance(last, (cst.Return, cst.Raise))


def _constant(module: Module, test: cst.BaseExpression) -> bool | None:
    """What a condition always is, when it is a name that its module binds once, to a literal."""
    if isinstance(test, cst.UnaryOperation) and isinstance(test.operator, cst.Not):
        inner = _constant(module, test.expression)
        return None if inner is None else not inner
    if not isinstance(test, cst.Name):
        return None
    if test.value in _LITERALS:
        return _LITERALS[test.value]
    owner, bindings = module.scopes.find(test.value, module.scopes.of(test))
    if not owner.is_module or len(bindings) != 1 or bindings[0].how is not How.VALUE:
        return None
    value = bindings[0].value
    return (
        _LITERALS.get(value.value) if isinstance(value, cst.Name) and not bindings[0].path else None
    )
