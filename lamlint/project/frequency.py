"""How often a handler runs: by what is declared of its functions, and by its code."""

from __future__ import annotations

from collections.abc import Sequence
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
    others: Sequence[Function],
    catalog: Catalog,
) -> Frequency:
    """How often a handler runs; unknown where nothing is seen that calls it.

    `running` are the functions that run it, or may, and `others` all that are declared.
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
    often = asked or _is_invoked_often(running, others, rare_events)
    return Frequency(Often.OFTEN) if often else found


def _is_invoked_often(
    running: Sequence[Function], others: Sequence[Function], rare_events: RareEvents
) -> bool:
    """Whether a function that often runs is told of one of some, to invoke it."""
    names = frozenset(one.id for one in running)
    return any(
        frequency(other, rare_events).often is Often.OFTEN
        for other in others
        if other.id not in names and _is_told(other, names)
    )


def _is_told(function: Function, names: frozenset[str]) -> bool:
    """Whether a variable of a function names another one."""
    values = function.environment.variables.values()
    return any(not names.isdisjoint(value.targets) for value in values)
