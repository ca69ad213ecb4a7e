"""Whether what a function hands to itself keeps that run from coming to the same call again.

`if event.get("work"): return do(event)`, and further on `invoke(…, Payload='{"work": true}')`:
one run answers, a second one works, and there is no third.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.looks import is_only_looked_at
from lamlint.python.reach.dead import every_way
from lamlint.python.reach.guard import Asked, Comparing
from lamlint.python.reach.guards import asked_on_the_way
from lamlint.python.values.always import possible, truth
from lamlint.python.values.arguments import argument
from lamlint.python.values.containers import constant
from lamlint.python.values.objects import Container, Frame, Library

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis

_PAYLOADS = ("Payload", "InvokeArgs")
_MOST_STEPS = 4
"""How many names and calls lie between the payload and the dict that it is made of."""


def hands_over_once(analysis: Analysis, frames: Sequence[Frame], call: cst.Call) -> bool:
    """Whether an invocation's payload, as an event, ends on every way ahead of the call."""
    written = (argument(call, None, name) for name in _PAYLOADS)
    payload = next(filter(None, written), None)
    return payload is not None and all(
        (held := _held(analysis, payload, frame, _MOST_STEPS)) is not None
        and every_way((frame,), call, partial(_is_turned_away, analysis, held))
        for frame in frames
    )


def _held(analysis: Analysis, node: cst.CSTNode, frame: Frame, steps: int) -> Container | None:
    """The dict that a text of JSON is made of, where it is written."""
    if steps == 0:
        return None
    match node:
        case cst.Name():
            bound = list(analysis.lookup(node.value, node, frame))
            values = [(one.value, home) for one, home in bound if one.value is not None]
            if len(values) == len(bound) == 1:
                return _held(analysis, *values[0], steps - 1)
        case cst.Call(func=cst.Attribute(value=text, attr=cst.Name(value="encode"))):
            return _held(analysis, text, frame, steps - 1)
        case cst.Call(args=[cst.Arg(value=made), *_]):
            callees = analysis.things(node.func, frame)
            if any(isinstance(one, Library) and one.name == "json.dumps" for one in callees):
                return _dict(analysis, made, frame)
        case _:
            pass
    return None


def _dict(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> Container | None:
    """The one dict that an expression is, where nothing is put into it later."""
    if isinstance(node, cst.Name) and not is_only_looked_at(frame.module, node.value):
        return None
    found = analysis.things(node, frame)
    only = found[0] if len(found) == 1 else None
    return only if isinstance(only, Container) and isinstance(only.node, cst.Dict) else None


def _is_turned_away(analysis: Analysis, held: Container, frame: Frame, node: cst.CSTNode) -> bool:
    """Whether a test in a function keeps an event that is a dict from a node."""
    return any(
        _holds(analysis, held, asked) is (not asked.wanted)
        for asked in asked_on_the_way(analysis, frame, node)
    )


def _holds(analysis: Analysis, held: Container, asked: Asked) -> bool | None:
    """Whether a dict, as the event, is as a test asks; None where that is not known."""
    if not asked.field and asked.comparing is Comparing.HOLDS:
        return True if _under(analysis, held, asked.text) is not None else None
    value = _under(analysis, held, asked.field[0]) if len(asked.field) == 1 else None
    if value is None:
        return None
    if asked.comparing is Comparing.TRUE:
        found = {truth(one) for one in possible(analysis, value, held.frame)}
    else:
        found = {asked.holds(one) for one in analysis.text(value, held.frame).choices}
    return found.pop() if len(found) == 1 else None


def _under(analysis: Analysis, held: Container, key: str) -> cst.BaseExpression | None:
    """What a dict surely holds under a key: nothing that is taken in behind it counts more."""
    for element in reversed(held.node.elements if isinstance(held.node, cst.Dict) else ()):
        if not isinstance(element, cst.DictElement):
            return None
        if constant(analysis, element.key, held.frame) == key:
            return element.value
    return None
