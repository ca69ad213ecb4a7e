"""Handlers that catch all that fails of what a trigger brings, so that it counts as done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.model import EventSource, Function, Polling

if TYPE_CHECKING:
    from lamlint.project.join import Project
    from lamlint.python import Swallowed


def caught_of(function: Function, event: EventSource, project: Project) -> Swallowed | None:
    """What catches all that fails in the handler of a trigger, if no message is said to fail."""
    foreign = bool(function.runtime.choices) and not function.python  # an image says nothing
    if foreign or not _tells_nothing(event.polling):
        return None
    from lamlint.python import swallowed  # this needs LibCST

    for handler, events in project.triggered(function):
        if event in events:
            found = swallowed(handler, project.catalog.computing)
            return found if found is not None and found.wholly else None
    return None


def _tells_nothing(polling: Polling | None) -> bool:
    """Whether the handler surely cannot say which messages failed."""
    return polling is not None and polling.reports_failures.is_in([False])
