"""From a handler string to a file and a name in it, as the runtime does it.

The runtime splits at the last dot, turns slashes of the first part into dots
and imports it as a module: a file, or a package with its `__init__.py`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from lamlint.model import CodeKind, Function
from lamlint.text import Source, Tree, Unreadable


@dataclass(frozen=True)
class Place:
    """The module that a handler string names, and the attribute the runtime takes from it.

    `root` is the folder that the runtime imports from. `inline` is the source
    of code that stands in the template.
    """

    root: str
    path: str
    attribute: str
    inline: Source | None = None

    def source(self, tree: Tree) -> Source | Unreadable:
        """The module's text."""
        return self.inline if self.inline is not None else tree.read(self.path)


def split(handler: str) -> tuple[str, str] | None:
    """The module and the attribute of a handler string; None when it has no dot."""
    module, dot, attribute = handler.rpartition(".")
    return (module.replace("/", "."), attribute) if dot else None


def root_of(function: Function) -> str | None:
    """The folder that a function's modules are imported from, when it is in the project."""
    code = function.code
    match code.kind:
        case CodeKind.FOLDER:
            return code.path
        case CodeKind.FILE:
            return posixpath.dirname(code.path)
        case _:
            return None


def place(function: Function, tree: Tree) -> Place | None:
    """Where a function's handler is; None when that cannot be known or nothing is there."""
    if not function.handler.known or not function.python:
        return None
    named = split(function.handler.only)
    if named is None:
        return None
    module, attribute = named
    if function.code.inline is not None:
        inline = function.code.inline
        return Place("", inline.path, attribute, inline) if module == "index" else None
    root = root_of(function)
    if root is None:
        return None
    for path in candidates(root, module):
        if tree.is_file(path):
            return Place(root, path, attribute)
    return None


def candidates(root: str, module: str) -> Iterator[str]:
    """The files that may be a module, in the order in which the import system looks."""
    stem = posixpath.normpath(posixpath.join(root, *module.split(".")))
    yield f"{stem}/__init__.py"
    yield f"{stem}.py"
