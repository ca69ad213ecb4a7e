"""Whether running a handler leads back to it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from lamlint.python.things import Edge, Frame, When

if TYPE_CHECKING:
    from lamlint.python.module import Module


@dataclass(frozen=True, slots=True, eq=False)
class WayBack:
    """The call that leads back to a handler, and the calls that lead there from it."""

    module: Module
    node: cst.Call
    sites: tuple[tuple[Module, cst.CSTNode], ...]
    when: When


def way_back(frames: list[Frame], definition: cst.FunctionDef) -> WayBack | None:
    """The shortest way from a handler to a call that names it; None when there is none."""
    start = next((frame for frame in frames if frame.node is definition), None)
    if start is None:
        return None
    onward: dict[int, list[tuple[Edge, Frame]]] = {}
    for frame in frames:
        for edge in frame.edges:
            if edge.caller is not None:
                onward.setdefault(id(edge.caller), []).append((edge, frame))
    waiting: deque[tuple[Frame, tuple[Edge, ...]]] = deque([(start, ())])
    seen = {id(start)}
    while waiting:
        current, way = waiting.popleft()
        for edge, callee in onward.get(id(current), ()):
            longer = (*way, edge)
            if callee is start:
                found = _told(longer, definition.name.value)
                if found is not None:
                    return found
            elif id(callee) not in seen:
                seen.add(id(callee))
                waiting.append((callee, longer))
    return None


def _told(way: tuple[Edge, ...], name: str) -> WayBack | None:
    """The last call of a way that names the handler; what its decorators call is left out."""
    for place in range(len(way) - 1, -1, -1):
        edge = way[place]
        if isinstance(edge.site, cst.Call) and edge.caller is not None:
            if _last_name(edge.site.func) == name:
                sites = tuple(
                    (before.caller.module, before.site)
                    for before in way[:place]
                    if before.caller is not None and before.site is not None
                )
                sure = max(step.when for step in way[: place + 1])
                return WayBack(edge.caller.module, edge.site, sites, sure)
    return None


def _last_name(node: cst.CSTNode) -> str | None:
    last = node.attr if isinstance(node, cst.Attribute) else node
    return last.value if isinstance(last, cst.Name) else None
