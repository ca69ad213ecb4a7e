"""What concerns the paths given: by where it is declared, or by where its code lies."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from enum import Enum

from lamlint.files.paths import below
from lamlint.model import Function
from lamlint.text import Tree

_ABOVE = (b"../", "../".encode("utf-16-le")[:-1])


class Nearness(Enum):
    """How a file relates to the paths given."""

    NAMED = "named"
    """Below one of them, or above: it is read."""
    PERHAPS = "perhaps"
    """Elsewhere, but its code may hold one of them, or its handlers name it."""
    FAR = "far"
    """Elsewhere, and its code lies below it: it is not read."""


def nearness(path: str, targets: Sequence[str], tree: Tree) -> Nearness:
    """How a file relates to the paths given."""
    if not targets:
        return Nearness.NAMED
    folder = posixpath.dirname(path)
    for target in targets:
        if holds(target, path) or holds(folder, target):
            return Nearness.NAMED
    modules = [
        posixpath.basename(_stem(target)).encode("utf-8", "surrogatepass")
        for target in targets
        if _stem(target)
    ]
    return Nearness.PERHAPS if tree.mentions(path, (*_ABOVE, *modules)) else Nearness.FAR


def concerns(path: str, targets: Sequence[str]) -> bool:
    """Whether a path holds one of some paths, or lies in one; any does without paths."""
    return not targets or any(holds(path, target) or holds(target, path) for target in targets)


def concerned(functions: Iterable[Function], targets: Sequence[str]) -> bool:
    """Whether the code of one of some functions is among the paths given, or may be."""
    return not targets or any(_is_concerned(function, targets) for function in functions)


def _is_concerned(function: Function, targets: Sequence[str]) -> bool:
    """Whether the code of a function is among some paths, or may be as its handler says."""
    if function.code.path and concerns(function.code.path, targets):
        return True
    handlers = function.handler.choices if function.code.is_away else ()
    return any(_names(one.value, targets) for one in handlers)


def _names(handler: str, targets: Sequence[str]) -> bool:
    """Whether a handler string may mean a module that is one of the targets."""
    module = handler.rpartition(".")[0].replace(".", "/")
    stems = map(_stem, targets)
    return bool(module) and any(f"/{stem}".endswith(f"/{module}") for stem in stems if stem)


def _stem(path: str) -> str:
    """The path of a module without its ending; empty for any other path."""
    return path.removesuffix(".py").removesuffix("/__init__") if path.endswith(".py") else ""


def holds(folder: str, path: str) -> bool:
    """Whether a path is a folder or lies in it; the root holds all."""
    return folder in ("", ".") or below(path, folder)
