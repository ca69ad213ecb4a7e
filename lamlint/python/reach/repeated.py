"""Whether one run of a handler makes a call again and again: in a loop, on some way to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.running import inside
from lamlint.python.module.walk import children
from lamlint.python.reach.asked import tests
from lamlint.python.reach.due import is_when_due
from lamlint.python.reach.fallback import is_blocked
from lamlint.python.reach.looping import loop_around
from lamlint.python.reach.often_built import Again
from lamlint.python.reach.picked import Pick, differs, picks
from lamlint.python.reach.rounds import mapped_rounds
from lamlint.python.reach.sleeping import sleeps
from lamlint.python.values.objects import Edge, Frame, Own, Passing
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis

Chosen = Callable[[Frame, cst.CSTNode, "cst.CSTNode | None"], bool]
"""Whether a node of a frame's function is run in some cases only, within a loop around it."""


@dataclass(frozen=True, slots=True, eq=False)
class Looped:
    """A loop of a frame's function, or a call that maps, and how often it runs a node."""

    again: Again
    frame: Frame
    node: cst.CSTNode

    def holds(self, frame: Frame, node: cst.CSTNode) -> bool:
        """Whether a node of a frame's function is, or stands in, what is run again and again."""
        if frame is not self.frame:
            return False
        return node is self.node or any(one is self.node for one in frame.module.ancestors(node))


def again(
    analysis: Analysis,
    frames: Iterable[Frame],
    node: cst.CSTNode,
    chosen: Chosen,
    beyond: int = 1,
) -> Again:
    """How often the loops run a node that are on some way to it."""
    most = Again.ONCE
    for one in loops(analysis, frames, node, chosen, beyond):
        most = max(most, one.again)
        if most is Again.EACH_ROUND:
            break
    return most


def loops(
    analysis: Analysis,
    frames: Iterable[Frame],
    node: cst.CSTNode,
    chosen: Chosen,
    beyond: int = 0,
) -> Iterator[Looped]:
    """The loops in which a node stands, or in which any function on a way to it is called.

    What an object keeps for itself is made as often as the object is. A loop that is seen to
    have no more rounds than `beyond` does not count, nor one of which each round calls another
    function. `chosen` says what is run in some cases only.
    """
    nothing: tuple[Pick, ...] = ()
    waiting = [(frame, node, Again.EACH_ROUND, nothing) for frame in frames]
    seen: set[tuple[int, int, Again, str]] = set()
    while waiting:
        frame, site, most, picked = waiting.pop()
        own_way = (id(frame), id(site), most, " ".join(one.name for one in picked))
        if own_way in seen:
            continue
        seen.add(own_way)
        loop = loop_around(analysis, frame, site, beyond)
        if most is not Again.WHEN_DUE and is_when_due(analysis, frame, site, loop):
            most = Again.WHEN_DUE
        if loop is not None and differs(frame, loop, picked):
            loop, most = None, min(most, Again.SOMETIMES)
        if most is Again.EACH_ROUND and chosen(frame, site, loop):
            most = Again.SOMETIMES
        if loop is not None:
            slow = sleeps(analysis, frame, loop)
            yield Looped(Again.SLOWLY if slow else most, frame, loop)
            continue
        own = kept_by_object(frame, site)
        for edge in frame.edges:
            made = edge.receiver if own else None
            if isinstance(made, Own) and made.frame is not None and made.call is not None:
                waiting.append((made.frame, made.call, most, ()))
            elif edge.caller is not None and edge.site is not None:
                if _is_mapped(analysis, edge, beyond):
                    yield Looped(most, edge.caller, edge.site)
                elif not (edge.cached or is_blocked(analysis, frame, site, edge)):
                    ahead = picks(analysis, frame, edge, picked)
                    waiting.append((edge.caller, edge.site, most, ahead))


def _is_mapped(analysis: Analysis, edge: Edge, beyond: int) -> bool:
    """Whether a function is run for each of what may be many things."""
    if edge.passing is not Passing.ELEMENTS or edge.caller is None or edge.cached:
        return False
    most = mapped_rounds(analysis, edge.site, edge.caller)
    return most is None or most > beyond


def kept_by_object(frame: Frame, node: cst.CSTNode) -> bool:
    """Whether a method makes something only where its object does not have it yet."""
    function = frame.node
    if not isinstance(function, cst.FunctionDef) or not function.params.params:
        return False
    if frame.module.enclosing_class(function) is None:
        return False
    own = function.params.params[0].name.value
    asked = {name for test in tests(frame, node) for name in _attributes(test, own)}
    return bool(asked) and not asked.isdisjoint(_set_on(frame, function, own))


def _attributes(node: cst.CSTNode, own: str) -> Iterator[str]:
    """The attributes of a method's own object that are written in a node."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        match current:
            case cst.Attribute(value=cst.Name(value=owner), attr=attribute) if owner == own:
                yield attribute.value
        waiting.extend(children(current))


def _set_on(frame: Frame, function: cst.FunctionDef, own: str) -> set[str]:
    """The attributes of its own object that a method sets."""
    found: set[str] = set()
    for node in inside(frame.module, function):
        if isinstance(node, (cst.AssignTarget, cst.AnnAssign)):
            found.update(_attributes(node.target, own))
    return found
