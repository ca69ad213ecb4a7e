"""Whether of two places in a function at most one is run."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from lamlint.python.module import cst

if TYPE_CHECKING:
    from lamlint.python.module.module import Module

_CHOICES = (cst.If, cst.IfExp, cst.Match, cst.Try, cst.TryStar)


def exclude(module: Module, one: cst.CSTNode, other: cst.CSTNode) -> bool:
    """Whether two nodes of a module stand in different branches of one statement."""
    below = {id(outer): inner for inner, outer in pairwise((other, *module.ancestors(other)))}
    for inner, outer in pairwise((one, *module.ancestors(one))):
        beside = below.get(id(outer))
        if beside is not None:
            return inner is not beside and _are_branches(outer, (inner, beside))
    return False


def choices(module: Module, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The statements around a node of which at most one branch is run, innermost first."""
    return (one for one in module.ancestors(node) if isinstance(one, _CHOICES))


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
