"""What a parameter gets from the calls that lead to its function."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import positional
from lamlint.python.values.containers import elements, is_text
from lamlint.python.values.objects import (
    REQUEST,
    Class,
    Container,
    Edge,
    Frame,
    Group,
    Held,
    Instance,
    Own,
    Passing,
    Supplied,
    Thing,
)

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis


def supplied(analysis: Analysis, frame: Frame, parameter: cst.Param) -> list[Supplied]:
    """All that the calls into a frame give to one of its parameters, its default included."""
    function = frame.node
    if not isinstance(function, (cst.FunctionDef, cst.Lambda)):
        return []
    found: list[Supplied] = []
    edges = analysis.ways_into(frame)
    for edge in edges:
        given = list(from_edge(analysis, edge, function, parameter))
        found.extend(given)
        if not given and parameter.default is not None and frame.closure is not None:
            found.append(Supplied(parameter.default, frame.closure))
    if not edges and parameter.default is not None and frame.closure is not None:
        found.append(Supplied(parameter.default, frame.closure))
    return found


def from_edge(
    analysis: Analysis,
    edge: Edge,
    function: cst.FunctionDef | cst.Lambda,
    parameter: cst.Param,
) -> Iterator[Supplied]:
    """What one way into a function gives to one of its parameters."""
    places = positional(function)
    ahead = ([edge.receiver] if edge.receiver is not None else []) + list(edge.leading)
    if parameter is function.params.star_arg:
        for thing in [*ahead[len(places) :], *edge.star]:
            yield Supplied(thing=thing)
        place: int | None = None
    else:
        place = places.index(parameter) if parameter in places else None
        if place is not None and place < len(ahead):
            yield Supplied(thing=ahead[place])
            return
    if edge.passing is Passing.REQUEST:
        named = [thing for name, thing in edge.provided if name == parameter.name.value]
        yield from (Supplied(thing=one, anything=one is None) for one in named or [REQUEST])
        return
    if edge.caller is None or not isinstance(edge.site, cst.Call):
        return
    rest = None if place is None else place - len(ahead)
    more = max(0, len(places) - len(ahead))
    yield from _from_call(analysis, edge, edge.site, edge.caller, function, parameter, rest, more)


def _from_call(
    analysis: Analysis,
    edge: Edge,
    call: cst.Call,
    caller: Frame,
    function: cst.FunctionDef | cst.Lambda,
    parameter: cst.Param,
    place: int | None,
    more: int,
) -> Iterator[Supplied]:
    match edge.passing:
        case Passing.CALL:
            yield from _written(analysis, call.args, caller, function, parameter, place, more)
        case Passing.SHIFTED:
            yield from _written(analysis, call.args[1:], caller, function, parameter, place, more)
        case Passing.ELEMENTS:
            args = call.args[1:]
            for given in _written(analysis, args, caller, function, parameter, place, more):
                yield Supplied(
                    given.node, given.frame, element=not given.anything, anything=given.anything
                )
        case Passing.THREAD:
            yield from _thread(call, caller, parameter, place)
        case Passing.ANY:
            for argument in call.args:
                yield Supplied(argument.value, caller, anything=True)
            yield Supplied(call.func, caller, anything=True)
        case Passing.NOTHING | Passing.REQUEST:
            return


def _written(
    analysis: Analysis,
    arguments: Sequence[cst.Arg],
    caller: Frame,
    function: cst.FunctionDef | cst.Lambda,
    parameter: cst.Param,
    place: int | None,
    more: int,
) -> Iterator[Supplied]:
    """What written arguments give to a parameter at a place (None: by keyword only).

    From the place `more` on they are given to `*args`.
    """
    count = 0
    starred = False
    given: list[cst.Arg] = list(arguments)
    is_star = parameter is function.params.star_arg
    is_double_star = parameter is function.params.star_kwarg
    names = {p.name.value for p in [*positional(function), *function.params.kwonly_params]}
    for argument in given:
        if argument.star == "*":
            handed = None if starred else _handed_on(analysis, caller, argument.value, place, count)
            starred = True
            if handed is not None:
                yield from handed
            elif place is not None or is_star:
                held = Held(spread=True) if is_star else None
                yield Supplied(argument.value, caller, anything=True, held=held)
        elif argument.star == "**":
            if not is_star:
                held = Held(spread=True) if is_double_star else None
                yield Supplied(argument.value, caller, anything=True, held=held)
        elif argument.keyword is not None:
            name = argument.keyword.value
            if name == parameter.name.value and not is_star and not is_double_star:
                yield Supplied(argument.value, caller)
            elif is_double_star and name not in names:
                yield Supplied(argument.value, caller, anything=True, held=Held(name))
        else:
            if starred and (place is not None or is_star):
                held = Held() if is_star else None
                yield Supplied(argument.value, caller, anything=True, held=held)
            elif place == count:
                yield Supplied(argument.value, caller)
            elif is_star and count >= more:
                held = Held(str(count - more))
                yield Supplied(argument.value, caller, anything=True, held=held)
            count += 1


def _handed_on(
    analysis: Analysis, caller: Frame, value: cst.CSTNode, place: int | None, count: int
) -> list[Supplied] | None:
    """What a wrapper's own `*args`, as it got them, hold for a place; None if that is not known.

    `count` arguments are written ahead of them.
    """
    wrapper = caller.node
    if place is None or place < count or not isinstance(value, cst.Name):
        return None
    edges = analysis.ways_into(caller)
    if not isinstance(wrapper, cst.FunctionDef) or not edges or not _is_kept(caller, value.value):
        return None
    index = len(positional(wrapper)) + place - count
    found: list[Supplied] = []
    for edge in edges:
        ahead = ([edge.receiver] if edge.receiver is not None else []) + list(edge.leading)
        if edge.star or edge.passing is not Passing.CALL or not isinstance(edge.site, cst.Call):
            return None
        if index < len(ahead):
            found.append(Supplied(thing=ahead[index]))
            continue
        written = edge.site.args
        rest = index - len(ahead)
        plain = [one for one in written if one.keyword is None and one.star != "**"]
        if edge.caller is None or any(one.star for one in plain):
            return None
        if rest < len(plain):
            found.append(Supplied(plain[rest].value, edge.caller))
    return found


def _is_kept(frame: Frame, name: str) -> bool:
    """Whether a name is the `*args` of a function that never gives it another value."""
    function = frame.node
    if not isinstance(function, cst.FunctionDef):
        return False
    star = function.params.star_arg
    bound = frame.module.scopes.own(function).bindings.get(name, [])
    return isinstance(star, cst.Param) and [one.node for one in bound] == [star]


def _thread(
    call: cst.Call, caller: Frame, parameter: cst.Param, place: int | None
) -> Iterator[Supplied]:
    for argument in call.args:
        keyword = argument.keyword.value if argument.keyword is not None else ""
        value = argument.value
        if keyword == "args" and place is not None:
            if isinstance(value, (cst.Tuple, cst.List)):
                if place < len(value.elements):
                    yield Supplied(value.elements[place].value, caller)
            else:
                yield Supplied(value, caller, anything=True)
        elif keyword == "kwargs":
            if isinstance(value, cst.Dict):
                for element in value.elements:
                    if isinstance(element, cst.DictElement) and is_text(
                        element.key, parameter.name.value
                    ):
                        yield Supplied(element.value, caller)
            else:
                yield Supplied(value, caller, anything=True)


def argument(call: cst.Call, place: int | None, keyword: str = "") -> cst.BaseExpression | None:
    """The argument of a call at a place, or by keyword; None when it is not written so."""
    count = 0
    for given in call.args:
        if given.star == "*":
            place = None
        elif given.star == "" and given.keyword is not None:
            if keyword and given.keyword.value == keyword:
                return given.value
        elif given.star == "":
            if count == place:
                return given.value
            count += 1
    return None


def of_parameter(analysis: Analysis, parameter: cst.Param, frame: Frame) -> Iterator[Thing]:
    """What a parameter is, by all that is given to it."""
    known = False
    for given in supplied(analysis, frame, parameter):
        for thing in given_things(analysis, given):
            known = known or not isinstance(thing, Instance)
            yield thing
    if not known and parameter.annotation is not None and frame.closure is not None:
        yield from _said_to_be(analysis, parameter.annotation.annotation, frame.closure)


def _said_to_be(analysis: Analysis, annotation: cst.CSTNode, frame: Frame) -> Iterator[Thing]:
    """An object of the class that an annotation names, or of one that derives from it."""
    if isinstance(annotation, (cst.Name, cst.Attribute)):
        for of in analysis.things(annotation, frame):
            if isinstance(of, Class):
                yield from (Own(each, None, None) for each in (of, *analysis.derived(of)))


def given_things(analysis: Analysis, given: Supplied) -> Iterator[Thing]:
    """What a parameter is, by one thing that was given to it."""
    if given.thing is not None:
        yield given.thing
    elif given.held is not None and given.node is not None and given.frame is not None:
        things = analysis.things(given.node, given.frame)
        if given.held.spread:
            yield from (thing for thing in things if isinstance(thing, (Container, Group)))
        elif things:
            yield Group(things, given.held.key)
    elif given.node is not None and given.frame is not None and not given.anything:
        if given.element:
            yield from elements(analysis, given.node, given.frame)
        else:
            yield from analysis.things(given.node, given.frame)
