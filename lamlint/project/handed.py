"""Whether the code of a project's functions invokes a function, and how."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lamlint.model import Function, Often

if TYPE_CHECKING:
    from lamlint.project.invocations import Invoked
    from lamlint.project.join import Project

_ZAPPA = "zappa"
_TASKS = ("zappa.async", "from zappa import async")
"""What imports what invokes the function itself: `zappa.asynchronous`, `zappa.async` before."""


def is_handed_work(function: Function, project: Project) -> bool:
    """Whether what the project's functions invoke, and wait for no answer, may be this one.

    A task of Zappa's invokes the function that it stands in.
    """
    if function.dialect == _ZAPPA and _has_tasks(project):
        return True
    return any(not one.waits for one, _ in _invoking(function, project))


def _has_tasks(project: Project) -> bool:
    return any(module.mentions(*_TASKS) for module in project.modules.values())


def is_invoked(function: Function, project: Project) -> bool:
    """Whether what the project's functions invoke may be this one."""
    return bool(_invoking(function, project))


def often_invoked(function: Function, project: Project) -> Often:
    """How often the code of other functions invokes one: untold where it may be another one.

    Seldom is what nothing else invokes, or what is as rare itself.
    """
    found = Often.SELDOM
    for one, surely in _invoking(function, project):
        runs = one.often(function)
        if runs is Often.OFTEN and surely:
            return Often.OFTEN
        if runs is not Often.SELDOM:
            found = Often.UNTOLD
    return found


def _invoking(function: Function, project: Project) -> Sequence[tuple[Invoked, bool]]:
    return project.invocations(function) if project.invoking else ()
