"""Functions of which all that an invocation runs is here, and only computes, or writes a log."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lamlint.model import Function
    from lamlint.project.join import Project
    from lamlint.python import Handler


def only_computes(function: Function, project: Project) -> bool:
    """Whether nothing in an invocation surely waits for anything."""
    handler = _alone(function, project)
    return handler is not None and handler.only_computes(project.catalog.computing)


def asks_quickly(function: Function, project: Project) -> Handler | None:
    """The handler that an invocation runs, where that surely waits only for what answers at once.

    How often it asks is not said.
    """
    handler = _alone(function, project)
    if handler is None or not handler.only_computes(project.catalog.computing, quickly=True):
        return None
    return handler


def only_logs(function: Function, project: Project) -> bool:
    """Whether an invocation surely leaves nothing behind but a log, and its answer.

    Code that stands in a template may be there until the real one is deployed.
    """
    handler = _alone(function, project) if function.code.inline is None else None
    return handler is not None and handler.only_logs(project.catalog.computing)


def _alone(function: Function, project: Project) -> Handler | None:
    """The handler of a function where nothing else runs in an invocation."""
    image = function.code.image
    python = function.python or (image is not None and not image.entry)
    return project.handler_of(function) if python and function.runs_alone else None
