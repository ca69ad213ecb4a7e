"""Functions of which something else than what declares them may set environment variables.

A script or a workflow replaces all that a function has (`update-function-configuration
--environment`), an image brings its own (`ENV`).
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from lamlint.model import Environment, Function
from lamlint.text import Source, Tree
from lamlint.text.dataclass import replace
from lamlint.text.regex import Regex

_ANY = "*"
_COMMANDS = (
    b"update-function-configuration", b"update_function_configuration",
    b"UpdateFunctionConfigurationCommand", b"updateFunctionConfiguration(",
    b"Update-LMFunctionConfiguration",
)  # fmt: skip
"""What replaces the configuration of a function: of the command line, of SDKs, of PowerShell.

A permission to do so is none: `lambda:UpdateFunctionConfiguration`.
"""
_VARIABLES = (b"nvironment",)
_SPOKEN_IN = (
    ".sh", ".bash", ".zsh", ".ps1", ".bat", ".cmd", ".mk", ".yml", ".yaml", ".toml", ".py", ".js",
    ".mjs", ".ts", ".tf", ".md", ".rst", "package.json", "makefile", "justfile", "jenkinsfile",
)  # fmt: skip
"""How files end in which such a command stands, or in which people are told to give it."""
_SET = Regex(r"(?im)^[ \t]*ENV[ \t]+((?:[^\n]*\\\r?\n)*[^\n]*)")
_NAME = Regex(r"(?:^|[ \t\n])(\w+)=|^(\w+)[ \t]")
"""A variable of an instruction: `ENV NAME=value OTHER=value`, `ENV NAME value`."""


def with_set_elsewhere(functions: Sequence[Function], tree: Tree) -> tuple[Function, ...]:
    """The functions, those marked that may have variables of which their templates say nothing."""
    read = [one for one in functions if one.environment.names]
    if not read:
        return tuple(functions)
    replaced = any(_replaces(path, tree) for path in tree.sources())
    brought = _brought(tree) if any(map(_is_image, read)) else frozenset()
    return tuple(_marked(one, brought, replaced=replaced) for one in functions)


def _marked(function: Function, brought: frozenset[str], *, replaced: bool) -> Function:
    environment = function.environment
    found = environment.set_elsewhere | (brought if _is_image(function) else frozenset())
    if replaced:
        found = found | {_ANY, *environment.names}
    if found == environment.set_elsewhere:
        return function
    return replace(function, environment=_with(environment, found))


def _with(environment: Environment, set_elsewhere: frozenset[str]) -> Environment:
    return replace(environment, set_elsewhere=set_elsewhere)


def _is_image(function: Function) -> bool:
    return not function.package_type.is_in(["Zip"])


def _replaces(path: str, tree: Tree) -> bool:
    """Whether a file gives a command that sets the variables of a function anew."""
    if not path.lower().endswith(_SPOKEN_IN):
        return False
    return tree.mentions(path, _COMMANDS) and tree.mentions(path, _VARIABLES)


def _brought(tree: Tree) -> frozenset[str]:
    """The variables that images have; any, where none is known to be made here."""
    files = [path for path in tree.sources() if "dockerfile" in posixpath.basename(path).lower()]
    texts = [one for path in files if isinstance(one := tree.read(path), Source)]
    return (
        frozenset(name for one in texts for name in _set(one.text)) if texts else frozenset({_ANY})
    )


def _set(dockerfile: str) -> Iterator[str]:
    for instruction in _SET.finditer(dockerfile):
        for name in _NAME.finditer(instruction[1]):
            yield name[1] or name[2]
