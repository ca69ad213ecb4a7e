"""What a value depends on: the event, the context, and the library calls it is made of.

Whatever may depend does depend: rules are silent on what differs per invocation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.running import results
from lamlint.python.module.scope import Binding, How
from lamlint.python.module.walk import children
from lamlint.python.values import sdk
from lamlint.python.values.analysis import CONTEXT, EVENT, function_of
from lamlint.python.values.answering import asked_before
from lamlint.python.values.arguments import supplied
from lamlint.python.values.attributes import (
    assigned,
    field_argument,
    is_declared,
    library_bases,
    property_of,
)
from lamlint.python.values.contents import changes, written_key
from lamlint.python.values.keyed import Source, sources
from lamlint.python.values.lent import is_lent
from lamlint.python.values.objects import (
    REQUEST,
    Class,
    Context,
    Edge,
    Event,
    Frame,
    Instance,
    Library,
    Own,
    Passing,
    Routine,
    Thing,
)
from lamlint.python.values.set_attributes import part

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis, Origins

_ASKED = frozenset({cst.Name, cst.Attribute, cst.Call, cst.Lambda, cst.Subscript})
_TIMES = 2
_OF_EVENT = frozenset({EVENT})
_OF_CONTEXT = frozenset({CONTEXT})
_OF_INVOCATION = _OF_EVENT | _OF_CONTEXT
_DEFINITIONS = frozenset({cst.FunctionDef, cst.ClassDef, cst.Param})


def origins(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> Origins:
    """What an expression depends on: "event", "context", and full names of library calls."""
    if analysis.exhausted:
        return _OF_EVENT
    analysis.step()
    return analysis.origins.answer((id(node), id(frame)), lambda: _origins(analysis, node, frame))


def depends(analysis: Analysis, node: cst.CSTNode, frame: Frame, on: Callable[[str], bool]) -> bool:
    """Whether an expression depends on such a thing: asked no further than to the first."""
    if analysis.exhausted:
        return on(EVENT)
    analysis.step()
    question = (id(node), id(frame))
    return analysis.origins.has(question, lambda: _origins(analysis, node, frame), on)


def depends_on_invocation(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> bool:
    """Whether an expression depends on the event or the context."""
    return depends(analysis, node, frame, _OF_INVOCATION.__contains__)


def _origins(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> Iterator[Origins]:
    match node:
        case cst.Name():
            yield from _name(analysis, node, frame)
        case cst.Attribute():
            yield from _attribute(analysis, node, frame)
        case cst.Call():
            yield from _call(analysis, node, frame)
        case cst.Lambda():
            yield origins(analysis, node.body, frame)
        case cst.IfExp() if _is_there(analysis.things(node.test, frame)):
            yield origins(analysis, node.body, frame)
            yield origins(analysis, node.orelse, frame)
        case cst.Subscript(slice=[cst.SubscriptElement(slice=cst.Index(value=cst.Integer()))]) if (
            _is_constant(analysis.things(node, frame))
        ):
            return
        case cst.Subscript():
            yield from _subscript(analysis, node, frame)
        case _:
            for part in _parts(node):
                yield origins(analysis, part, frame)


def _subscript(analysis: Analysis, node: cst.Subscript, frame: Frame) -> Iterator[Origins]:
    key = written_key(node)
    known = None if key is None else sources(analysis, node.value, key, frame)
    for made_of, home in known or [(one, frame) for one in (node.value, *node.slice)]:
        yield origins(analysis, made_of, home)


def _parts(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The outermost names, attributes, calls, items and lambdas in a node, definitions left out."""
    stack = [node]
    while stack:
        current = stack.pop()
        kind = type(current)
        if kind in _ASKED:
            yield current
        elif kind is cst.Arg:
            stack.append(current.value)  # type: ignore[attr-defined]  # an Arg has a value
        elif kind not in _DEFINITIONS:
            stack.extend(children(current))


def _thing(analysis: Analysis, thing: Thing) -> Iterator[Origins]:
    match thing:
        case Event():
            yield _OF_EVENT
        case Context():
            yield from () if thing.is_constant else (_OF_CONTEXT,)
        case Own() if thing.call is not None and thing.frame is not None:
            for argument in thing.call.args:
                yield origins(analysis, argument.value, thing.frame)
        case Instance():
            yield origins(analysis, thing.call, thing.frame)
        case _:
            return


def _is_there(things: tuple[Thing, ...]) -> bool:
    """Whether things are the context itself, which each invocation has."""
    return bool(things) and all(one == Context() for one in things)


def _is_constant(things: tuple[Thing, ...]) -> bool:
    """Whether things are what the context has that an environment keeps."""
    return bool(things) and all(isinstance(one, Context) and one.is_constant for one in things)


def _name(analysis: Analysis, node: cst.Name, frame: Frame) -> Iterator[Origins]:
    bindings = list(analysis.lookup(node.value, node, frame))
    if len(bindings) > 1 and is_lent(bindings):
        yield _OF_EVENT
    for binding, home in bindings:
        yield from _bound(analysis, binding, home)
        if len(bindings) > 1:
            yield from _control(analysis, binding.node, home)
    if bindings:
        scopes = frame.module.scopes
        scope, _ = scopes.find(node.value, scopes.of(node))
        home = analysis.frame_of(function_of(frame.module, scope), frame)
        for change in changes(home, node.value):
            yield origins(analysis, change.value, home)


def _bound(analysis: Analysis, binding: Binding, frame: Frame) -> Iterator[Origins]:
    analysis.step()
    match binding.how:
        case How.PARAMETER if isinstance(binding.node, cst.Param):
            for given in supplied(analysis, frame, binding.node):
                if given.thing is not None:
                    yield from _thing(analysis, given.thing)
                elif given.node is not None and given.frame is not None:
                    yield origins(analysis, given.node, given.frame)
        case How.IMPORT:
            found = analysis.codebase.imported(frame.module, binding)
            owner = analysis.codebase.module(found[0]) if isinstance(found, tuple) else None
            if owner is not None and isinstance(found, tuple):
                for inner, home in analysis.members(owner, found[1]):
                    yield _member(analysis, inner, home)
            elif found is None and REQUEST in analysis.bound(binding, frame):
                yield _OF_EVENT
        case How.OTHER:
            for ancestor in frame.module.ancestors(binding.node):
                if isinstance(ancestor, cst.Match):
                    yield origins(analysis, ancestor.subject, frame)
        case _ if binding.path and _is_constant(tuple(analysis.bound(binding, frame))):
            return
        case _ if binding.value is not None:
            value: cst.CSTNode = binding.value
            for step in binding.path:
                if isinstance(value, (cst.Tuple, cst.List)) and step is not None:
                    if step < len(value.elements):
                        value = value.elements[step].value
            yield origins(analysis, value, frame)
        case _:
            return


def _member(analysis: Analysis, binding: Binding, frame: Frame) -> Origins:
    """What a name of another module depends on; modules may import it from each other."""
    return analysis.origins.answer(
        (id(binding), id(frame)), lambda: _bound(analysis, binding, frame)
    )


def _control(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> Iterator[Origins]:
    """What decides whether a statement runs, within its function."""
    child = node
    for ancestor in frame.module.ancestors(node):
        if ancestor is frame.node or isinstance(ancestor, (cst.FunctionDef, cst.Lambda)):
            return
        if isinstance(ancestor, (cst.If, cst.While)) and child is not ancestor.test:
            yield origins(analysis, ancestor.test, frame)
        elif isinstance(ancestor, cst.Match):
            yield origins(analysis, ancestor.subject, frame)
        child = ancestor


def _attribute(analysis: Analysis, node: cst.Attribute, frame: Frame) -> Iterator[Origins]:
    owners = [t for t in analysis.things(node.value, frame) if isinstance(t, Own)]
    if not owners and _is_constant(analysis.things(node, frame)):
        return
    if not owners:
        yield origins(analysis, node.value, frame)
        for asked in asked_before(analysis, node, frame):
            yield origins(analysis, asked, frame)
        for thing in analysis.things(node, frame):
            if isinstance(thing, (Event, Context)):
                yield from _thing(analysis, thing)
        return
    for owner in owners:
        yield from _field(analysis, owner, node.attr.value)
    if any(owner.call is None or _is_of_all(analysis, owner, node.attr.value) for owner in owners):
        # An annotation says what it is, and not what it was made of; nor does how an object was
        # made say what was put into it since.
        yield origins(analysis, node.value, frame)


def _is_of_all(analysis: Analysis, owner: Own, name: str) -> bool:
    """Whether a library gives an attribute, made of whatever the object has: `model_dump`."""
    return bool(library_bases(analysis, owner.of)) and not (
        is_declared(analysis, owner.of, name)
        or field_argument(analysis, owner, name) is not None
        or property_of(analysis, owner, name) is not None
        or any(True for _ in assigned(analysis, owner.of, owner, name))
    )


def _field(analysis: Analysis, owner: Own, name: str) -> Iterator[Origins]:
    """What an attribute of an object depends on: how it is set, or how the object was made."""
    behind = property_of(analysis, owner, name)
    if behind is not None:
        yield from _results(analysis, behind, Edge(None, behind.node, Passing.NOTHING, owner))
        return
    values = list(assigned(analysis, owner.of, owner, name))
    for value, home, path in values:
        if not (path and _is_constant(tuple(analysis.attribute(owner, name)))):
            yield origins(analysis, part(value, path) or value, home)
    if owner.call is None or owner.frame is None:
        return
    given = field_argument(analysis, owner, name)
    if given is not None:
        yield origins(analysis, given, owner.frame)
    elif not values and not is_declared(analysis, owner.of, name):
        yield from _thing(analysis, owner)
    else:
        for argument in owner.call.args:
            if argument.star:
                yield origins(analysis, argument.value, owner.frame)


def _call(analysis: Analysis, node: cst.Call, frame: Frame) -> Iterator[Origins]:
    callees = analysis.things(node.func, frame)
    routines = [c for c in callees if isinstance(c, Routine)]
    for callee in callees:
        if isinstance(callee, Library):
            yield frozenset({callee.name})
            if sdk.takes(analysis, callee):
                yield _OF_EVENT
    if routines and len(routines) == len(callees):
        for routine in routines:
            edge = Edge(frame, node, Passing.CALL, routine.receiver, routine.leading)
            yield from _results(analysis, routine, edge)
        return
    got = None if callees else _got(analysis, node, frame)
    for made_of, home in got or ():
        yield origins(analysis, made_of, home)
    for argument in node.args:
        yield origins(analysis, argument.value, frame)
    if got is not None:
        return
    if not all(isinstance(callee, Class) for callee in callees) or not callees:
        yield origins(analysis, node.func, frame)


def _got(analysis: Analysis, node: cst.Call, frame: Frame) -> list[Source] | None:
    """What `settings.get("host")` is made of, beside what it falls back to, if that is known."""
    match node:
        case cst.Call(
            func=cst.Attribute(value=of, attr=cst.Name(value="get")),
            args=[cst.Arg(value=cst.SimpleString() as text), *_],
        ):
            key = text.evaluated_value
            return sources(analysis, of, key, frame) if isinstance(key, str) else None
        case _:
            return None


def _results(analysis: Analysis, routine: Routine, edge: Edge) -> Iterator[Origins]:
    if edge.caller is not None and isinstance(edge.site, cst.Call) and _calls_itself(routine, edge):
        # What else it depends on has been asked for.
        for argument in edge.site.args:
            yield origins(analysis, argument.value, edge.caller)
        if edge.receiver not in [known.receiver for known in edge.caller.edges]:
            yield origins(analysis, edge.site.func, edge.caller)
        return
    inner = analysis.inline(routine.module, routine.node, routine.closure, edge)
    if inner is None:
        yield _OF_EVENT  # too deep to look into
        return
    values = results(routine.module, routine.node)
    for value in values:
        yield origins(analysis, value, inner)
        if len(values) > 1:
            yield from _control(analysis, value, inner)


def _calls_itself(routine: Routine, edge: Edge) -> bool:
    """Whether a function that calls itself is called so for the second time."""
    frame, times = edge.caller, 0
    while frame is not None and times < _TIMES:
        times += frame.node is routine.node
        frame = frame.edges[0].caller if len(frame.edges) == 1 else None
    return times == _TIMES
