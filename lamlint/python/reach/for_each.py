"""By what the objects of one construction differ: the parameters that they are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import How, dotted
from lamlint.python.module.walk import descendants
from lamlint.python.values.arguments import from_edge
from lamlint.python.values.objects import Instance, Own, Thing

if TYPE_CHECKING:
    from lamlint.python.reach.call import Call
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Frame

_MOST = 2
"""So many parameters are named; more are "each set of parameters"."""
_MOST_NAMES = 50
_SDK = "boto3."


def for_each(branches: Sequence[Call]) -> str:
    """For each of what one object is to be kept, as a part of a sentence; empty where it is one."""
    names = dict.fromkeys(name for call in branches for name in _differing(call))
    if not names:
        return ""
    listed = " and ".join(names) if len(names) <= _MOST else "set of parameters"
    return f" for each {listed}"


def _differing(call: Call) -> Iterator[str]:
    """The parameters of a call's function that it is made of, and that callers give it."""
    function, frame = call.function, call.frames[0]
    if function is None or frame.node is not function:
        return
    used = _used(frame, [one.value for one in call.node.args])
    seen: set[tuple[int, str]] = set()
    for one in _parameters(frame):
        if one.name.value in used:
            if any(_is_given_several(call.analysis, each, one, seen) for each in call.frames):
                yield one.name.value


def _parameters(frame: Frame) -> Iterator[cst.Param]:
    """The parameters of a frame's function, but for the object that a method is of."""
    if isinstance(frame.node, cst.FunctionDef):
        params = frame.node.params
        own = params.params[:1] if frame.module.enclosing_class(frame.node) is not None else ()
        each = (*params.posonly_params, *params.params, *params.kwonly_params)
        yield from (one for one in each if one not in own)


def _used(frame: Frame, nodes: Sequence[cst.CSTNode]) -> set[str]:
    """The parameters, and what else is bound in a function, that some nodes are made of."""
    module = frame.module
    own = module.scopes.own(frame.node)
    waiting = list(nodes)
    found: set[str] = set()
    while waiting and len(found) < _MOST_NAMES:
        for node in descendants(waiting.pop()):
            if not isinstance(node, cst.Name) or node.value in found or _is_part(frame, node):
                continue
            scope, bound = module.scopes.find(node.value, module.scopes.of(node))
            if scope is own:
                found.add(node.value)
                waiting += [one.value for one in bound if one.how is How.VALUE and one.value]
    return found


def _is_part(frame: Frame, node: cst.Name) -> bool:
    """Whether a name is one of an attribute, or a keyword."""
    above = frame.module.parent(node)
    return isinstance(above, (cst.Attribute, cst.Arg)) and above.value is not node


def _is_given_several(
    analysis: Analysis, frame: Frame, parameter: cst.Param, seen: set[tuple[int, str]]
) -> bool:
    """Whether callers give a parameter different things, or a loop gives it one after the other.

    What is written in one way is taken for one and the same, unless it is made of a parameter of
    the caller for which that is so; clients and other objects are.
    """
    if (id(frame), parameter.name.value) in seen or not isinstance(frame.node, cst.FunctionDef):
        return False
    seen.add((id(frame), parameter.name.value))
    given = [
        one for edge in frame.edges for one in from_edge(analysis, edge, frame.node, parameter)
    ]
    written: set[str] = set()
    for one in given:
        if one.node is None or one.frame is None:
            return False
        things = analysis.things(one.node, one.frame)
        if any(map(_is_client, things)):
            continue
        if one.element or _is_of_loop(one.node, one.frame):
            return True
        written.add(_code(one.node, one.frame))
        used = _used(one.frame, [one.node])
        above = (each for each in _parameters(one.frame) if each.name.value in used)
        if any(_is_given_several(analysis, one.frame, each, seen) for each in above):
            return True
    return len(written) > 1


def _is_client(thing: Thing) -> bool:
    """Whether a thing is an AWS client, or an object of the project: many are the same."""
    return isinstance(thing, Own) or (
        isinstance(thing, Instance) and thing.constructor.startswith(_SDK)
    )


def _code(node: cst.CSTNode, frame: Frame) -> str:
    """What is written for a node; where it is short, that is known without its place."""
    if isinstance(node, (cst.SimpleString, cst.Integer, cst.Float)):
        return node.value
    return dotted(node) or frame.module.code(node)


def _is_of_loop(node: cst.CSTNode, frame: Frame) -> bool:
    """Whether a name is one of a loop's."""
    if not isinstance(node, cst.Name):
        return False
    _, bound = frame.module.scopes.find(node.value, frame.module.scopes.of(node))
    return any(one.how is How.ELEMENT for one in bound)
