"""From a handler string to a file and a name in it, as the runtime does it.

The runtime splits at the last dot, turns slashes of the first part into dots
and imports it as a module: a file, or a package with its `__init__.py`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lamlint.files.paths import Folders
from lamlint.model import CodeKind, Function
from lamlint.python.module.facts import facts
from lamlint.text import Source, Tree, Unreadable
from lamlint.text.regex import Regex

INLINE_MODULE = "index"
_OPAQUE = Regex(r"\bglobals\(\)|\bsetattr\(|\bexec\(|\b__getattr__\b|\bvars\(\)|\blocals\(\)")
_BOUND = Regex(
    r"^(?:(?:(?:async[ \t]+)?def|class)[ \t]+(?P<defined>\w+)"
    r"|(?P<assigned>\w+)[ \t]*(?::[^=\n]+)?=(?!=))",
    re.MULTILINE,
)
"""A name that a module defines or assigns at its outermost level."""
_FUNCTION = Regex(r"^(?:async[ \t]+)?def[ \t]+(\w+)[ \t]*\(", re.MULTILINE)
_HANDLER = Regex(r"^def[ \t]+(?:lambda_?)?handler[ \t]*\(", re.IGNORECASE | re.MULTILINE)
_LOCAL = Regex(
    r"^(?:(?:-e|--editable)[ \t=]+)?(?:file:)?(?P<path>\.{1,2}/[^\s\[;#]+)", re.MULTILINE
)
"""A line of requirements.txt that names a folder."""


@dataclass(frozen=True)
class Place:
    """The module that a handler string names, and the attribute the runtime takes from it.

    `root` is the folder that the runtime imports from. `inline` is the source
    of code that stands in the template.
    """

    root: str
    path: str
    module: str
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


def layer_roots(function: Function) -> Iterator[str]:
    """The folders that a function's local layers add to what it can import."""
    for layer in function.layers:
        if layer.content is not None and layer.content.kind is CodeKind.FOLDER:
            yield posixpath.join(layer.content.path, "python")
            yield layer.content.path


def required_roots(root: str, tree: Tree) -> Iterator[str]:
    """The folders of the project that a function's requirements.txt asks for: `../../lib/shared`.

    Pip takes such a path from where it is run: the folder of the function, or
    one above it. A project may keep its modules in `src`.
    """
    source = tree.read(posixpath.join(root, "requirements.txt"))
    for match in _LOCAL.finditer(source.text) if isinstance(source, Source) else ():
        folder = _upward(root, match["path"], tree)
        if folder is not None and not folder.startswith(".."):
            yield from (one for one in (f"{folder}/src", folder) if tree.is_folder(one))


def _upward(start: str, path: str, tree: Tree) -> str | None:
    """The folder that a path leads to from a folder, or from the nearest one above it."""
    folder = posixpath.normpath(posixpath.join(start, path))
    if tree.is_folder(folder):
        return folder
    return None if start in ("", ".") else _upward(posixpath.dirname(start), path, tree)


def place(function: Function, tree: Tree) -> Place | None:
    """Where a function's handler module is; None when that is not known or nothing is there."""
    if not function.handler.known or not function.python:
        return None
    named = split(function.handler.only)
    if named is None:
        return None
    module, attribute = named
    inline = function.code.inline
    if inline is not None:
        fits = module == INLINE_MODULE
        return Place("", inline.path, module, attribute, inline) if fits else None
    root = root_of(function)
    if root is None:
        return None
    for folder in (root, *layer_roots(function)):
        for path in candidates(folder, module):
            if tree.is_file(path):
                return Place(folder, path, module, attribute)
    return None


def candidates(root: str, module: str) -> Iterator[str]:
    """The files that may be a module, in the order in which the import system looks."""
    stem = posixpath.normpath(posixpath.join(root, *module.split(".")))
    yield f"{stem}/__init__.py"
    yield f"{stem}.py"


def module_name(path: str, roots: Folders) -> str:
    """The dotted name of a file in the innermost of some roots that holds it."""
    root = roots.nearest(path) or ""
    inner = path if root in ("", ".") else path[len(root) + 1 :]
    return inner.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def defines(source: Source, name: str) -> bool | None:
    """Whether a module has a name once it is imported; None when that cannot be told.

    Most modules answer by their text; the others are parsed by the standard
    library, so that asking costs no import of LibCST.
    """
    if name in source.once(_BOUND, lambda: frozenset(map(_name, _BOUND.finditer(source.text)))):
        return True
    found = facts(source)
    if not found.taken:
        return None
    if name in found.names:
        return True
    opaque = source.once(_OPAQUE, lambda: _OPAQUE.search(source.text) is not None)
    return None if "*" in found.names or opaque else False


def _name(bound: re.Match[str]) -> str:
    return bound["defined"] or bound["assigned"]


def functions_of(source: Source) -> tuple[str, ...]:
    """The functions that a module defines at its outermost level, by its text."""
    return tuple(dict.fromkeys(_FUNCTION.findall(source.text)))


def defines_handler(source: Source) -> bool:
    """Whether a module has a function of the name that handlers have, by its text."""
    return _HANDLER.search(source.text) is not None
