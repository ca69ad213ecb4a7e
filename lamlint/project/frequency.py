"""How often a handler runs: by what is declared of its functions, and by its code."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from lamlint.model import EventKind, Frequency, Often, frequency, most_often
from lamlint.project.itself import self_invocations
from lamlint.text import Related
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from lamlint.catalog import Catalog
    from lamlint.catalog.rare_events import RareEvents
    from lamlint.model import Function
    from lamlint.python import Handler

_IS_PLAIN = Regex(r"[\w-]{1,140}")
"""What a name looks like that is all written: a service, a table or a stage may be called so."""
_FUNCTION = Regex(r"(?i)function|lambda|machine|workflow")
"""What is in the name of a variable by which a plain name is one of what is to be invoked."""
_DEPLOYED = "calls it when something is deployed, so that it nearly always starts cold"


def how_often(
    handler: Handler,
    running: Sequence[Function],
    often: Container[str],
    catalog: Catalog,
    by_code: Callable[[Function], Often] = lambda _: Often.SELDOM,
) -> Frequency:
    """How often a handler runs; unknown where nothing is seen that calls it.

    `running` are the functions that run it, or may; `often` the ids of those that are invoked by
    one that often runs; `by_code` says how often the code of others invokes one.
    """
    from lamlint.python import deployed_by, is_asked

    rare_events = catalog.rare_events
    caller = deployed_by(handler)
    answering = Related(handler.span, f"{caller} {_DEPLOYED}") if caller else None
    if not running and answering is not None:
        return Frequency(Often.SELDOM, (answering,))
    found = most_often([frequency(one, rare_events, answering) for one in running])
    if found.often is Often.SELDOM and any(True for _ in self_invocations(handler)):
        return Frequency(Often.OFTEN)  # one rare run makes many
    invoked = any(one.id in often for one in running)
    if found.often is Often.SELDOM and (invoked or not all(map(_is_seldom, map(by_code, running)))):
        return Frequency(Often.UNTOLD)  # its own triggers are rare, and are not all of them
    if found.often is not Often.UNTOLD:
        return found
    declared = any(one.events for one in running)
    alone = not (declared or any(one.invoke_permissions for one in running))
    asked = is_asked(handler, catalog.askers, declared=declared, alone=alone)
    asked = asked or invoked or any(by_code(one) is Often.OFTEN for one in running)
    return Frequency(Often.OFTEN) if asked else found


def runs_by_what_starts_it(
    function: Function, *, often: Container[str], rare_events: RareEvents
) -> Often:
    """How often a function runs by what is declared: its triggers, and who names it (`often`)."""
    return Often.OFTEN if function.id in often else frequency(function, rare_events).often


def _is_seldom(often: Often) -> bool:
    return often is Often.SELDOM


def invoked_often(functions: Sequence[Function], rare_events: RareEvents) -> tuple[str, ...]:
    """The ids of the functions that others invoke which often run, by themselves or so.

    A function invokes what a variable of it names: another function, or a state machine of which
    that is a task.
    """
    named = _named(functions)
    leads = {one.id: frozenset(_invoked(one, named)) - {one.id} for one in functions}
    waiting = [
        one.id
        for one in functions
        if leads[one.id] and frequency(one, rare_events).often is Often.OFTEN
    ]
    found: set[str] = set()
    while waiting:
        further = leads[waiting.pop()] - found
        found |= further
        waiting.extend(further)
    return tuple(sorted(found))


def _invoked(function: Function, named: Mapping[str, Collection[str]]) -> Iterator[str]:
    """The ids of the functions to which some variable of a function leads."""
    for variable, value in function.environment.variables.items():
        for target in value.targets:
            if _IS_PLAIN.fullmatch(target) is None or _FUNCTION.search(variable):
                yield from named.get(target, ())


def _named(functions: Sequence[Function]) -> Mapping[str, Collection[str]]:
    """The ids of functions by what means one of them, or a machine that runs them.

    Copies of a template share their names: then a name alone says nothing.
    """
    by_name: dict[str, set[str]] = {}
    for one in functions:
        for name in one.physical_name.targets:
            by_name.setdefault(name, set()).add(one.id)
    found = {name: ids for name, ids in by_name.items() if len(ids) == 1}
    for one in functions:
        found[one.id] = {one.id}
        machines = (event for event in one.events if event.kind is EventKind.STEP_FUNCTIONS)
        for machine in (target for event in machines for target in event.source.targets):
            found.setdefault(machine, set()).add(one.id)
    return found
