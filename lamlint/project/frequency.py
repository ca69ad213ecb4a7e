"""How often a handler runs: by what is declared of its functions, and by its code."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import TYPE_CHECKING

from lamlint.model import Frequency, Often, frequency, most_often
from lamlint.project.itself import self_invocations
from lamlint.text import Related

if TYPE_CHECKING:
    from lamlint.catalog import Catalog
    from lamlint.catalog.rare_events import RareEvents
    from lamlint.model import Function
    from lamlint.python import Handler

_DEPLOYED = "calls it when something is deployed, so that it nearly always starts cold"


def how_often(
    handler: Handler,
    running: Sequence[Function],
    often: Container[str],
    catalog: Catalog,
) -> Frequency:
    """How often a handler runs; unknown where nothing is seen that calls it.

    `running` are the functions that run it, or may; `often` the ids of those that are invoked by
    one that often runs.
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
    if found.often is not Often.UNTOLD:
        return found
    alone = not any(one.events or one.invoke_permissions for one in running)
    asked = is_asked(handler, catalog.askers, alone=alone)
    invoked = any(one.id in often for one in running)
    return Frequency(Often.OFTEN) if asked or invoked else found


def invoked_often(functions: Sequence[Function], rare_events: RareEvents) -> tuple[str, ...]:
    """The ids of the functions that a variable names of another one, which often runs."""
    ids = frozenset(one.id for one in functions)
    found: set[str] = set()
    for function in functions:
        values = function.environment.variables.values()
        named = {target for value in values for target in value.targets} & ids - {function.id}
        if named and frequency(function, rare_events).often is Often.OFTEN:
            found |= named
    return tuple(sorted(found))
