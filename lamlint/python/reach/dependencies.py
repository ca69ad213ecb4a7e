"""What a framework gives to the parameters of a function: `s3: Annotated[S3, Depends(get_s3)]`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lamlint.catalog.frameworks import frameworks
from lamlint.python.module import cst
from lamlint.python.module.running import results
from lamlint.python.module.scope import positional
from lamlint.python.values.leads import of_attribute, of_name
from lamlint.python.values.objects import (
    REQUEST,
    Class,
    Edge,
    Frame,
    Instance,
    Library,
    Own,
    Passing,
    Routine,
    Supplied,
    Thing,
)
from lamlint.python.values.origins import depends_on_invocation
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis

_ANNOTATED = frozenset({"typing.Annotated", "typing_extensions.Annotated"})
_DEEPEST = 6
Provided = tuple[tuple[str, "Thing | None"], ...]


@dataclass(frozen=True, slots=True)
class Dependency:
    """What a parameter, or an attribute of a class, is given the result of, at its place."""

    name: str
    thing: Thing
    site: cst.CSTNode
    call: cst.Call


def dependencies(analysis: Analysis, routine: Routine) -> Iterator[Dependency]:
    """The functions and classes whose results a framework gives to a function."""
    node, home = routine.node, routine.closure
    for parameter in (*positional(node), *node.params.kwonly_params):
        written = parameter.annotation.annotation if parameter.annotation is not None else None
        found = list(_providers(analysis, parameter.default, home)) if parameter.default else []
        kind = written
        if written is not None:
            for subscript, at in _annotated(analysis, written, home):
                kind = _slice(subscript, 0) or kind
                for place in range(1, len(subscript.slice)):
                    extra = _slice(subscript, place)
                    if extra is not None:
                        found += _providers(analysis, extra, at)
        for made in found:
            for thing in _provided_by(analysis, made, kind, home):
                yield Dependency(parameter.name.value, thing, parameter, made.call)


def of_class(analysis: Analysis, of: Class) -> Iterator[Dependency]:
    """What a framework gives to the attributes of a class: `s3 = Depends(get_s3)`."""
    for line in of.node.body.body:
        for item in line.body if isinstance(line, cst.SimpleStatementLine) else ():
            if isinstance(item, (cst.Assign, cst.AnnAssign)) and item.value is not None:
                for made in _providers(analysis, item.value, of.closure):
                    for thing in _provided_by(analysis, made, None, of.closure):
                        yield Dependency("", thing, item, made.call)


def _providers(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> Iterator[Instance]:
    for thing in analysis.things(node, frame):
        if isinstance(thing, Instance) and thing.constructor in frameworks().providers:
            yield thing


def _provided_by(
    analysis: Analysis, made: Instance, kind: cst.CSTNode | None, home: Frame
) -> Iterator[Thing]:
    """What `Depends(f)` calls; `Depends()` what the parameter is said to be."""
    given = [one for one in made.call.args if one.keyword is None]
    given += [one for one in made.call.args if one.keyword and one.keyword.value == "dependency"]
    expression, frame = (given[0].value, made.frame) if given else (kind, home)
    for thing in analysis.things(expression, frame) if expression is not None else ():
        if isinstance(thing, (Routine, Class, Own)):
            yield thing


def _annotated(
    analysis: Analysis, node: cst.CSTNode, frame: Frame, depth: int = 0
) -> Iterator[tuple[cst.Subscript, Frame]]:
    """The `Annotated[…]` that an annotation is, or is a name for."""
    if isinstance(node, cst.Subscript):
        named = analysis.things(node.value, frame)
        if any(isinstance(one, Library) and one.name in _ANNOTATED for one in named):
            yield node, frame
        return
    leads: Iterable[Supplied] = ()
    if isinstance(node, cst.Name):
        leads = of_name(analysis, node, frame)
    elif isinstance(node, cst.Attribute):
        leads = of_attribute(analysis, node, frame)
    for lead in leads if depth < _DEEPEST else ():
        if lead.node is not None and lead.frame is not None:
            yield from _annotated(analysis, lead.node, lead.frame, depth + 1)


def _slice(node: cst.Subscript, place: int) -> cst.BaseExpression | None:
    if place >= len(node.slice):
        return None
    inner = node.slice[place].slice
    return inner.value if isinstance(inner, cst.Index) else None


def provided(analysis: Analysis, routine: Routine, frame: Frame, depth: int = 0) -> Provided:
    """What a function gets by name from its dependencies, as it is run in a frame."""
    if depth > _DEEPEST:
        return ()
    return tuple(
        dict.fromkeys(
            (each.name, thing)
            for each in dependencies(analysis, routine)
            for thing in (*_values(analysis, each, frame, depth),) or (None,)
        )
    )


def _values(
    analysis: Analysis, dependency: Dependency, frame: Frame, depth: int
) -> Iterator[Thing]:
    match dependency.thing:
        case Class() as of:
            yield made_by(analysis, of, dependency.call, frame, depth)
        case Routine() as routine:
            yield from _returned(analysis, routine, frame, depth)
        case Own() as own:
            for method in analysis.attribute(own, "__call__"):
                if isinstance(method, Routine):
                    yield from _returned(analysis, method, frame, depth)
        case _:
            return


def made_by(analysis: Analysis, of: Class, call: cst.Call, frame: Frame, depth: int = 0) -> Own:
    """The object that a framework makes of a class for one request."""
    bare = Own(of, call, frame, (REQUEST,))
    for method in analysis.attribute(bare, "__init__"):
        if isinstance(method, Routine):
            given = dict(provided(analysis, method, frame, depth + 1))
            ahead = [given.get(one.name.value) or REQUEST for one in positional(method.node)[1:]]
            return Own(of, call, frame, tuple(ahead) or (REQUEST,))
    return bare


def _returned(analysis: Analysis, routine: Routine, frame: Frame, depth: int) -> Iterator[Thing]:
    """What a dependency gives; the request, too, where it is made of that."""
    edge = Edge(
        frame,
        routine.node,
        Passing.REQUEST,
        routine.receiver,
        routine.leading,
        provided=provided(analysis, routine, frame, depth + 1),
    )
    yield from analysis.returned(routine, edge)
    inner = analysis.inline(routine.module, routine.node, routine.closure, edge)
    if inner is None:
        yield REQUEST
        return
    for value in results(routine.module, routine.node):
        if depends_on_invocation(analysis, value, inner):
            yield REQUEST
            return
