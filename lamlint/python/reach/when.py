"""How sure it is that a node runs when its function runs."""

from __future__ import annotations

import libcst as cst

from lamlint.python.values.objects import Frame, When

_CHOOSING = frozenset(
    {
        cst.ExceptHandler, cst.ExceptStarHandler, cst.If, cst.Else, cst.IfExp,
        cst.BooleanOperation, cst.MatchCase, cst.While, cst.Assert,
    }
)  # fmt: skip


def when(frame: Frame, node: cst.CSTNode) -> When:
    """Whether a node of a frame's function runs always, in some branch, or after an error."""
    found = When.ALWAYS
    child = node
    for ancestor in frame.module.ancestors(node):
        if ancestor is frame.node:
            break
        if ancestor.__class__ in _CHOOSING:
            found = max(found, _in(ancestor, child))
        child = ancestor
    return found


def _in(parent: cst.CSTNode, child: cst.CSTNode) -> When:
    match parent:
        case cst.ExceptHandler() | cst.ExceptStarHandler() if child is parent.body:
            return When.ERROR
        case cst.If() if child is not parent.test:
            return When.ERROR if child is parent.body and _raises(parent) else When.CONDITIONAL
        case cst.Else() if _raises(parent):
            return When.ERROR
        case cst.IfExp() if child is not parent.test:
            return When.CONDITIONAL
        case cst.BooleanOperation() if child is parent.right:
            return When.CONDITIONAL
        case cst.MatchCase():
            return When.CONDITIONAL
        case cst.While() if child is parent.body and not _endless(parent):
            return When.CONDITIONAL
        case cst.Assert() if child is parent.msg:
            return When.ERROR
    return When.ALWAYS


def _raises(branch: cst.If | cst.Else) -> bool:
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
