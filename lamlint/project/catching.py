"""Handlers that catch all that fails of what a trigger brings, so that it counts as done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.model import EventSource, Function

if TYPE_CHECKING:
    from lamlint.project.join import Project
    from lamlint.python import Handler, Swallowed


def caught_of(function: Function, event: EventSource, project: Project) -> Swallowed | None:
    """What catches all that fails in the handler of a trigger, if no message is said to fail."""
    foreign = bool(function.runtime.choices) and not function.python  # an image says nothing
    if foreign or event.polling is None:
        return None
    from lamlint.python import swallowed  # this needs LibCST

    for handler, events in project.triggered(function):
        if event in events:
            found = swallowed(handler, project.catalog.computing)
            ends = found is not None and found.wholly
            return found if ends and reports_none(handler, event, project) else None
    return None


def reports_none(handler: Handler, event: EventSource, project: Project) -> bool:
    """Whether a handler surely says of no message that it failed: it cannot, or never does."""
    if event.polling is None:
        return False
    reports = event.polling.reports_failures
    if not reports.is_in([True]):
        return reports.is_in([False])
    from lamlint.python import names_no_failures  # this needs LibCST

    return names_no_failures(handler, project.catalog.computing)
