"""The Python of a project: its files, and the code that stands inside templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lamlint.files.paths import Folders
from lamlint.model import Function
from lamlint.project import resolution
from lamlint.python.module.module import Module
from lamlint.python.module.syntax import Shelf
from lamlint.text import Tree, Unreadable


def modules(
    tree: Tree,
    functions: Sequence[Function],
    roots: Folders,
    beside: Sequence[str],
    shelf: Shelf,
) -> Mapping[str, Module]:
    """The files by path, and inline code by its function's id; none parsed."""
    found: dict[str, Module] = {}
    outside = (path for root in beside for path in tree.sources(root))
    for path in (*tree.sources(), *outside):
        if path.endswith(".py"):
            source = tree.read(path)
            if not isinstance(source, Unreadable):
                found[path] = Module(
                    source,
                    resolution.module_name(path, roots),
                    package=path.endswith("__init__.py"),
                    syntax=shelf.of,
                )
    for function in functions:
        own = function.python and not function.library
        if own and function.code.inline is not None:
            found[function.id] = Module(function.code.inline, function.code.module, syntax=shelf.of)
    return found
