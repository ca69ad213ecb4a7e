"""Functions of which something else than what declares them may set environment variables.

A script or a workflow replaces all that a function has (`update-function-configuration
--environment`), an image brings its own (`ENV`).
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from lamlint.model import Function
from lamlint.project.set_by_scripts import ANY, Update, updates
from lamlint.project.spelled import names_of
from lamlint.text import Source, Tree
from lamlint.text.dataclass import replace
from lamlint.text.regex import Regex

_SET = Regex(r"(?im)^[ \t]*ENV[ \t]+((?:[^\n]*\\\r?\n)*[^\n]*)")
_NAME = Regex(r"(?:^|[ \t\n])(\w+)=|^(\w+)[ \t]")
"""A variable of an instruction: `ENV NAME=value OTHER=value`, `ENV NAME value`."""


def with_set_elsewhere(functions: Sequence[Function], tree: Tree) -> tuple[Function, ...]:
    """The functions, those marked that may have variables of which their templates say nothing."""
    if not functions:
        return ()
    replaced = updates(tree)
    brought = _brought(tree) if any(map(_is_image, functions)) else frozenset()
    return tuple(_marked(one, brought, replaced) for one in functions)


def _marked(function: Function, brought: frozenset[str], replaced: Sequence[Update]) -> Function:
    environment = function.environment
    found = environment.set_elsewhere | (brought if _is_image(function) else frozenset())
    own = names_of(function) if replaced else ()
    for one in replaced:
        if one.is_of(function, own):
            found = found.union(one.names, environment.names)
    if found == environment.set_elsewhere:
        return function
    return replace(function, environment=replace(environment, set_elsewhere=found))


def _is_image(function: Function) -> bool:
    return not function.package_type.is_in(["Zip"])


def _brought(tree: Tree) -> frozenset[str]:
    """The variables that images have; any, where none is known to be made here."""
    files = [path for path in tree.sources() if "dockerfile" in posixpath.basename(path).lower()]
    texts = [one for path in files if isinstance(one := tree.read(path), Source)]
    return (
        frozenset(name for one in texts for name in _set(one.text)) if texts else frozenset({ANY})
    )


def _set(dockerfile: str) -> Iterator[str]:
    for instruction in _SET.finditer(dockerfile):
        for name in _NAME.finditer(instruction[1]):
            yield name[1] or name[2]
