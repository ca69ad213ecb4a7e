"""Settings of Django that what is deployed sets anew: they are for somebody's own machine."""

from __future__ import annotations

from collections.abc import Iterable

from lamlint.model import Function
from lamlint.text import Regex, Tree, Unreadable

_VARIABLE = "DJANGO_SETTINGS_MODULE"
_STAR = Regex(r"(?m)^from[ \t]+([\w.]+)[ \t]+import[ \t]+\*")
_MOST_STEPS = 5
"""How many modules of settings are laid one over another."""


def is_set_anew(functions: Iterable[Function], tree: Tree, path: str, name: str) -> bool:
    """Whether each function has settings that take in those of a file, and set a name after it."""
    modules = {_module(one) for one in functions}
    return bool(modules) and all(_sets_anew(tree, _path(tree, one), path, name) for one in modules)


def _module(function: Function) -> str:
    value = function.environment.variables.get(_VARIABLE)
    return value.only if value is not None and value.known else ""


def _path(tree: Tree, module: str) -> str:
    """The one file that a module may be; nothing where that is not known."""
    ending = f"/{module.lstrip('.').replace('.', '/')}.py"
    found = [path for path in tree.sources() if f"/{path}".endswith(ending)] if module else []
    return found[0] if len(found) == 1 else ""


def _sets_anew(tree: Tree, path: str, other: str, name: str) -> bool:
    """Whether a file takes in another, however far below, and then sets a name."""
    source = tree.read(path) if path and path != other else None
    if source is None or isinstance(source, Unreadable):
        return False
    for hit in _STAR.finditer(source.text):
        behind = source.text[hit.end() :]
        if any(line.startswith(name) and _assigns(line, name) for line in behind.split("\n")):
            return _takes_in(tree, hit[1], other, _MOST_STEPS)
    return False


def _assigns(line: str, name: str) -> bool:
    rest = line.removeprefix(name).lstrip()
    return rest.startswith("=") and not rest.startswith("==") and "environ" in rest


def _takes_in(tree: Tree, module: str, other: str, steps: int) -> bool:
    path = _path(tree, module)
    if path == other:
        return True
    source = tree.read(path) if path and steps else None
    if source is None or isinstance(source, Unreadable):
        return False
    return any(_takes_in(tree, hit[1], other, steps - 1) for hit in _STAR.finditer(source.text))
