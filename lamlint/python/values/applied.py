"""How functions are run that only imports run: decorators, hooks of classes, plain calls."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.values.attributes import lineage
from lamlint.python.values.objects import Class, Edge, Frame, Own, Passing, Routine, Thing

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.values.analysis import Analysis

_DEFINITIONS = (cst.FunctionDef, cst.ClassDef)


def applied(analysis: Analysis, module: Module, function: cst.FunctionDef) -> tuple[Frame, ...]:
    """A function as each place runs it that is run at import, by what it is given there."""
    return analysis.ask(
        analysis.known_runs,
        function,
        analysis.module_frame(module),
        lambda: tuple(_applied(analysis, module, function)),
        (),
    )


def _applied(
    analysis: Analysis, module: Module, function: cst.FunctionDef, *, outermost: bool = False
) -> Iterator[Frame]:
    """The same; `outermost` by places alone that are in no function."""
    owner = module.enclosing_class(function)
    if owner is not None:
        yield from _hooked(analysis, module, function, owner)
    names = {function.name.value}
    for ancestor in module.ancestors(function):
        if isinstance(ancestor, _DEFINITIONS):
            names.add(ancestor.name.value)
    for other in (one for one in analysis.imported if one.may_run(names, by_itself=outermost)):
        places = other.syntax.once("applied", partial(_places, other))
        for name in sorted(names & places.keys()):
            for place in places[name]:
                if not outermost or other.enclosing_function(place) is None:
                    yield from _run(analysis, other, place, function)


def subclasses(analysis: Analysis, of: Class) -> Iterator[Class]:
    """The classes of the project that derive from a class, near or far."""
    for module in _with_classes(analysis):
        for node in module.nodes(cst.ClassDef):
            if node.bases and node is not of.node:
                found = Class(module, node, analysis.around(module, node))
                if any(one.node is of.node for one in lineage(analysis, found)):
                    yield found


def _hooked(
    analysis: Analysis, module: Module, function: cst.FunctionDef, owner: cst.ClassDef
) -> Iterator[Frame]:
    """A hook that is run for each class that derives from its own, or is made by it."""
    of = Class(module, owner, analysis.around(module, owner))
    if function.name.value == "__init_subclass__":
        made = iter(analysis.derived(of))
    elif function.name.value == "__init__":
        made = _made_by(analysis, owner)
    else:
        return
    for one in made:
        edge = Edge(None, None, Passing.NOTHING, one)
        frame = analysis.inline(module, function, of.closure, edge)
        if frame is not None:
            yield frame


def _made_by(analysis: Analysis, metaclass: cst.ClassDef) -> Iterator[Class]:
    """The classes of the project that a metaclass makes."""
    if not any(module.mentions("metaclass") for module in analysis.imported):
        return  # far sooner known than what each class derives from
    for module in _with_classes(analysis):
        for node in module.nodes(cst.ClassDef):
            home = analysis.around(module, node)
            for each in lineage(analysis, Class(module, node, home)):
                for given in each.node.keywords:
                    if given.keyword is not None and given.keyword.value == "metaclass":
                        things = analysis.things(given.value, each.closure)
                        if any(isinstance(t, Class) and t.node is metaclass for t in things):
                            yield Class(module, node, home)


def _with_classes(analysis: Analysis) -> Iterator[Module]:
    return (module for module in analysis.imported if module.mentions("class"))


def _places(module: Module) -> dict[str, list[cst.Decorator | cst.Call]]:
    """The decorators and calls of a module by the last name of what they run."""
    found: dict[str, list[cst.Decorator | cst.Call]] = {}
    nodes: list[cst.Decorator | cst.Call] = [*module.nodes(cst.Decorator)]
    nodes += module.nodes(cst.Call)
    for node in nodes:
        run = node.decorator if isinstance(node, cst.Decorator) else node.func
        run = run.func if isinstance(run, cst.Call) else run
        last = run.attr if isinstance(run, cst.Attribute) else run
        if isinstance(last, cst.Name):
            found.setdefault(last.value, []).append(node)
            if isinstance(run, cst.Attribute) and isinstance(run.value, cst.Name):
                found.setdefault(run.value.value, []).append(node)
    return found


def _run(
    analysis: Analysis, module: Module, place: cst.Decorator | cst.Call, function: cst.FunctionDef
) -> Iterator[Frame]:
    """A function as a decorator or call runs it, if it does."""
    run = place.decorator if isinstance(place, cst.Decorator) else place.func
    for around in _around(analysis, module, place):
        for thing in analysis.things(run, around):
            for routine in _called(analysis, thing, place, around):
                if routine.node is function:
                    edge = _edge(module, place, routine, around)
                    frame = analysis.inline(routine.module, function, routine.closure, edge)
                    if frame is not None:
                        yield frame


def _around(analysis: Analysis, module: Module, place: cst.CSTNode) -> Iterator[Frame]:
    """The frames in which a place is run: of a function that modules themselves run, as they do.

    No further: whoever asks who runs those that run it would ask again and again.
    """
    function = module.enclosing_function(place)
    found = () if function is None else _applied(analysis, module, function, outermost=True)
    yield from tuple(found) or [analysis.around(module, place)]


def _called(
    analysis: Analysis, thing: Thing, place: cst.Decorator | cst.Call, around: Frame
) -> Iterator[Routine]:
    """The functions that calling a thing runs."""
    if isinstance(thing, Routine):
        yield thing
    elif isinstance(thing, Own):
        yield from (m for m in analysis.attribute(thing, "__call__") if isinstance(m, Routine))
    elif isinstance(thing, Class):
        made = Own(thing, place if isinstance(place, cst.Call) else None, around)
        yield from (m for m in analysis.attribute(made, "__init__") if isinstance(m, Routine))


def _edge(module: Module, place: cst.Decorator | cst.Call, routine: Routine, around: Frame) -> Edge:
    if isinstance(place, cst.Call):
        return Edge(around, place, Passing.CALL, routine.receiver, routine.leading)
    decorated = module.parent(place)
    inner: tuple[Thing, ...] = ()
    if isinstance(decorated, cst.ClassDef):
        inner = (Class(module, decorated, around),)
    elif isinstance(decorated, cst.FunctionDef):
        inner = (Routine(module, decorated, around),)
    leading = (*routine.leading, *inner)
    return Edge(around, place.decorator, Passing.NOTHING, routine.receiver, leading)
