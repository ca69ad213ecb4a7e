"""Whether running a handler leads back to it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import libcst as cst

from lamlint.python.reach.flow import named, told
from lamlint.python.values.objects import Edge, Frame, When
from lamlint.text import Related, Span


@dataclass(frozen=True, slots=True, eq=False)
class WayBack:
    """The call that leads back to a handler, and how its function is reached from it."""

    node: cst.Call
    way: tuple[Edge, ...]
    frame: Frame
    when: When

    @property
    def span(self) -> Span:
        """Where the call stands."""
        return self.frame.module.span(self.node)

    @property
    def caller(self) -> str:
        """What the function is called that leads back."""
        return named(self.frame)

    @property
    def flow(self) -> tuple[Related, ...]:
        """The calls from the handler to the one that leads back, each with a sentence."""
        return tuple(told(self.way, self.frame))


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
                sure = max(step.when for step in way[: place + 1])
                return WayBack(edge.site, way[:place], edge.caller, sure)
    return None


def _last_name(node: cst.CSTNode) -> str | None:
    last = node.attr if isinstance(node, cst.Attribute) else node
    return last.value if isinstance(last, cst.Name) else None
