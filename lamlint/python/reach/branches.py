"""Whether of two places in a function at most one is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

if TYPE_CHECKING:
    from lamlint.python.module.module import Module


def exclude(module: Module, one: cst.CSTNode, other: cst.CSTNode) -> bool:
    """Whether two nodes of a module stand in different branches of one statement."""
    above = {id(node) for node in (other, *module.ancestors(other))}
    child = one
    for ancestor in module.ancestors(one):
        if id(ancestor) in above:
            inner = next(c for c in ancestor.children if id(c) in above)
            return _are_branches(ancestor, (child, inner))
        child = ancestor
    return False


def _are_branches(statement: cst.CSTNode, parts: tuple[cst.CSTNode, cst.CSTNode]) -> bool:
    """Whether of two parts of a statement at most one is run."""
    match statement:
        case cst.If() | cst.IfExp():
            return statement.test not in parts
        case cst.Match():
            return statement.subject not in parts
        case cst.Try() | cst.TryStar():
            handlers = (cst.ExceptHandler, cst.ExceptStarHandler)
            after = any(isinstance(part, handlers) for part in parts)
            return after and not any(isinstance(part, cst.Finally) for part in parts)
        case _:
            return False
