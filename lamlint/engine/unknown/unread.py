"""What a run would have read and did not: findings may be missing there, and that is told."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from lamlint.engine.scope import Scope
from lamlint.engine.unknown.gitignored import gitignored
from lamlint.files.paths import Folders, around
from lamlint.model import Code, CodeKind, Function
from lamlint.project import Project, resolution
from lamlint.secrets.places import kind_of
from lamlint.text import Unread
from lamlint.text.regex import Regex

_SETTINGS = Regex(
    r"(?:requirements[^/]*\.txt|pyproject\.toml|pylock\.toml|uv\.lock|poetry\.lock|Pipfile(?:\.lock)?"
    r"|\.gitignore|[^/]+\.(?:py|pem|key))\Z"
)
"""Python, what says which files and packages belong to it, and keys."""


def unread(scope: Scope, project: Project) -> tuple[Unread, ...]:
    """What would have been read for the paths asked for and was not, by place."""
    roots = tuple(_roots(scope, project))
    found = {one for one in project.unread if _is_looked_into(one.span.path)}
    found.update(one for function in project.functions for one in _beyond(scope, function))
    found.update(gitignored(scope.disk) if not project.functions else ())
    return tuple(sorted(one for one in found if _concerns(one.span.path, scope, roots)))


def _is_looked_into(path: str) -> bool:
    """Whether a path is of a kind that is read: a rule may look at other files in passing."""
    if path.endswith("/"):
        return True
    return bool(_SETTINGS.match(posixpath.basename(path))) or kind_of(path) is not None


def _beyond(scope: Scope, function: Function) -> Iterator[Unread]:
    """The code of a function and its layers where it lies outside the repository."""
    contents = [layer.content for layer in function.layers if layer.content is not None]
    for code in (function.code, *contents) if function.python else ():
        if _leads_out(scope, code):
            reason = f"the code of {function.name} in {code.uri.only} lies outside the project"
            yield Unread(code.span, reason)


def _leads_out(scope: Scope, code: Code) -> bool:
    if not code.uri.known:
        return False
    if code.kind is CodeKind.UNKNOWN:
        return code.uri.only.startswith(("/", "~"))
    return code.path.startswith("../") and not scope.disk.within.names(
        scope.disk.absolute(code.path)
    )


def _roots(scope: Scope, project: Project) -> Iterator[str]:
    """The folders that functions import from whose code holds a path asked for, or lies in one."""
    for function in project.functions:
        root = resolution.root_of(function)
        if root is not None and any(_touch(root, target) for target in scope.targets):
            yield root
            yield from resolution.layer_roots(function)


def _touch(one: str, other: str) -> bool:
    return one in around(other) or other in around(one)


def _concerns(path: str, scope: Scope, roots: Sequence[str]) -> bool:
    """Whether what is missing in a file may be missed in what is reported.

    That is so for the paths asked for, for the code around them, and for templates and
    settings in a folder that holds them.
    """
    above = not path.endswith(".py") and any(
        posixpath.dirname(path) in around(target) for target in scope.targets
    )
    return above or scope.holds(path.rstrip("/")) or Folders.of(roots).holds(path)
