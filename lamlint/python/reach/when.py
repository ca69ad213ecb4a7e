"""How sure it is that a node runs when its function runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.walk import children
from lamlint.python.values.objects import Frame, When

if TYPE_CHECKING:
    from lamlint.python.module.module import Module

_Branch = cst.If | cst.Else | cst.MatchCase
_ELSEWHERE = (cst.FunctionDef, cst.Lambda, cst.ClassDef)
_CHOOSING = frozenset(
    {
        cst.ExceptHandler, cst.ExceptStarHandler, cst.If, cst.Else, cst.IfExp,
        cst.BooleanOperation, cst.MatchCase, cst.While, cst.Assert,
    }
)  # fmt: skip


def when(frame: Frame, node: cst.CSTNode) -> When:
    """Whether a node of a frame's function runs always, in some branch, or after an error.

    Each round of each handler that reaches the function asks it again.
    """
    known: dict[int, When] = frame.module.syntax.once(("when", id(frame.node)), dict)
    found = known.get(id(node))
    if found is None:
        found = known[id(node)] = _when(frame, node)
    return found


def _when(frame: Frame, node: cst.CSTNode) -> When:
    found = When.ALWAYS
    child = node
    for ancestor in frame.module.ancestors(node):
        if ancestor is frame.node:
            break
        if ancestor.__class__ in _CHOOSING:
            found = max(found, _in(frame, ancestor, child, node))
        child = ancestor
    return found


def _in(frame: Frame, parent: cst.CSTNode, child: cst.CSTNode, node: cst.CSTNode) -> When:
    match parent:
        case cst.ExceptHandler() | cst.ExceptStarHandler() if child is parent.body:
            return When.ERROR
        case cst.If() if child is not parent.test:
            fails = child is parent.body and _fails(frame, parent, node)
            return When.ERROR if fails else When.CONDITIONAL
        case cst.Else() if _fails(frame, parent, node):
            return When.ERROR
        case cst.IfExp() if child is not parent.test:
            return When.CONDITIONAL
        case cst.BooleanOperation() if child is parent.right:
            return When.CONDITIONAL
        case cst.MatchCase():
            fails = child is parent.body and _fails(frame, parent, node)
            return When.ERROR if fails else When.CONDITIONAL
        case cst.While() if child is parent.body and not _endless(parent):
            return When.CONDITIONAL
        case cst.Assert() if child is parent.msg:
            return When.ERROR
    return When.ALWAYS


def _fails(frame: Frame, branch: _Branch, node: cst.CSTNode) -> bool:
    """Whether a branch raises once a node of it is run: nothing leaves it in another way."""
    return _raises(branch) and not _may_leave(frame.module, branch, node)


def _may_leave(module: Module, branch: _Branch, node: cst.CSTNode) -> bool:
    """Whether a branch may return, or go on with a loop around it, after a node of it."""
    ways_out = module.syntax.once(("ways out", branch), lambda: list(_ways_out(branch)))
    return any(module.offsets(way)[1] >= module.offsets(node)[1] for way in ways_out)


def _ways_out(branch: _Branch) -> Iterator[cst.CSTNode]:
    """What leaves a branch other than by raising."""
    waiting: list[tuple[cst.CSTNode, bool]] = [(branch.body, False)]
    while waiting:
        current, looping = waiting.pop()
        if isinstance(current, cst.Return) or (
            isinstance(current, (cst.Break, cst.Continue)) and not looping
        ):
            yield current
        elif not isinstance(current, _ELSEWHERE):
            looping = looping or isinstance(current, (cst.For, cst.While))
            waiting.extend((inner, looping) for inner in children(current))


def _raises(branch: _Branch) -> bool:
    """Whether a branch ends by raising."""
    lines = branch.body.body
    if not lines:
        return False
    last = lines[-1]
    if isinstance(last, cst.SimpleStatementLine):
        return isinstance(last.body[-1], cst.Raise)
    return isinstance(last, cst.Raise)


def _endless(loop: cst.While) -> bool:
    return isinstance(loop.test, cst.Name) and loop.test.value == "True"
