"""What an expression holds that a framework may call: functions, classes, objects, applications."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.catalog.frameworks import View, frameworks
from lamlint.python.module import cst
from lamlint.python.values.attributes import library_bases, lineage
from lamlint.python.values.objects import Class, Container, Instance, Library, Own, Routine, Thing

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Frame

_DEEPEST = 5
MIDDLEWARE = ("__call__", "dispatch")
_DECORATED = "decorated"


def held(
    analysis: Analysis,
    node: cst.BaseExpression,
    frame: Frame,
    methods: tuple[str, ...] = MIDDLEWARE,
    depth: int = 0,
) -> Iterator[Thing]:
    """The functions, objects and applications in a value, and in what it was made with.

    Of classes only those of which a framework calls `methods`, or those that it calls of any
    such class: a model of a response is none.
    """
    if depth > _DEEPEST:
        return
    things = analysis.things(node, frame)
    for thing in things:
        match thing:
            case Routine():
                yield thing
            case Own():
                yield as_application(analysis, thing) or thing
            case Class():
                if called(analysis, thing, methods):
                    yield thing
            case Container():
                for element in _elements(thing.node):
                    yield from held(analysis, element, thing.frame, methods, depth + 1)
            case Library(receiver=made):
                owner = application_of(made)  # `router.urls`
                yield from [] if owner is None else [owner]
            case Instance():
                yield from _made(analysis, thing, methods, depth)
            case _:
                pass
    if not things and isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
        # A method that a class has from its library: `Items.as_view("items")`.
        yield from held(analysis, node.func.value, frame, methods, depth + 1)


def _made(
    analysis: Analysis, made: Instance, methods: tuple[str, ...], depth: int
) -> Iterator[Thing]:
    """An application; what anything else that a library made was given."""
    application = application_of(made)
    if application is not None:
        yield application
        return
    provides = made.constructor in frameworks().providers
    for argument in made.call.args:
        if provides:
            yield from (t for t in analysis.things(argument.value, made.frame) if _runs(t))
        else:
            yield from held(analysis, argument.value, made.frame, methods, depth + 1)


def as_application(analysis: Analysis, own: Own) -> Instance | None:
    """The application that an object of the code is, by the class that its class comes from."""
    if own.call is None or own.frame is None:
        return None
    for name in library_bases(analysis, own.of):
        if frameworks().application(name) is not None:
            return Instance(name, own.call, own.frame.module, own.frame)
    return None


def application_of(made: Instance | None) -> Instance | None:
    """The application that something is, or is made by: `app` of `app.get("/")`."""
    found = None
    while made is not None:
        if frameworks().application(made.constructor) is not None:
            found = made
        made = made.parent
    return found


def _runs(thing: Thing) -> bool:
    return isinstance(thing, (Routine, Class, Own))


def _elements(node: cst.CSTNode) -> Iterator[cst.BaseExpression]:
    if isinstance(node, (cst.List, cst.Tuple, cst.Set, cst.Dict)):
        yield from (element.value for element in node.elements)
    elif isinstance(node, cst.ListComp):
        yield node.elt


def view(analysis: Analysis, of: Class) -> View | None:
    """What a framework calls of a class, by the libraries' classes that it comes from."""
    names = library_bases(analysis, of)
    return frameworks().view(names) if names else None


def called(analysis: Analysis, of: Class, methods: tuple[str, ...]) -> tuple[str, ...]:
    """The methods of a class that are called, of those that may be."""
    row = view(analysis, of)
    patterns = row.methods if row is not None else methods
    found: dict[str, None] = {}
    for current in lineage(analysis, of):
        for line in current.node.body.body:
            if isinstance(line, cst.FunctionDef) and _fits(line, patterns):
                found[line.name.value] = None
    return tuple(found)


def _fits(method: cst.FunctionDef, patterns: tuple[str, ...]) -> bool:
    if _DECORATED in patterns and method.decorators:
        return True
    return any(_is_named(method.name.value, pattern) for pattern in patterns)


def _is_named(name: str, pattern: str) -> bool:
    """Whether a method has a name, or one that begins so: `resolve_*`."""
    return name.startswith(pattern[:-1]) if pattern.endswith("*") else name == pattern
