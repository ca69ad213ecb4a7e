"""Functions that two tools declare, of which one may be left over from development."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.model import Function
from lamlint.project import resolution
from lamlint.project.away import handler_string, is_away, may_lead

if TYPE_CHECKING:
    from lamlint.project.join import Project


def declared_again(project: Project, function: Function) -> Iterator[Function]:
    """The functions that another tool declares of the same handler, or that may be of it.

    Those whose code is not here may be where their handlers name its file.
    """
    handler = project.handler_of(function)
    named = resolution.split(handler_string(function))
    if handler is None or named is None:
        return
    for other in project.functions:
        if other.dialect != function.dialect:
            own = project.handler_of(other)
            if own is not None:
                same = own.module.path == handler.module.path and own.name == handler.name
            else:
                fits = may_lead(handler_string(other), handler.module.path, named[1])
                same = fits and is_away(other)
            if same:
                yield other
