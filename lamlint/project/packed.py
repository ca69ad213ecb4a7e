"""The code of functions in folders and archives that the project's own build steps fill."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lamlint.model import Code, Function
from lamlint.project import resolution
from lamlint.project.away import handler_string
from lamlint.project.packing import Brought, Packing
from lamlint.project.packing.script import ARTIFACTS
from lamlint.text import Source, Tree


def deployed(function: Function) -> Iterator[str]:
    """The folders and archives that a function imports from, as its template names them."""
    yield from _of(function.code, function.name)
    for layer in function.layers:
        if layer.content is not None and not layer.off_path:
            for place in _of(layer.content, layer.name):
                yield posixpath.join(place, "python")
                yield place


def _of(code: Code, name: str) -> Iterator[str]:
    """Where code is packed: what a Makefile makes for SAM, or the path that is deployed."""
    if code.inline is not None:
        return
    if code.build_method == "makefile":
        yield posixpath.join(ARTIFACTS, code.path, name)
    elif code.path:
        yield code.path
        if code.filled:
            yield code.filled


def packed(function: Function, packing: Packing, tree: Tree) -> tuple[resolution.Place, str] | None:
    """The file that build steps make the code of a function, where it is one; and which step."""
    named = resolution.split(handler_string(function))
    if named is None:
        return None
    found: dict[str, tuple[resolution.Place, str]] = {}
    for folder in _of(function.code, function.name):
        for one in packing.into(folder):
            for place in _places(one, *named, tree):
                found.setdefault(place.path, (place, f"{one.by} packs it"))
    return next(iter(found.values())) if len(found) == 1 else None


def _places(one: Brought, module: str, attribute: str, tree: Tree) -> Iterator[resolution.Place]:
    """The files of what is brought that are a module with a name."""
    if one.has(module.partition(".")[0]):
        for path in resolution.candidates(one.folder, module):
            if _defines(path, attribute, tree):
                yield resolution.Place(one.folder, path, module, attribute)
    elif one.of.endswith(".py"):
        if one.name == module and _defines(one.of, attribute, tree):
            own = posixpath.basename(one.of).removesuffix(".py")
            yield resolution.Place(one.folder, one.of, own, attribute)
    elif one.of and module.startswith(f"{one.name}."):
        for path in resolution.candidates(one.of, module[len(one.name) + 1 :]):
            if _defines(path, attribute, tree):
                renamed = ((one.name, one.of),)
                yield resolution.Place(one.folder, path, module, attribute, renamed=renamed)


def _defines(path: str, attribute: str, tree: Tree) -> bool:
    source = tree.read(path) if tree.is_file(path) else None
    return isinstance(source, Source) and bool(resolution.defines(source, attribute))
