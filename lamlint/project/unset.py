"""Whether something that is deployed surely runs without a variable of the environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.reach.variables import fixed

if TYPE_CHECKING:
    from lamlint.project.join import Project

_UNSET = frozenset([None])
_KEY = "SECRET_KEY"
"""What settings of Django that are laid over others may set anew."""


def runs_without(project: Project, path: str, variable: str) -> bool:
    """Whether a function runs a module, and surely has no variable of a name."""
    lacking = [one for one in project.functions if fixed(one, variable) == _UNSET]
    of_django = project.django_settings.running_on(path, _KEY) if lacking else []
    return any(one in of_django for one in lacking) or any(
        module.path == path
        for one in lacking
        if (handler := project.handler_of(one)) is not None
        for module in handler.imported_modules()
    )
