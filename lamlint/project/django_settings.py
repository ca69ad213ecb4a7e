"""Settings of Django that what is deployed sets anew: they are for somebody's own machine."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from lamlint.model import Function
from lamlint.text import Regex, Source, Tree, Unreadable

_VARIABLE = "DJANGO_SETTINGS_MODULE"
_STAR = Regex(r"(?m)^from[ \t]+([\w.]+)[ \t]+import[ \t]+\*")
_WORD = Regex(r"\w+")
_MOST_STEPS = 5
"""How many modules of settings are laid one over another."""


def is_set_anew(functions: Iterable[Function], tree: Tree, path: str, name: str) -> bool:
    """Whether each function has settings that take in those of a file, and set a name after it."""
    modules = {_module(one) for one in functions}
    return bool(modules) and all(_sets_anew(tree, _path(tree, one), path, name) for one in modules)


def is_nobodys(tree: Tree, path: str, name: str) -> bool:
    """Whether all that speaks of the settings of a file takes them in, and sets a name after it."""
    *_, package, module = ("", *posixpath.splitext(path)[0].split("/"))
    spoken = [
        (source.text, lines)
        for other in tree.sources()
        if other != path and tree.mentions(other, (module.encode(),))
        if isinstance(source := tree.read(other), Source)
        if (lines := [*_speaking(source, package, module)])
    ]
    return bool(spoken) and all(
        len(lines) == 1 and _takes_in_and_sets(tree, text, path, name) for text, lines in spoken
    )


def _speaking(source: Source, package: str, module: str) -> Iterator[str]:
    """The lines that import a module, or that name it in a text."""
    code = source.path.endswith(".py")
    for line in source.text.split("\n"):
        if code and line.lstrip().startswith(("from ", "import ")):
            if module in _WORD.findall(line):
                yield line
        elif f"{package}.{module}" in line:
            yield line


def _takes_in_and_sets(tree: Tree, text: str, path: str, name: str) -> bool:
    stars = (hit for hit in _STAR.finditer(text) if _path(tree, hit[1]) == path)
    return any(_sets(line, name) for hit in stars for line in text[hit.end() :].split("\n"))


def running_on(functions: Iterable[Function], tree: Tree, path: str, name: str) -> list[Function]:
    """The functions whose settings have a name from a file: it is theirs, or they take it in."""
    return [one for one in functions if _has(tree, _path(tree, _module(one)), path, name)]


def _has(tree: Tree, own: str, path: str, name: str) -> bool:
    """Whether settings are a file, or take it in and do not set a name themselves."""
    if not own or own == path:
        return bool(own)
    source = tree.read(own)
    if not isinstance(source, Source) or any(_sets(one, name) for one in source.text.split("\n")):
        return False
    return any(_takes_in(tree, hit[1], path, _MOST_STEPS) for hit in _STAR.finditer(source.text))


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
        if any(_assigns(line, name) for line in behind.split("\n")):
            return _takes_in(tree, hit[1], other, _MOST_STEPS)
    return False


def _assigns(line: str, name: str) -> bool:
    return _sets(line, name) and "environ" in line


def _sets(line: str, name: str) -> bool:
    """Whether a line at the head of a module gives a name its value."""
    rest = line.removeprefix(name).lstrip() if line.startswith(name) else ""
    return rest.startswith("=") and not rest.startswith("==")


def _takes_in(tree: Tree, module: str, other: str, steps: int) -> bool:
    path = _path(tree, module)
    if path == other:
        return True
    source = tree.read(path) if path and steps else None
    if source is None or isinstance(source, Unreadable):
        return False
    return any(_takes_in(tree, hit[1], other, steps - 1) for hit in _STAR.finditer(source.text))
