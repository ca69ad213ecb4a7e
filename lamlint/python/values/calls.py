"""What calling a thing gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import positional
from lamlint.python.values import by_name, containers, decorators, sdk
from lamlint.python.values.arguments import argument, of_parameter
from lamlint.python.values.caches import keeps
from lamlint.python.values.objects import (
    OWN_ENDS,
    OWN_PARTS,
    OWN_SPLITS,
    Class,
    Container,
    Context,
    Edge,
    Event,
    Frame,
    Group,
    Instance,
    Library,
    Own,
    Passing,
    Routine,
    Subclasses,
    Super,
    Thing,
    weight,
)

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.values.analysis import Analysis, Things

_SAME = frozenset(
    [
        "list",
        "tuple",
        "sorted",
        "reversed",
        "iter",
        "dict",
        "str",
        "set",
        "frozenset",
        "copy.copy",
        "copy.deepcopy",
        "contextlib.closing",
        "urllib.parse.unquote_plus",
        "urllib.parse.unquote",
        "asyncio.run",
        "asyncio.wait_for",
        "typing.cast",
        "json.loads",
        "simplejson.loads",
        "orjson.loads",
        "ujson.loads",
    ]
)
_ONE_OF = frozenset({"next", "min", "max", "random.choice"})
"""What gives one of the things that it is given."""
_LEAVING = frozenset(
    {"copy", "decode", "encode", "items", "lstrip", "rstrip", "strip", "to_dict", "values"}
)
"""Methods whose result stands for what they are called on."""
_HEAVIEST = 100
"""How many things a function may be given ahead; one that is given more is unknown."""
_LONGEST_CHAIN = 200
"""How many names deep an object is followed that comes from `boto3.client(…).a().b()…`."""
_HANDED = (cst.Name, cst.Attribute, cst.Lambda, cst.Call)
"""Expressions that are written where a function is handed on."""
_EVENT_CLASSES = "aws_lambda_powertools.utilities.data_classes"


def call(analysis: Analysis, callee: Thing, node: cst.Call, frame: Frame) -> Iterator[Thing]:
    """What calling a thing gives."""
    match callee:
        case Library():
            yield from _library_call(analysis, callee, node, frame)
        case Routine():
            edge = Edge(frame, node, Passing.CALL, callee.receiver, callee.leading)
            found = analysis.returned(callee, edge)
            if is_generator(analysis, callee):
                yield Group((*found, *_yielded_from(analysis, callee, edge)))
            else:
                yield from found
        case Class():
            yield Own(callee, node, frame)
        case Own():
            for method in analysis.attribute(callee, "__call__"):
                if isinstance(method, Routine):
                    edge = Edge(frame, node, Passing.CALL, callee, method.leading)
                    yield from analysis.returned(method, edge)
        case Instance():
            yield from _object_call(analysis, callee, node, frame)
        case Subclasses():
            yield Group(analysis.derived(callee.of))
        case Event():
            yield from _event_call(analysis, callee, node, frame)
        case Context(name=name) if name in OWN_SPLITS:
            yield from _split(analysis, name, node, frame)
        case Context():
            yield callee
        case _:
            pass


def _split(analysis: Analysis, name: str, node: cst.Call, frame: Frame) -> Iterator[Thing]:
    """The parts of the function's own ARN: `arn.split(":")`, or its ends: `arn.rsplit(":", 1)`."""
    given, most = argument(node, 0, "sep"), argument(node, 1, "maxsplit")
    separator = None if given is None else containers.constant(analysis, given, frame)
    once = most is not None and containers.constant(analysis, most, frame) == "1"
    if separator == ":function:" or (
        separator == ":" and (name.endswith("rpartition") or (once and name.endswith("rsplit")))
    ):
        yield Context(OWN_ENDS)
    elif separator == ":" and (most is None or name.endswith(".split")):
        yield Context(OWN_PARTS)


def _event_call(analysis: Analysis, callee: Event, node: cst.Call, frame: Frame) -> Iterator[Thing]:
    """What a method of a field of the event gives: `get` leads deeper, most make something new."""
    *path, method = callee.path or ("",)
    base = Event(tuple(path))
    first = argument(node, 0)
    if method in ("get", "pop") and first is not None:
        yield from containers.item(analysis, base, containers.constant(analysis, first, frame))
    elif method in _LEAVING:
        yield base
    else:
        yield Event((*path, f"{method}()"))


def _library_call(
    analysis: Analysis, callee: Library, node: cst.Call, frame: Frame
) -> Iterator[Thing]:
    first = argument(node, 0)
    name = callee.name
    if name == "super":
        yield from _super(analysis, frame)
        return
    if name in ("functools.partial", "functools.partialmethod") and first is not None:
        for thing in analysis.things(first, frame):
            if isinstance(thing, Routine):
                yield from _partial(analysis, thing, node, frame)
            else:
                yield thing
        return
    if name == "type" and first is not None and len(node.args) == 1:
        for thing in analysis.things(first, frame):
            if isinstance(thing, Own):
                yield thing.of
        return
    if name in by_name.READING:
        yield from by_name.read(analysis, name, node, frame)
        return
    if name in _ONE_OF and first is not None:
        for thing in analysis.things(first, frame):
            if isinstance(thing, Container | Group):
                yield from containers.item(analysis, thing, None)
            else:
                yield thing
        return
    if name in _SAME and first is not None:
        last = node.args[1].value if name == "typing.cast" and len(node.args) > 1 else first
        decoded = name.endswith(".loads")
        for thing in analysis.things(last, frame):
            if not decoded:
                yield thing
            elif isinstance(thing, Event):
                yield Event((*thing.path, "$json"))
        return
    if name.startswith(_EVENT_CLASSES) and first is not None:
        yield from (t for t in analysis.things(first, frame) if isinstance(t, Event))
    if name.count(".") > _LONGEST_CHAIN:
        return  # each object keeps the ones before it
    yield Instance(
        name,
        node,
        frame.module,
        frame,
        callee.receiver,
        sdk.service(analysis, name, callee.receiver, node, frame),
    )
    wrapped = _wrapped(analysis, node, frame, name)
    if wrapped is not None:
        yield wrapped


def _object_call(
    analysis: Analysis, callee: Instance, node: cst.Call, frame: Frame
) -> Iterator[Thing]:
    """What a library's object makes of a function that it is called with: `retry(times=3)(real)`.

    What else calling one gives, is not known.
    """
    given = [
        thing
        for one in node.args
        if isinstance(one.value, _HANDED)
        for thing in analysis.things(one.value, frame)
    ]
    name = f"{callee.kind}.__call__"
    if name.count(".") > _LONGEST_CHAIN or not any(isinstance(t, (Routine, Own)) for t in given):
        return
    yield Instance(name, node, frame.module, frame, callee)
    wrapped = _wrapped(analysis, node, frame, callee.constructor)
    if wrapped is not None:
        yield wrapped


def _wrapped(analysis: Analysis, node: cst.Call, frame: Frame, name: str) -> Thing | None:
    """A function that a library's decorator was given by a plain call: `lru_cache(make)`."""
    first = argument(node, 0)
    if first is None or not keeps(name):
        return None
    for thing in analysis.things(first, frame):
        if isinstance(thing, Routine):
            return Routine(
                thing.module, thing.node, thing.closure, thing.receiver, thing.leading, True
            )
    return None


def _partial(analysis: Analysis, thing: Routine, node: cst.Call, frame: Frame) -> Iterator[Routine]:
    leading: list[Thing] = []
    for given in node.args[1:]:
        if given.star or given.keyword is not None:
            break
        known = analysis.things(given.value, frame)
        leading.append(known[0] if known else Container(given.value, frame))
    made = replace(thing, leading=(*thing.leading, *leading))
    # Partials of partials that are given partials double in weight with each line.
    if weight(made) <= _HEAVIEST:
        yield made


def _super(analysis: Analysis, frame: Frame) -> Iterator[Thing]:
    node = frame.node
    if not isinstance(node, cst.FunctionDef):
        return
    owner = frame.module.enclosing_class(node)
    first = next(iter(positional(node)), None)
    if owner is None or first is None:
        return
    of = Class(frame.module, owner, frame.closure or frame)
    receivers = list(of_parameter(analysis, first, frame))
    for receiver in receivers or [Own(of, None, None)]:
        yield Super(of, receiver)


def returned(analysis: Analysis, routine: Routine, edge: Edge) -> Things:
    """What one call of a function gives: what it returns, or yields as a context manager."""
    from lamlint.python.module.running import results

    if edge.receiver is None and routine.receiver is not None:
        edge = Edge(edge.caller, edge.site, edge.passing, routine.receiver, edge.leading)
    frame = analysis.inline(routine.module, routine.node, routine.closure, edge)
    if frame is None:
        return ()
    return tuple(
        dict.fromkeys(
            thing
            for value in results(routine.module, routine.node)
            for thing in analysis.things(value, frame)
        )
    )


def is_generator(analysis: Analysis, routine: Routine) -> bool:
    """Whether calling a function gives what it yields, one after the other."""
    node = routine.node
    if not isinstance(node, cst.FunctionDef):
        return False
    if not yields(routine.module, node):
        return False
    entered = decorators.decorator_names(analysis, node, routine.closure)
    return not any("contextmanager" in name for name in entered)


def yields(module: Module, node: cst.FunctionDef) -> bool:
    """Whether a function is a generator: its lines run as somebody asks for what it yields."""
    from lamlint.python.module.running import inside

    return module.syntax.once(
        ("yields", id(node)),
        lambda: any(one.__class__ is cst.Yield for one in inside(module, node)),
    )


def _yielded_from(analysis: Analysis, routine: Routine, edge: Edge) -> Iterator[Thing]:
    """What a generator yields that others yield: `yield from …`."""
    from lamlint.python.module.running import inside

    frame = analysis.inline(routine.module, routine.node, routine.closure, edge)
    for node in inside(routine.module, routine.node) if frame is not None else ():
        if isinstance(node, cst.Yield) and isinstance(node.value, cst.From) and frame is not None:
            yield from containers.elements(analysis, node.value.item, frame)
