"""Whether running a handler leads back to it."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, TypeGuard

from lamlint.python.module import cst
from lamlint.python.module.scope import last_name
from lamlint.python.module.walk import children
from lamlint.python.reach.flow import named, told
from lamlint.python.reach.one_by_one import takes_apart
from lamlint.python.values.arguments import argument
from lamlint.python.values.objects import Edge, Event, Frame, Thing, When
from lamlint.text import Related, Span
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis


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


def way_back(
    analysis: Analysis, frames: list[Frame], definition: cst.FunctionDef, *, by_signature: bool
) -> WayBack | None:
    """The shortest way from a handler to a call that names it; None when there is none.

    What only looks like a handler may go down into a part of its event: that has an end. So has
    a batch that a handler takes apart.
    """
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
                if found is not None and by_signature and _unwraps(analysis, found):
                    continue
                if found is not None and current is start and _takes_apart(found, definition):
                    continue
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
            if last_name(edge.site.func) == name:
                sure = max(step.when for step in way[: place + 1])
                return WayBack(edge.site, way[:place], edge.caller, sure)
    return None


def _takes_apart(found: WayBack, definition: cst.FunctionDef) -> bool:
    """Whether a call of the handler itself ends at once: it is of one record of several."""
    return takes_apart(found.frame.module, found.node, definition)


def _unwraps(analysis: Analysis, found: WayBack) -> bool:
    """Whether a call gives nothing but a part of the event in the place of the event."""
    given = argument(found.node, 0)
    if given is None or _has_default(given):
        return False
    if isinstance(given, cst.Dict):
        return _is_other(analysis, given, found.frame)
    return _is_part(analysis, given, found.frame)


def _is_other(analysis: Analysis, given: cst.Dict, frame: Frame) -> bool:
    """Whether parts of the event make another one, of other names than those they are taken by."""
    values = [element.value for element in given.elements]
    keys = [one.key for one in given.elements if isinstance(one, cst.DictElement)]
    names = {key.evaluated_value for key in keys if isinstance(key, cst.SimpleString)}
    taken = {t.path[0] for v in values for t in analysis.things(v, frame) if _is_below(t)}
    parts = bool(values) and all(_is_part(analysis, one, frame) for one in values)
    return parts and len(names) == len(values) and names.isdisjoint(taken)


def _is_below(thing: Thing) -> TypeGuard[Event]:
    return isinstance(thing, Event) and bool(thing.path)


def _is_part(analysis: Analysis, given: cst.BaseExpression, frame: Frame) -> bool:
    things = analysis.things(given, frame)
    return bool(things) and all(map(_is_below, things))


def _has_default(node: cst.CSTNode) -> bool:
    """Whether an expression may be something else than the part that it names."""
    if isinstance(node, cst.Call) and len(node.args) > 1:
        return True
    return any(_has_default(child) for child in children(node))
