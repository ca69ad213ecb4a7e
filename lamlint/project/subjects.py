"""What rules are run on: the project, its roles, packages, modules, handlers and functions."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from lamlint.model import Function, Role
from lamlint.project.join import Project
from lamlint.rule import Subject

_OF_FUNCTIONS = frozenset({Subject.FUNCTION, Subject.EVENT_SOURCE, Subject.HANDLER})


def subjects(project: Project, kinds: Collection[Subject]) -> Iterator[tuple[Subject, Any]]:
    """What rules of some kinds are to be run on, each with its kind.

    What is read together comes together. It is let go when the next is
    asked for, so that a run never holds the trees of all modules.
    """
    if Subject.PROJECT in kinds:
        yield Subject.PROJECT, project
    if Subject.ROLE in kinds:
        yield from ((Subject.ROLE, one) for one in project.roles)
    if Subject.PACKAGE in kinds:
        yield from ((Subject.PACKAGE, one) for one in project.packages)
    if Subject.MODULE in kinds:
        for module in project.modules.values():
            yield Subject.MODULE, module
            module.forget()
    if not _OF_FUNCTIONS.isdisjoint(kinds):
        yield from _invoked(project, kinds)


def _invoked(project: Project, kinds: Collection[Subject]) -> Iterator[tuple[Subject, Any]]:
    """The handlers and their functions, unit by unit, then the functions without code here."""
    left = {function.id: function for function in project.functions}
    for unit in project.units:
        for place, functions in unit.places.items():
            handler = unit.handler_at(place) if Subject.HANDLER in kinds else None
            if handler is not None:
                yield Subject.HANDLER, handler
            for function in functions:
                if left.pop(function.id, None) is not None:  # its other handler comes later
                    yield from _of(function)
            unit.let_go(place)
        for handler in unit.recognised() if Subject.HANDLER in kinds else ():
            yield Subject.HANDLER, handler
            handler.forget()
        unit.forget()
    for function in left.values():
        yield from _of(function)


def _of(function: Function) -> Iterator[tuple[Subject, Any]]:
    yield Subject.FUNCTION, function
    for source in function.events:
        yield Subject.EVENT_SOURCE, source


def names_of(subject: object) -> tuple[str, ...]:
    """The functions that a finding on a subject is about, when the rule names none."""
    if isinstance(subject, Function):
        return (subject.name,)
    if isinstance(subject, Role):
        return subject.functions
    from lamlint.packages import Package
    from lamlint.python import Handler

    if isinstance(subject, Package):
        return (subject.name,)
    if isinstance(subject, Handler):
        return tuple(function.name for function in subject.functions)
    return ()
