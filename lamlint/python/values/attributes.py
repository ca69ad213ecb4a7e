"""What an attribute of a thing may be: of modules, library objects, and of classes and objects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lamlint.catalog.frameworks import frameworks
from lamlint.python.module import cst
from lamlint.python.module.running import inside
from lamlint.python.module.scope import Binding, How
from lamlint.python.values import decorators
from lamlint.python.values.arguments import argument
from lamlint.python.values.caches import keeps, makes_property
from lamlint.python.values.containers import first, unpacked
from lamlint.python.values.objects import (
    OWN_ARN,
    OWN_SPLITS,
    REQUEST,
    Class,
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
    Subclasses,
    Super,
    Thing,
)
from lamlint.python.values.set_attributes import Setting, set_by, settings

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis, Things

_MOST = 12
_FIELDS = frozenset({"ib", "attrib"})
"""What attrs makes a field by, where it has no annotation."""
_FACTORIES = frozenset({"default_factory", "factory"})


def attribute(analysis: Analysis, base: Thing, name: str) -> Iterator[Thing]:
    """What an attribute of a thing may be."""
    match base:
        case Library():
            yield _of_library(analysis, base, name)
        case Namespace():
            yield from analysis.member(base.module, name)
        case Instance() if frameworks().holds_request(base.constructor, name):
            yield REQUEST
        case Instance():
            yield Library(f"{base.kind}.{name}", base)
        case Event():
            yield Event((*base.path, name))
        case Context() if not base.name:
            yield Context(name)
        case Context(name=known) if known == OWN_ARN and f"{known}.{name}" in OWN_SPLITS:
            yield Context(f"{known}.{name}")
        case Own():
            yield from _own_attribute(analysis, base.of, base, name)
        case Class():
            yield from _class_attribute(analysis, base, name)
            if name == "__subclasses__":
                yield Subclasses(base)
        case Super():
            for parent_class in bases(analysis, base.of):
                yield from _own_attribute(analysis, parent_class, base.receiver, name)
        case _:
            pass


def _of_library(analysis: Analysis, base: Library, name: str) -> Thing:
    made = base.receiver
    if name == "client" and base.name.endswith(".meta") and made is not None:
        # The client behind a resource.
        constructor = "boto3.resource.meta.client"
        return Instance(constructor, made.call, made.module, made.frame, made, made.service)
    inner = analysis.codebase.module(f"{base.name}.{name}") if made is None else None
    return of_module(f"{base.name}.{name}", made) if inner is None else Namespace(inner)


def of_module(name: str, made: Instance | None = None) -> Thing:
    """What a library has under a full name: the request that is served, or an object of its own."""
    return REQUEST if made is None and name in frameworks().requests else Library(name, made)


def bases(analysis: Analysis, of: Class) -> Iterator[Class]:
    """The base classes of a class that are part of the codebase."""
    for base in of.node.bases:
        for thing in analysis.things(without_arguments(base.value), of.closure):
            if isinstance(thing, Class):
                yield thing


def without_arguments(base: cst.BaseExpression) -> cst.BaseExpression:
    """A class without what it is told of types: `Command` of `Command[Order]`."""
    return base.value if isinstance(base, cst.Subscript) else base


def lineage(analysis: Analysis, of: Class) -> list[Class]:
    """A class and its bases, nearest first, as far as they are part of the codebase."""
    found = [of]
    for current in found:
        for base in bases(analysis, current):
            if base not in found and len(found) < _MOST:
                found.append(base)
    return found


def library_bases(analysis: Analysis, of: Class) -> list[str]:
    """The full names of the libraries' classes that a class comes from."""
    return [
        thing.name
        for current in lineage(analysis, of)
        for base in current.node.bases
        for thing in analysis.things(without_arguments(base.value), current.closure)
        if isinstance(thing, Library)
    ]


def _own_attribute(analysis: Analysis, of: Class, receiver: Thing, name: str) -> Iterator[Thing]:
    if name == "__class__":
        yield of
        return
    found = False
    for current in lineage(analysis, of):
        made, of_all = set_by(current, name)
        found = found or bool(made or of_all)
        for setting in made:
            homes = own_frames(analysis, current, setting[0], receiver)
            for home in homes:
                yield from unpacked(analysis, analysis.things(setting[1], home), setting[2])
            if not homes:
                of_all = (*of_all, setting)
        if of_all:
            yield from _set_on_all(analysis, current, name, of_all)
    if not found and isinstance(receiver, Own) and receiver.frame is not None:
        given = field_argument(analysis, receiver, name)
        things = () if given is None else analysis.things(given, receiver.frame)
        if things:
            yield from things
            return
    yield from _class_attribute(analysis, of, name, receiver)


def _set_on_all(analysis: Analysis, of: Class, name: str, found: Sequence[Setting]) -> Things:
    """What methods set an attribute to, whichever object they run on: one question for all.

    Methods that each say `self.x = self.x or …` all lead to each other.
    """
    question = analysis.asking(of, name, len(found))

    def things() -> Iterator[Thing]:
        for function, value, path in found:
            home = analysis.static(of.module, function)
            yield from unpacked(analysis, analysis.things(value, home), path)

    return analysis.ask_apart(
        analysis.known_attributes, question, question, lambda: tuple(first(things())), ()
    )


def field_argument(analysis: Analysis, receiver: Own, name: str) -> cst.BaseExpression | None:
    """What the call that built an object gives to a field, as a dataclass takes it."""
    if receiver.call is None or receiver.leading:
        return None  # what it is given ahead is in no call that is written
    declared = (_declared(of) for of in reversed(lineage(analysis, receiver.of)))
    fields = list(dict.fromkeys(field for own in declared for field in own))
    if name not in fields:
        return None
    return argument(receiver.call, fields.index(name), name)


def _declared(of: Class) -> tuple[str, ...]:
    """The fields that the body of a class declares, in their order."""
    lines = (line for line in of.node.body.body if isinstance(line, cst.SimpleStatementLine))
    return of.module.syntax.once(
        ("fields", id(of.node)),
        lambda: tuple(
            name for line in lines for item in line.body for name in _declared_field(item)
        ),
    )


def _declared_field(node: cst.CSTNode) -> Iterator[str]:
    """The field that a statement of a class declares: `name: str`, or attrs' `name = attr.ib()`."""
    match node:
        case cst.AnnAssign(target=cst.Name(name)):
            yield name
        case cst.Assign(
            targets=[cst.AssignTarget(cst.Name(name))],
            value=cst.Call(func=cst.Attribute(attr=cst.Name(maker)) | cst.Name(maker)),
        ) if maker in _FIELDS:
            yield name


def is_declared(analysis: Analysis, of: Class, name: str) -> bool:
    """Whether the body of a class, or of one that it derives from, gives a name a meaning."""
    return any(
        name in current.module.scopes.own(current.node).bindings
        for current in lineage(analysis, of)
    )


def factories(analysis: Analysis, receiver: Own) -> Iterator[Thing]:
    """What is called for the fields that the call which built an object leaves to themselves.

    `field(default_factory=…)` of dataclasses and pydantic, `factory=…` of attrs.
    """
    for current in lineage(analysis, receiver.of):
        for line in current.node.body.body:
            for item in line.body if isinstance(line, cst.SimpleStatementLine) else ():
                if not isinstance(item, cst.AnnAssign) or not isinstance(item.value, cst.Call):
                    continue
                name = item.target.value if isinstance(item.target, cst.Name) else ""
                if field_argument(analysis, receiver, name) is not None:
                    continue
                for given in item.value.args:
                    if given.keyword is not None and given.keyword.value in _FACTORIES:
                        yield from analysis.things(given.value, current.closure)


def _class_attribute(
    analysis: Analysis, of: Class, name: str, receiver: Thing | None = None
) -> Iterator[Thing]:
    for current in lineage(analysis, of):
        scope = current.module.scopes.own(current.node)
        bindings = scope.bindings.get(name, ())
        for binding in bindings:
            for thing in analysis.bound(binding, current.closure):
                if isinstance(thing, Routine) and binding.how is How.DEFINITION:
                    asked = receiver.of if isinstance(receiver, Own) else of
                    yield from _method(analysis, thing, current, asked, receiver, binding)
                else:
                    yield thing
        if bindings:
            return


def _method(
    analysis: Analysis,
    routine: Routine,
    of: Class,
    asked: Class,
    receiver: Thing | None,
    binding: Binding,
) -> Iterator[Thing]:
    """A function of a class as an attribute: bound to its object, to the class that is asked
    for it, or to nothing.
    """
    node = binding.node
    names = (
        decorators.decorator_names(analysis, node, of.closure)
        if isinstance(node, cst.FunctionDef)
        else set()
    )
    bound_to: Thing | None = receiver
    if "staticmethod" in names:
        bound_to = None
    elif "classmethod" in names:
        bound_to = asked
    method = Routine(
        routine.module, routine.node, routine.closure, bound_to, routine.leading, routine.cached
    )
    if receiver is not None and any(map(makes_property, names)):
        yield from analysis.returned(method, Edge(None, node, Passing.NOTHING, bound_to))
    else:
        yield method


def property_of(analysis: Analysis, owner: Own, name: str) -> Routine | None:
    """The function behind a property of an object; None when the attribute is none."""
    for current in lineage(analysis, owner.of):
        for binding in current.module.scopes.own(current.node).bindings.get(name, ()):
            node = binding.node
            if not isinstance(node, cst.FunctionDef):
                return None
            names = decorators.decorator_names(analysis, node, current.closure)
            if any(map(makes_property, names)):
                return Routine(
                    current.module, node, current.closure, owner, cached=any(map(keeps, names))
                )
            return None
    return None


def assigned(
    analysis: Analysis, of: Class, receiver: Thing, name: str
) -> Iterator[tuple[cst.BaseExpression, Frame, tuple[int | None, ...]]]:
    """Where methods of a class set an attribute of their object: the value and its frame."""
    for current in lineage(analysis, of):
        for function, value, path in settings(current).get(name, ()):
            for home in _method_frames(analysis, current, function, receiver):
                yield value, home, path


def _method_frames(
    analysis: Analysis, of: Class, function: cst.FunctionDef, receiver: Thing
) -> list[Frame]:
    """The frames to read a method's assignments in: for a constructor, the calls of it."""
    own = own_frames(analysis, of, function, receiver)
    return own or [analysis.static(of.module, function)]


def own_frames(
    analysis: Analysis, of: Class, function: cst.FunctionDef, receiver: Thing
) -> list[Frame]:
    """The frames of the calls of a constructor that make an object; none of other methods."""
    if function.name.value == "__init__" and isinstance(receiver, Own):
        if receiver.call or receiver.leading:
            return _constructed(analysis, of, function, receiver)
    return []


def _constructed(
    analysis: Analysis, of: Class, function: cst.FunctionDef, receiver: Own
) -> list[Frame]:
    """The constructor of a class, or of a base that it calls, as one object is built by it."""
    nearer = [each for each in lineage(analysis, receiver.of) if _constructor(each) is not None]
    place = next((at for at, each in enumerate(nearer) if each.node is of.node), 0)
    if place == 0:
        passing = Passing.CALL if receiver.call else Passing.NOTHING
        edge = Edge(receiver.frame, receiver.call, passing, receiver, receiver.leading)
        frame = analysis.inline(of.module, function, of.closure, edge)
        return [] if frame is None else [frame]
    return [
        frame
        for each in nearer[:place]
        for outer in _constructed(analysis, each, _constructor(each) or function, receiver)
        for frame in _called_from(analysis, outer, function)
    ]


def _called_from(analysis: Analysis, outer: Frame, function: cst.FunctionDef) -> Iterator[Frame]:
    """A base's constructor as that of a derived class calls it: `super().__init__(…)`."""
    for node in inside(outer.module, outer.node):
        if not isinstance(node, cst.Call) or not isinstance(node.func, cst.Attribute):
            continue
        if node.func.attr.value == "__init__":
            for callee in analysis.things(node.func, outer):
                if isinstance(callee, Routine) and callee.node is function:
                    edge = Edge(outer, node, Passing.CALL, callee.receiver, callee.leading)
                    frame = analysis.inline(callee.module, function, callee.closure, edge)
                    if frame is not None:
                        yield frame


def _constructor(of: Class) -> cst.FunctionDef | None:
    """The `__init__` that a class itself defines."""
    for binding in of.module.scopes.own(of.node).bindings.get("__init__", ()):
        if isinstance(binding.node, cst.FunctionDef):
            return binding.node
    return None
