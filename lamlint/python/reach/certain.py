"""When a call is run, as messages tell it: surely on every invocation, or in some case only."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from functools import partial
from itertools import takewhile

from lamlint.python.module import cst
from lamlint.python.module.walk import children
from lamlint.python.reach.flow import named
from lamlint.python.reach.rounds import conditions
from lamlint.python.reach.when import when
from lamlint.python.values.objects import Edge, Frame, Passing, When

_BLOCKS = (cst.IndentedBlock, cst.Module)
_ELSEWHERE = (cst.FunctionDef, cst.Lambda, cst.ClassDef, cst.ExceptHandler, cst.ExceptStarHandler)
_CHOOSING = (cst.If, cst.MatchCase, cst.For, cst.While)
_TRYING = (cst.Try, cst.TryStar)


def every_time(frames: Iterable[Frame], node: cst.CSTNode) -> bool:
    """Whether some way from the handler to a node has no branch, and nothing that may skip it."""
    waiting = [(frame, node) for frame in frames]
    seen: set[tuple[int, int]] = set()
    while waiting:
        frame, site = waiting.pop()
        if (id(frame), id(site)) in seen or _in_branch(frame, site) or _left_before(frame, site):
            continue
        seen.add((id(frame), id(site)))
        for edge in frame.edges:
            if edge.passing is Passing.REQUEST:
                continue  # one route of many
            if edge.caller is None or edge.site is None:
                if edge.when is When.ALWAYS:
                    return True
                continue  # one handler of several
            if _surely_leads(edge.caller, edge.site, edge):
                waiting.append((edge.caller, edge.site))
    return False


def when_run(frame: Frame, node: cst.CSTNode) -> str:
    """When a node is run by whoever runs its function, as the end of a sentence."""
    if _in_branch(frame, node):
        return "whenever this branch runs"
    if _left_before(frame, node):
        return "whenever this line runs"
    return f"whenever {named(frame)} runs"


def in_some_rounds(frame: Frame, node: cst.CSTNode, loop: cst.CSTNode | None) -> bool:
    """Whether a node is passed by in some rounds of a loop around it, or in some runs."""
    return _in_branch(frame, node, loop) or _skipped(frame, node, loop)


def _skipped(frame: Frame, node: cst.CSTNode, loop: cst.CSTNode | None) -> bool:
    """Whether a line ahead of a node may begin the next round: `if not name: continue`."""
    child = node
    for ancestor in frame.module.ancestors(node):
        if ancestor is loop or ancestor is frame.node:
            return False
        if isinstance(ancestor, cst.IndentedBlock):
            ahead = takewhile(partial(operator.is_not, child), ancestor.body)
            if loop is not None and any(goes_on(line) for line in ahead):
                return True
        child = ancestor
    return False


def goes_on(line: cst.CSTNode) -> bool:
    """Whether a line may begin the next round of the loop that it stands in."""
    waiting = [line]
    while waiting:
        node = waiting.pop()
        if isinstance(node, cst.Continue):
            return True
        waiting.extend(children(node))
    return False


def _surely_leads(caller: Frame, site: cst.CSTNode, edge: Edge) -> bool:
    """Whether the function is run whenever the call is: not one of several, or of many routes."""
    chosen = edge.when is not When.ALWAYS and when(caller, site) is When.ALWAYS
    return not (chosen or edge.cached or edge.passing is Passing.ANY)


def _in_branch(frame: Frame, node: cst.CSTNode, within: cst.CSTNode | None = None) -> bool:
    """Whether a node of a frame's function is run in some cases only; loops are no cases."""
    child = node
    for ancestor in frame.module.ancestors(node):
        if ancestor is frame.node:
            return False
        if any(True for _ in conditions(ancestor, child)):
            return True
        if ancestor is within:
            return False
        match ancestor:
            case cst.If() | cst.IfExp():
                if child is not ancestor.test:
                    return True
            case cst.BooleanOperation():
                if child is ancestor.right:
                    return True
            case cst.MatchCase():
                return True
            case cst.ExceptHandler() | cst.ExceptStarHandler():
                if child is ancestor.body:
                    return True
            case _:
                pass
        child = ancestor
    return False


def _left_before(frame: Frame, node: cst.CSTNode) -> bool:
    """Whether a branch ahead of a node may pass it by: it returns, or raises what is handled.

    What it raises is handled where the node is tried with it; else the invocation fails.
    """
    tried = _is_tried(frame, node)
    child = node
    for ancestor in frame.module.ancestors(node):
        if isinstance(ancestor, _BLOCKS):
            for line in ancestor.body:
                if line is child:
                    break
                leaves = partial(_may_leave, line, raising=tried)
                if frame.module.syntax.once(("leaves", line, tried), leaves):
                    return True
        tried = tried and _is_tried(frame, ancestor)
        if ancestor is frame.node:
            return False
        child = ancestor
    return False


def _is_tried(frame: Frame, node: cst.CSTNode) -> bool:
    """Whether its function handles errors of a node."""
    child = node
    for ancestor in frame.module.ancestors(node):
        if ancestor is frame.node:
            return False
        if isinstance(ancestor, _TRYING) and child is ancestor.body and ancestor.handlers:
            return True
        child = ancestor
    return False


def _may_leave(line: cst.CSTNode, *, raising: bool) -> bool:
    """Whether a statement returns in some case that is no error, or raises an error."""
    waiting = [(line, False, not raising)]
    while waiting:
        node, chosen, handled = waiting.pop()
        if isinstance(node, _ELSEWHERE):
            continue
        leaves = isinstance(node, cst.Return) or (isinstance(node, cst.Raise) and not handled)
        if chosen and leaves:
            return True
        chosen = chosen or isinstance(node, _CHOOSING)
        caught = node.body if isinstance(node, _TRYING) and node.handlers else None
        waiting.extend((child, chosen, handled or child is caught) for child in children(node))
    return False
