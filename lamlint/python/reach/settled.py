"""Choices that the environment of a function settles: every invocation of it makes the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lamlint.model.parts import Literal, Variable
from lamlint.python.module import cst
from lamlint.python.module.scope import dotted
from lamlint.python.module.walk import descendants
from lamlint.python.reach.fallback import is_missing
from lamlint.python.values.origins import depends

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Frame


def settled(
    analysis: Analysis, frames: Sequence[Frame], one: cst.CSTNode, other: cst.CSTNode
) -> bool:
    """Whether a test of the environment alone decides which of two nodes is run.

    It does not count where it only asks whether there is a role, which the other one assumes.
    """
    return bool(frames) and all(
        any(
            _of_the_environment(analysis, test, frame)
            and not (_is_taken(frame.module, test) and _assumes(analysis, other, frame))
            for test in _between(frame.module, one, other)
        )
        for frame in frames
    )


def _between(module: Module, one: cst.CSTNode, other: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The tests of which one outcome leads to a node, and the other to the other."""
    arms = dict(_arms(module, other))
    for test, holds in _arms(module, one):
        if arms.get(test) is not None and arms[test] is not holds:
            yield test


def _arms(module: Module, node: cst.CSTNode) -> Iterator[tuple[cst.CSTNode, bool]]:
    """The tests around a node in its function, each with whether the node is run where it holds."""
    child = node
    for parent in module.ancestors(node):
        if isinstance(parent, cst.FunctionDef):
            return
        if isinstance(parent, (cst.If, cst.IfExp)) and child in (parent.body, parent.orelse):
            yield parent.test, child is parent.body
        child = parent


def _of_the_environment(analysis: Analysis, test: cst.CSTNode, frame: Frame) -> bool:
    """Whether all that a test asks is what the environment, or the code, has written."""
    match test:
        case cst.UnaryOperation(expression=inner):
            return _of_the_environment(analysis, inner, frame)
        case cst.BooleanOperation(left=left, right=right):
            asked = [left, right]
        case cst.Comparison(left=left, comparisons=targets):
            asked = [left, *(target.comparator for target in targets)]
        case _:
            return _is_written(analysis, test, frame)
    return all(_of_the_environment(analysis, each, frame) for each in asked)


def _is_taken(module: Module, test: cst.CSTNode) -> bool:
    """Whether a test asks for something to be there, and a branch of its choice then takes it."""
    choice = module.parent(test)
    if not isinstance(choice, (cst.If, cst.IfExp)):
        return False
    asked = is_missing(choice, choice.body) or is_missing(choice, choice.orelse or choice)
    named = None if asked is None else dotted(asked)
    inside = [
        one for branch in (choice.body, choice.orelse) if branch for one in descendants(branch)
    ]
    return named is not None and any(dotted(one) == named for one in inside)


def _assumes(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> bool:
    """Whether something is made with the credentials of a role that is assumed."""
    return depends(analysis, node, frame, lambda name: name.endswith(".assume_role"))


def _is_written(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> bool:
    choices = analysis.text(node, frame).choices
    parts = [part for choice in choices for part in choice]
    return bool(parts) and all(
        isinstance(part, Literal) or isinstance(part.taken_from, Variable) for part in parts
    )
