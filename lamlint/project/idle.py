"""Handlers of which nothing is known to deploy them, and much says that nothing does."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lamlint.project.join import Project
    from lamlint.python import Handler


def is_passed_over(handler: Handler, project: Project) -> bool:
    """Whether it lies beside handlers that are deployed, and nothing is known to deploy it."""
    return _is_untied(handler, project) and project.is_passed_over(handler.module.path)


def is_idle(handler: Handler, project: Project) -> bool:
    """Whether it is so, or lies where people put what they deploy no more."""
    path = handler.module.path
    aside = project.is_set_aside(path) or project.is_passed_over(path)
    return aside and _is_untied(handler, project)


def _is_untied(handler: Handler, project: Project) -> bool:
    return handler.by_signature and not project.may_run(handler)
