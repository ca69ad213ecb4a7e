"""Whether a client is one of several that a loop makes, each of something else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import How
from lamlint.python.module.walk import children
from lamlint.python.values.leads import of_attribute, of_binding

if TYPE_CHECKING:
    from lamlint.python.reach.call import Call
    from lamlint.python.reach.handler import Handler
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Frame, Supplied

_MOST_STEPS = 8
"""How far a value is followed back: through names, attributes and calls."""
_Place = tuple[cst.CSTNode, "Frame"]


def iterated(handler: Handler, call: Call) -> bool:
    """Whether an argument is the variable of a loop: a client for each region or account.

    It may be handed on to where the client is made, and be kept by an object.
    """
    values: list[_Place] = [
        (argument.value, frame) for argument in call.node.args for frame in call.frames
    ]
    for argument in call.node.args:
        if argument.star == "**":
            given = handler.keywords(call.frames, argument.value) or ()
            values += [(value, frame) for _, value, frame in given]
    return _is_element(call.analysis, values)


def _is_element(analysis: Analysis, values: list[_Place]) -> bool:
    """Whether a loop gives one of some values, followed back to where each is written."""
    seen: set[tuple[int, int]] = set()
    waiting = [(*value, 0) for value in values]
    while waiting:
        value, frame, steps = waiting.pop()
        if (id(value), id(frame)) in seen or steps > _MOST_STEPS:
            continue
        seen.add((id(value), id(frame)))
        for node in _read(value):
            for lead in _leads(analysis, node, frame):
                if lead is None or lead.element:
                    return True
                if lead.node is not None and lead.frame is not None and _is_path(lead.node):
                    waiting.append((lead.node, lead.frame, steps + 1))
    return False


def _read(value: cst.CSTNode) -> Iterator[cst.Name | cst.Attribute]:
    """The names and attributes that a value is made of."""
    waiting = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, (cst.Name, cst.Attribute)):
            yield node
        else:
            waiting.extend(children(node))


def _leads(
    analysis: Analysis, node: cst.Name | cst.Attribute, frame: Frame
) -> Iterator[Supplied | None]:
    """Where what a name or an attribute stands for comes from; None: from a loop."""
    if isinstance(node, cst.Attribute):
        yield from of_attribute(analysis, node, frame)
        if isinstance(node.value, (cst.Name, cst.Attribute)) and not _is_own(node.value, frame):
            yield from _leads(analysis, node.value, frame)  # `account.region`
        return
    for binding, home in analysis.lookup(node.value, node, frame):
        if binding.how is How.ELEMENT:
            yield None
        else:
            yield from of_binding(analysis, binding, home)


def _is_own(node: cst.CSTNode, frame: Frame) -> bool:
    """Whether a name is that of a method's own object: what differs is what it keeps."""
    function = frame.node
    if not isinstance(function, cst.FunctionDef) or not function.params.params:
        return False
    if frame.module.enclosing_class(function) is None:
        return False
    return isinstance(node, cst.Name) and node.value == function.params.params[0].name.value


def _is_path(node: cst.CSTNode) -> bool:
    """Whether a value is another one, or a part of one: `region`, `namespace["Region"]`."""
    return isinstance(node, (cst.Name, cst.Attribute, cst.Subscript))
