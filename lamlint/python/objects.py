"""What an expression may be: library objects, functions, classes, the event, the context."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import libcst as cst

from lamlint.python.arguments import argument, supplied
from lamlint.python.body import Setting, inside
from lamlint.python.scope import Binding, How, positional
from lamlint.python.things import (
    Class,
    Container,
    Context,
    Edge,
    Event,
    Frame,
    Instance,
    Library,
    Namespace,
    Own,
    Passing,
    Routine,
    Super,
    Supplied,
    Thing,
)

if TYPE_CHECKING:
    from lamlint.python.analysis import Analysis, Things
    from lamlint.python.module import Module

_MOST = 12
_CONSTANTS = frozenset({"None", "True", "False"})
SDK_CONSTRUCTORS = ("client", "resource", "create_client")
CACHES = frozenset(
    {
        "functools.lru_cache",
        "functools.cache",
        "functools.cached_property",
        "cachetools.cached",
        "cachetools.cachedmethod",
        "cachetools.func.lru_cache",
        "cachetools.func.ttl_cache",
        "cachetools.func.lfu_cache",
        "werkzeug.utils.cached_property",
        "cached_property.cached_property",
        "diskcache.Cache.memoize",
        "joblib.Memory.cache",
        "memoization.cached",
        "async_lru.alru_cache",
        "methodtools.lru_cache",
        "django.utils.functional.cached_property",
        "aws_lambda_powertools.shared.functions.cached",
    }
)
PROPERTIES = frozenset({"property", "functools.cached_property"}) | {
    name for name in CACHES if name.endswith("cached_property")
}
_CONTEXT_MANAGERS = frozenset({"contextlib.contextmanager", "contextlib.asynccontextmanager"})
_MIDDLEWARE = (
    "aws_lambda_powertools.middleware_factory.lambda_handler_decorator",
    "aws_lambda_powertools.middleware_factory.factory.lambda_handler_decorator",
)
_SAME = frozenset(
    [
        "list",
        "tuple",
        "sorted",
        "reversed",
        "iter",
        "next",
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
_EVENT_CLASSES = "aws_lambda_powertools.utilities.data_classes"


def things(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> Things:
    """What an expression, evaluated in a frame, may be; empty when nothing is known."""
    if analysis.exhausted:
        return ()
    return analysis.ask(
        "things",
        analysis.things,
        node,
        frame,
        lambda: tuple(dict.fromkeys(_things(analysis, node, frame)))[:_MOST],
        (),
    )


def _things(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> Iterator[Thing]:
    match node:
        case cst.Name():
            yield from _name(analysis, node, frame)
        case cst.Attribute():
            for base in things(analysis, node.value, frame):
                yield from attribute(analysis, base, node.attr.value)
        case cst.Call():
            for callee in things(analysis, node.func, frame):
                yield from call(analysis, callee, node, frame)
        case cst.Subscript():
            yield from _subscript(analysis, node, frame)
        case cst.Await():
            yield from things(analysis, node.expression, frame)
        case cst.NamedExpr():
            yield from things(analysis, node.value, frame)
        case cst.IfExp():
            yield from things(analysis, node.body, frame)
            yield from things(analysis, node.orelse, frame)
        case cst.BooleanOperation():
            yield from things(analysis, node.left, frame)
            yield from things(analysis, node.right, frame)
        case cst.Lambda():
            yield Routine(frame.module, node, frame)
        case cst.List() | cst.Tuple() | cst.Dict() | cst.ListComp():
            yield Container(node, frame)
        case _:
            return


def _name(analysis: Analysis, node: cst.Name, frame: Frame) -> Iterator[Thing]:
    found = False
    for binding, home in analysis.lookup(node.value, node, frame):
        found = True
        yield from bound(analysis, binding, home)
    if not found:
        for binding, home in analysis.members(frame.module, node.value):
            found = True
            yield from bound(analysis, binding, home)
    if not found and node.value not in _CONSTANTS and not frame.module.scopes.module.stars:
        yield Library(node.value)


def bound(analysis: Analysis, binding: Binding, frame: Frame) -> Iterator[Thing]:
    """What a binding makes of its name."""
    match binding.how:
        case How.VALUE if binding.value is not None:
            for thing in things(analysis, binding.value, frame):
                yield from _unpacked(analysis, thing, binding.path)
        case How.ELEMENT if binding.value is not None:
            for element in elements(analysis, binding.value, frame):
                yield from _unpacked(analysis, element, binding.path)
        case How.ENTERED if binding.value is not None:
            yield from _entered(analysis, binding.value, frame)
        case How.IMPORT:
            yield from _imported(analysis, binding, frame)
        case How.PARAMETER if isinstance(binding.node, cst.Param):
            yield from _parameter(analysis, binding.node, frame)
        case How.DEFINITION:
            yield from _definition(analysis, binding.node, frame)
        case _:
            return


def _unpacked(analysis: Analysis, thing: Thing, path: tuple[int | None, ...]) -> Iterator[Thing]:
    if not path:
        yield thing
        return
    step, *rest = path
    for inner in _item(analysis, thing, None if step is None else str(step)):
        yield from _unpacked(analysis, inner, tuple(rest))


def elements(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> Iterator[Thing]:
    """What iterating over an expression gives."""
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Name):
        if node.func.value == "enumerate" and node.args:
            yield from elements(analysis, node.args[0].value, frame)
            return
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
        if node.func.attr.value in ("values", "items") and not node.args:
            for thing in things(analysis, node.func.value, frame):
                yield from _item(analysis, thing, None)
            return
    for thing in things(analysis, node, frame):
        yield from _item(analysis, thing, None)


def _item(analysis: Analysis, thing: Thing, key: str | None) -> Iterator[Thing]:
    """An item of a thing by its key; any item when the key is None."""
    if isinstance(thing, Event):
        step = "*" if key is None or key.lstrip("-").isdigit() else key
        yield Event((*thing.path, step))
    elif isinstance(thing, Container):
        for value in items(thing.node, key):
            yield from things(analysis, value, thing.frame)
    elif isinstance(thing, Instance) and thing.kind.startswith("boto3.") and key is None:
        # Iterating over a collection of a resource gives further resources.
        yield Instance(
            f"{thing.constructor}[]", thing.call, thing.module, thing.frame, thing, thing.service
        )


def items(node: cst.CSTNode, key: str | None) -> Iterator[cst.CSTNode]:
    """The values of a written container that a key may lead to."""
    if isinstance(node, (cst.List, cst.Tuple)):
        values = [element.value for element in node.elements]
        if key is not None and key.lstrip("-").isdigit() and abs(int(key)) <= len(values):
            values = values[int(key) :][:1]
        yield from values
    elif isinstance(node, cst.Dict):
        pairs = [e for e in node.elements if isinstance(e, cst.DictElement)]
        exact = [
            e.value
            for e in pairs
            if isinstance(e.key, cst.SimpleString) and e.key.evaluated_value == key
        ]
        yield from exact or [e.value for e in pairs]
    elif isinstance(node, cst.ListComp):
        yield node.elt


def _subscript(analysis: Analysis, node: cst.Subscript, frame: Frame) -> Iterator[Thing]:
    key = None
    if len(node.slice) == 1 and isinstance(node.slice[0].slice, cst.Index):
        key = constant(analysis, node.slice[0].slice.value, frame)
    for thing in things(analysis, node.value, frame):
        yield from _item(analysis, thing, key)


def constant(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> str | None:
    """The one string or whole number an expression is known to be, as text."""
    from lamlint.python.strings import text

    if isinstance(node, cst.Integer):
        return node.value
    if isinstance(node, cst.UnaryOperation) and isinstance(node.expression, cst.Integer):
        return f"-{node.expression.value}"
    return text(analysis, node, frame).literal


def _entered(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> Iterator[Thing]:
    for thing in things(analysis, node, frame):
        if isinstance(thing, Own):
            for method in attribute(analysis, thing, "__enter__"):
                if isinstance(method, Routine):
                    yield from returned(analysis, method, Edge(frame, None, Passing.NOTHING))
        else:
            yield thing


def _imported(analysis: Analysis, binding: Binding, frame: Frame) -> Iterator[Thing]:
    from lamlint.python.names import absolute

    found = analysis.codebase.imported(frame.module, binding)
    if isinstance(found, tuple):
        owner = analysis.codebase.module(found[0])
        if owner is not None:
            yield from member(analysis, owner, found[1])
    elif found is not None:
        yield Namespace(found)
    else:
        name = absolute(frame.module, binding.module)
        if binding.attribute is not None:
            name = f"{name}.{binding.attribute}"
        yield Library(name)


def member(analysis: Analysis, module: Module, name: str) -> Iterator[Thing]:
    """What a name of a module of the codebase may be."""
    found = False
    for binding, home in analysis.members(module, name):
        found = True
        key = (id(binding.node), id(home))
        guard = ("member", *key)
        if guard in analysis.asked:
            continue
        analysis.asked.add(guard)
        try:
            yield from list(bound(analysis, binding, home))
        finally:
            analysis.asked.discard(guard)
    if not found:
        inner = analysis.codebase.module(f"{module.name}.{name}")
        if inner is not None:
            yield Namespace(inner)


def _parameter(analysis: Analysis, parameter: cst.Param, frame: Frame) -> Iterator[Thing]:
    for given in supplied(analysis, frame, parameter):
        yield from given_things(analysis, given)


def given_things(analysis: Analysis, given: Supplied) -> Iterator[Thing]:
    """What a parameter is, by one thing that was given to it."""
    if given.thing is not None:
        yield given.thing
    elif given.node is not None and given.frame is not None and not given.anything:
        if given.element:
            yield from elements(analysis, given.node, given.frame)
        else:
            yield from things(analysis, given.node, given.frame)


def _definition(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> Iterator[Thing]:
    if isinstance(node, cst.ClassDef):
        yield Class(frame.module, node, frame)
    elif isinstance(node, cst.FunctionDef):
        yield from decorated(analysis, Routine(frame.module, node, frame))


def decorated(analysis: Analysis, routine: Routine) -> Things:
    """What the name of a function stands for once its decorators have run."""
    current: Things = (routine,)
    if not isinstance(routine.node, cst.FunctionDef):
        return current
    for decorator in reversed(routine.node.decorators):
        current = tuple(
            dict.fromkeys(
                made
                for inner in current
                for made in _decorate(analysis, decorator, inner, routine.closure)
            )
        )
    return current


def _decorate(
    analysis: Analysis, decorator: cst.Decorator, inner: Thing, frame: Frame
) -> Iterator[Thing]:
    expression = decorator.decorator
    found = False
    for thing in things(analysis, expression, frame):
        if isinstance(thing, Routine) and _is_middleware(analysis, thing):
            found = True
            yield Routine(thing.module, thing.node, thing.closure, leading=(*thing.leading, inner))
        elif isinstance(thing, Routine):
            edge = Edge(frame, expression, Passing.NOTHING, thing.receiver, (*thing.leading, inner))
            for result in returned(analysis, thing, edge):
                if isinstance(result, (Routine, Own, Class)):
                    found = True
                    yield result
        elif isinstance(thing, Class):
            found = True
            yield Own(thing, None, None, (inner,))
        elif isinstance(thing, Own):
            for method in attribute(analysis, thing, "__call__"):
                if isinstance(method, Routine):
                    edge = Edge(frame, expression, Passing.NOTHING, thing, (inner,))
                    for result in returned(analysis, method, edge):
                        found = True
                        yield result
        elif isinstance(inner, Routine) and decorator_name(thing) in CACHES:
            found = True
            yield Routine(
                inner.module, inner.node, inner.closure, inner.receiver, inner.leading, True
            )
    if not found:
        yield inner


def _is_middleware(analysis: Analysis, routine: Routine) -> bool:
    """Whether a function is a middleware of Powertools: called as (handler, event, context)."""
    if not isinstance(routine.node, cst.FunctionDef):
        return False
    return any(
        name in _MIDDLEWARE for name in decorator_names(analysis, routine.node, routine.closure)
    )


def decorator_names(
    analysis: Analysis, node: cst.FunctionDef | cst.ClassDef, frame: Frame
) -> set[str]:
    """The full names of the library decorators of a definition."""
    return {
        name
        for decorator in node.decorators
        for thing in things(analysis, decorator.decorator, frame)
        if (name := decorator_name(thing))
    }


def decorator_name(thing: Thing) -> str:
    """The full name of a library's decorator, called or not."""
    if isinstance(thing, Library):
        return thing.name
    return thing.constructor if isinstance(thing, Instance) else ""


def attribute(analysis: Analysis, base: Thing, name: str) -> Iterator[Thing]:
    """What an attribute of a thing may be."""
    match base:
        case Library():
            inner = analysis.codebase.module(f"{base.name}.{name}") if not base.receiver else None
            if inner is not None:
                yield Namespace(inner)
            else:
                yield Library(f"{base.name}.{name}", base.receiver)
            if base.name == "boto3.resource.meta" or base.name.endswith(".meta"):
                parent = base.receiver
                if name == "client" and parent is not None:
                    yield Instance(
                        "boto3.resource.meta.client",
                        parent.call,
                        parent.module,
                        parent.frame,
                        parent,
                        parent.service,
                    )
        case Namespace():
            yield from member(analysis, base.module, name)
        case Instance():
            yield Library(f"{base.kind}.{name}", base)
        case Event():
            yield Event((*base.path, name))
        case Context() if not base.name:
            yield Context(name)
        case Own():
            yield from _own_attribute(analysis, base.of, base, name)
        case Class():
            yield from _class_attribute(analysis, base, name)
        case Super():
            for parent_class in bases(analysis, base.of):
                yield from _own_attribute(analysis, parent_class, base.receiver, name)
        case _:
            pass


def bases(analysis: Analysis, of: Class) -> Iterator[Class]:
    """The base classes of a class that are part of the codebase."""
    for base in of.node.bases:
        for thing in things(analysis, base.value, of.closure):
            if isinstance(thing, Class):
                yield thing


def lineage(analysis: Analysis, of: Class) -> list[Class]:
    """A class and its bases, nearest first, as far as they are part of the codebase."""
    found = [of]
    for current in found:
        for base in bases(analysis, current):
            if base not in found and len(found) < _MOST:
                found.append(base)
    return found


def _own_attribute(analysis: Analysis, of: Class, receiver: Thing, name: str) -> Iterator[Thing]:
    if name == "__class__":
        yield of
        return
    found = False
    for value, home, path in assigned(analysis, of, receiver, name):
        found = True
        for thing in things(analysis, value, home):
            yield from _unpacked(analysis, thing, path)
    for thing in _class_attribute(analysis, of, name, receiver):
        found = True
        yield thing
    if not found and isinstance(receiver, Own):
        yield from _field(analysis, receiver, name)


def _field(analysis: Analysis, receiver: Own, name: str) -> Iterator[Thing]:
    given = field_argument(receiver, name)
    if given is not None and receiver.frame is not None:
        yield from things(analysis, given, receiver.frame)


def field_argument(receiver: Own, name: str) -> cst.BaseExpression | None:
    """What the call that built an object gives to a field, as a dataclass takes it."""
    if receiver.call is None:
        return None
    fields = [
        item.target.value
        for line in receiver.of.node.body.body
        if isinstance(line, cst.SimpleStatementLine)
        for item in line.body
        if isinstance(item, cst.AnnAssign) and isinstance(item.target, cst.Name)
    ]
    if name not in fields:
        return None
    return argument(receiver.call, fields.index(name), name)


def _class_attribute(
    analysis: Analysis, of: Class, name: str, receiver: Thing | None = None
) -> Iterator[Thing]:
    for current in lineage(analysis, of):
        scope = current.module.scopes.own(current.node)
        bindings = scope.bindings.get(name, ())
        for binding in bindings:
            for thing in bound(analysis, binding, current.closure):
                if isinstance(thing, Routine) and binding.how is How.DEFINITION:
                    yield from _method(analysis, thing, current, receiver, binding)
                else:
                    yield thing
        if bindings:
            return


def _method(
    analysis: Analysis, routine: Routine, of: Class, receiver: Thing | None, binding: Binding
) -> Iterator[Thing]:
    """A function of a class as an attribute: bound to its object, its class or nothing."""
    node = binding.node
    names = (
        decorator_names(analysis, node, of.closure) if isinstance(node, cst.FunctionDef) else set()
    )
    bound_to: Thing | None = receiver
    if "staticmethod" in names:
        bound_to = None
    elif "classmethod" in names:
        bound_to = receiver.of if isinstance(receiver, Own) else of
    method = Routine(
        routine.module, routine.node, routine.closure, bound_to, routine.leading, routine.cached
    )
    if receiver is not None and names & PROPERTIES:
        yield from returned(analysis, method, Edge(None, node, Passing.NOTHING, bound_to))
    else:
        yield method


def property_of(analysis: Analysis, owner: Own, name: str) -> Routine | None:
    """The function behind a property of an object; None when the attribute is none."""
    for current in lineage(analysis, owner.of):
        for binding in current.module.scopes.own(current.node).bindings.get(name, ()):
            node = binding.node
            if not isinstance(node, cst.FunctionDef):
                return None
            names = decorator_names(analysis, node, current.closure)
            if names & PROPERTIES:
                return Routine(
                    current.module, node, current.closure, owner, cached=bool(names & CACHES)
                )
            return None
    return None


def assigned(
    analysis: Analysis, of: Class, receiver: Thing, name: str
) -> Iterator[tuple[cst.BaseExpression, Frame, tuple[int | None, ...]]]:
    """Where methods of a class set an attribute of their object: the value and its frame."""
    for current in lineage(analysis, of):
        for function, value, path in _settings(current).get(name, ()):
            yield value, _method_frame(analysis, current, function, receiver), path


def _method_frame(
    analysis: Analysis, of: Class, function: cst.FunctionDef, receiver: Thing
) -> Frame:
    """The frame to read a method's assignments in: for the constructor, the call that built it."""
    name = function.name.value
    if name == "__init__" and isinstance(receiver, Own) and (receiver.call or receiver.leading):
        edge = Edge(
            receiver.frame,
            receiver.call,
            Passing.CALL if receiver.call else Passing.NOTHING,
            receiver,
            receiver.leading,
        )
        frame = analysis.inline(of.module, function, of.closure, edge)
        if frame is not None:
            return frame
    return analysis.static(of.module, function)


def _settings(of: Class) -> dict[str, list[Setting]]:
    """The assignments to attributes of the first parameter in a class's methods, by name."""
    known = of.module.syntax.settings.get(id(of.node))
    if known is None:
        known = of.module.syntax.settings[id(of.node)] = {}
        for line in of.node.body.body:
            if isinstance(line, cst.FunctionDef):
                for attr, setting in _settings_in(of.module, line):
                    known.setdefault(attr, []).append(setting)
    return known


def _settings_in(module: Module, function: cst.FunctionDef) -> Iterator[tuple[str, Setting]]:
    first = next(iter(positional(function)), None)
    if first is None:
        return
    for node in inside(module, function):
        if type(node) is cst.Assign:
            targets = [target.target for target in node.targets]
        elif type(node) is cst.AnnAssign:
            targets = [node.target]
        else:
            continue
        for target in targets:
            for attr, path in _attributes(target, first.name.value, ()):
                if node.value is not None:
                    yield attr, (function, node.value, path)


def _attributes(
    target: cst.CSTNode, owner: str, path: tuple[int | None, ...]
) -> Iterator[tuple[str, tuple[int | None, ...]]]:
    if isinstance(target, cst.Attribute):
        if isinstance(target.value, cst.Name) and target.value.value == owner:
            yield target.attr.value, path
    elif isinstance(target, (cst.Tuple, cst.List)):
        for place, element in enumerate(target.elements):
            yield from _attributes(element.value, owner, (*path, place))


def call(analysis: Analysis, callee: Thing, node: cst.Call, frame: Frame) -> Iterator[Thing]:
    """What calling a thing gives."""
    match callee:
        case Library():
            yield from _library_call(analysis, callee, node, frame)
        case Routine():
            edge = Edge(frame, node, Passing.CALL, callee.receiver, callee.leading)
            yield from returned(analysis, callee, edge)
        case Class():
            yield Own(callee, node, frame)
        case Own():
            for method in attribute(analysis, callee, "__call__"):
                if isinstance(method, Routine):
                    edge = Edge(frame, node, Passing.CALL, callee, method.leading)
                    yield from returned(analysis, method, edge)
        case Event():
            yield from _event_call(analysis, callee, node, frame)
        case Context():
            yield callee
        case _:
            pass


def _event_call(analysis: Analysis, callee: Event, node: cst.Call, frame: Frame) -> Iterator[Thing]:
    """What a method of a field of the event gives: `get` leads deeper, others stay there."""
    base = Event(callee.path[:-1])
    first = argument(node, 0)
    if callee.path[-1:] in (("get",), ("pop",)) and first is not None:
        yield from _item(analysis, base, constant(analysis, first, frame))
    else:
        yield base


def _library_call(
    analysis: Analysis, callee: Library, node: cst.Call, frame: Frame
) -> Iterator[Thing]:
    first = argument(node, 0)
    name = callee.name
    if name == "super":
        yield from _super(analysis, frame)
        return
    if name in ("functools.partial", "functools.partialmethod") and first is not None:
        for thing in things(analysis, first, frame):
            if isinstance(thing, Routine):
                yield _partial(analysis, thing, node, frame)
            else:
                yield thing
        return
    if name == "type" and first is not None and len(node.args) == 1:
        for thing in things(analysis, first, frame):
            if isinstance(thing, Own):
                yield thing.of
        return
    if name == "getattr" and first is not None and len(node.args) > 1:
        key = constant(analysis, node.args[1].value, frame)
        for thing in things(analysis, first, frame):
            if key is not None:
                yield from attribute(analysis, thing, key)
        return
    if name in _SAME and first is not None:
        last = node.args[1].value if name == "typing.cast" and len(node.args) > 1 else first
        decoded = name.endswith(".loads")
        for thing in things(analysis, last, frame):
            if not decoded:
                yield thing
            elif isinstance(thing, Event):
                yield Event((*thing.path, "$json"))
        return
    if name.startswith(_EVENT_CLASSES) and first is not None:
        yield from (t for t in things(analysis, first, frame) if isinstance(t, Event))
    yield Instance(
        name,
        node,
        frame.module,
        frame,
        callee.receiver,
        _service(analysis, callee, node, frame),
    )
    wrapped = _wrapped(analysis, node, frame, name)
    if wrapped is not None:
        yield wrapped


def _wrapped(analysis: Analysis, node: cst.Call, frame: Frame, name: str) -> Thing | None:
    """A function that a library's decorator was given by a plain call: `lru_cache(make)`."""
    first = argument(node, 0)
    if first is None or name not in CACHES:
        return None
    for thing in things(analysis, first, frame):
        if isinstance(thing, Routine):
            return Routine(
                thing.module, thing.node, thing.closure, thing.receiver, thing.leading, True
            )
    return None


def _partial(analysis: Analysis, thing: Routine, node: cst.Call, frame: Frame) -> Routine:
    leading: list[Thing] = []
    for given in node.args[1:]:
        if given.star or given.keyword is not None:
            break
        known = things(analysis, given.value, frame)
        leading.append(known[0] if known else Container(given.value, frame))
    return Routine(
        thing.module,
        thing.node,
        thing.closure,
        thing.receiver,
        (*thing.leading, *leading),
        thing.cached,
    )


def _super(analysis: Analysis, frame: Frame) -> Iterator[Thing]:
    node = frame.node
    if not isinstance(node, cst.FunctionDef):
        return
    owner = frame.module.enclosing_class(node)
    first = next(iter(positional(node)), None)
    if owner is None or first is None:
        return
    of = Class(frame.module, owner, frame.closure or frame)
    receivers = list(_parameter(analysis, first, frame))
    for receiver in receivers or [Own(of, None, None)]:
        yield Super(of, receiver)


def _service(analysis: Analysis, callee: Library, node: cst.Call, frame: Frame) -> str | None:
    root, _, last = callee.name.rpartition(".")
    made_by_session = callee.receiver is not None and "ession" in callee.receiver.constructor
    if last in SDK_CONSTRUCTORS and (root == "boto3" or made_by_session):
        given = argument(node, 0, "service_name")
        return None if given is None else constant(analysis, given, frame)
    return callee.receiver.service if callee.receiver is not None else None


def returned(analysis: Analysis, routine: Routine, edge: Edge) -> Things:
    """What one call of a function gives: what it returns, or yields as a context manager."""
    from lamlint.python.body import results

    if edge.receiver is None and routine.receiver is not None:
        edge = Edge(edge.caller, edge.site, edge.passing, routine.receiver, edge.leading)
    frame = analysis.inline(routine.module, routine.node, routine.closure, edge)
    if frame is None:
        return ()
    return tuple(
        dict.fromkeys(
            thing
            for value in results(routine.module, routine.node)
            for thing in things(analysis, value, frame)
        )
    )
