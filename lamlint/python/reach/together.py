"""What is told together with what a handler builds: other places, and findings of one cause."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lamlint.python.reach.construction import which_session
from lamlint.python.reach.told import looped_elsewhere, made_elsewhere, thing
from lamlint.text import Related

if TYPE_CHECKING:
    from lamlint.python.reach.built import Built, Row
    from lamlint.python.reach.call import Call


def places(built: Built) -> tuple[Related, ...]:
    """Where the other branches are, what it is made from, and the loop that builds it."""
    others = (Related(one.span, "so it is in this branch") for one in built.branches[1:])
    return (*others, *made_elsewhere(built.whole), *looped_elsewhere(built.branches))


def cause(built: Built, *, idle: bool, whatever: bool) -> tuple[str, str]:
    """What makes several findings wrong at once, and what is told of this one of them.

    `idle`: an object keeps it of which little is used, and that has many such. `whatever`: so
    little is lost, whatever else the handler builds, that it is told once; of the handler's own
    file all is, what other modules build may be for other functions, too.
    """
    call = built.call
    if built.has_makers and not idle:
        here = f"{thing(call, built.row)} is made here from {which_session(call)}"
        return _place(call, built.whole), here
    if whatever:
        own = call.module is built.handler.module
        also = f"{thing(call, built.row)} is built here, too"
        return call.module.path if own else _place(call, ()), also
    return _place(call, ()) if idle else "", ""


def _place(call: Call, whole: Sequence[Row]) -> str:
    """The function that builds it, and the session that it is made from, which makes many."""
    function = call.module.span(call.function or call.node)
    session = (one.module.span(one.node) for one, _ in whole[1:])
    return ", ".join(f"{place.path}:{place.start}" for place in (function, *session))


def running(branches: Sequence[Call]) -> tuple[str, ...]:
    """The functions whose environment lets one of some calls be run; none where all have such."""
    names: set[str] = set()
    for one in branches:
        found = one.runs_in
        if found is None:
            return ()
        names |= found
    return tuple(sorted(names))
