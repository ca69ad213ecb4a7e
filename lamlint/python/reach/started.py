"""Whether a thing is something that Lambda can call, and that leads to code of the codebase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.catalog.frameworks import frameworks
from lamlint.python.module.scope import positional
from lamlint.python.reach.held import as_application, held
from lamlint.python.reach.registered import owner_of
from lamlint.python.reach.signature import is_context_name, is_event_name
from lamlint.python.values.caches import keeps
from lamlint.python.values.objects import Class, Instance, Library, Own, Routine, Thing

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis

_FIRST_TWO = 2


def called_by(thing: Thing) -> tuple[str, Instance | None] | None:
    """The full name of what is called where Lambda calls a thing of a library, and its object."""
    if isinstance(thing, Instance):
        return f"{thing.kind}.__call__", thing
    if isinstance(thing, Library):
        return thing.name, thing.receiver
    return None


def leads_to_code(analysis: Analysis, thing: Thing) -> bool:
    """Whether calling a thing may run functions of the codebase."""
    match thing:
        case Routine():
            return True
        case Class():
            return False
        case Own():
            methods = analysis.attribute(thing, "__call__")
            return as_application(analysis, thing) is not None or any(
                isinstance(one, Routine) for one in methods
            )
        case Instance() | Library():
            return _is_server(thing) or any(True for _ in wrapped(analysis, thing))
        case _:
            return False


def wrapped(analysis: Analysis, thing: Thing) -> list[Thing]:
    """The functions and objects that a library's thing was made of: `wrapper(real)`.

    A cache is none: of a function it makes one that says so.
    """
    called = called_by(thing)
    made = called[1] if called is not None else None
    if made is None or keeps(made.constructor.removesuffix(".__call__")):
        return []
    return [
        inner
        for argument in made.call.args
        for inner in held(analysis, argument.value, made.frame)
        if isinstance(inner, (Routine, Own)) or owner_of(inner)[0] is not None
    ]


def is_made_for_lambda(analysis: Analysis, thing: Thing, *, called: bool) -> bool:
    """Whether a thing is a handler by what it is; one that is `called` a handler takes less."""
    match thing:
        case Routine():
            return called and _takes_an_event(thing)
        case Own():
            application = as_application(analysis, thing)
            if application is not None and _is_entry(application):
                return True
            methods = analysis.attribute(thing, "__call__")
            return any(isinstance(one, Routine) and _takes_an_event(one) for one in methods)
        case Instance() | Library():
            return _is_entry(thing) or (called and _wraps_a_handler(analysis, thing))
        case _:
            return False


def _is_entry(thing: Thing) -> bool:
    name = called_by(thing)
    server = None if name is None else frameworks().server(name[0])
    if server is not None and server.entry:
        return True
    row = frameworks().application(thing.constructor) if isinstance(thing, Instance) else None
    return row is not None and row.entry


def _is_server(thing: Thing) -> bool:
    called = called_by(thing)
    return called is not None and frameworks().server(called[0]) is not None


def _wraps_a_handler(analysis: Analysis, thing: Thing) -> bool:
    return _is_server(thing) or any(
        isinstance(one, Routine) and _takes_an_event(one) for one in wrapped(analysis, thing)
    )


def _takes_an_event(routine: Routine) -> bool:
    """Whether a function takes an event and a context, after what it is given ahead."""
    ahead = len(routine.leading) + (routine.receiver is not None)
    places = [one.name.value for one in positional(routine.node)][ahead:]
    return len(places) == _FIRST_TWO and is_event_name(places[0]) and is_context_name(places[1])
