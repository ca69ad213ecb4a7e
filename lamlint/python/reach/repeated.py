"""Whether one run of a handler makes a call again and again: in a loop, on some way to it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import libcst as cst

from lamlint.python.reach.branches import exclude
from lamlint.python.values.objects import Frame, Passing

_MOST_PLACES = 20
_COMPREHENSIONS = (cst.ListComp, cst.SetComp, cst.GeneratorExp, cst.DictComp)


def repeated(frames: Iterable[Frame], node: cst.CSTNode) -> bool:
    """Whether a node stands in a loop, or any function on a way to it is called in one."""
    waiting = [(frame, node) for frame in frames]
    seen: set[tuple[int, int]] = set()
    while waiting:
        frame, site = waiting.pop()
        if (id(frame), id(site)) in seen:
            continue
        seen.add((id(frame), id(site)))
        if in_loop(frame, site):
            return True
        for edge in frame.edges:
            if edge.caller is None or edge.site is None or edge.cached:
                continue
            if edge.passing is Passing.ELEMENTS:
                return True
            waiting.append((edge.caller, edge.site))
    return False


def called_twice(frames: Iterable[Frame]) -> bool:
    """Whether one run of a handler may call one of some functions twice, in two places."""
    return any(
        one.caller is other.caller and not exclude(one.caller.module, one.site, other.site)
        for frame in frames
        for one, other in itertools.combinations(frame.edges[:_MOST_PLACES], 2)
        if one.caller is not None and one.site is not None and other.site is not None
    )


def in_loop(frame: Frame, node: cst.CSTNode) -> bool:
    """Whether a node stands in a loop of its frame's function."""
    child = node
    for ancestor in frame.module.ancestors(node):
        if ancestor is frame.node:
            return False
        match ancestor:
            case cst.For() if child is ancestor.body:
                return True
            case cst.While() if child is not ancestor.orelse:
                return True
            case cst.CompIf():
                return True
            case _ if isinstance(ancestor, _COMPREHENSIONS) and child is not ancestor.for_in:
                return True
        child = ancestor
    return False
