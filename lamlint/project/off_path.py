"""The layers of which nothing can be imported, and what functions need of them all the same."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lamlint.model import WRAPPER, Code, CodeKind, Function, Layer
from lamlint.project import resolution
from lamlint.project.lookup.provided import of_the_runtime
from lamlint.text import Source, Span, Tree
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from lamlint.project.homes import Homes
    from lamlint.project.units import Units
    from lamlint.python import Module

_IN_LAYERS = Regex(r"[\"'=:]/opt(?:/(?!python(?![\w.\-]))[^\"'\n]{0,200})?/?(?=[\"':]|\Z)")
"""A path of layers, but for those that are on the path of imports anyway."""
_PATH = Regex(r"sys\.path\b(?P<rest>[^\n]{0,300})")
_HARMLESS = Regex(r"[\"']/opt/python(?:/[^\"']{0,100})?[\"']|__file__")
_OTHERWISE = ("extensions", "bin", "nodejs", "java", "ruby")
"""Folders at the top of layers that are made for something else than Python."""
_SCRIPTS = Regex(r"(?:^|/)(?:setup|conftest|build\w{0,40}|deploy\w{0,40}|install\w{0,40})\.py\Z")
_STARTED = Regex(r"^if[ \t]+__name__[ \t]*==", re.MULTILINE)
_IMPORT = Regex(r"^[ \t]{0,200}(?:from|import)[ \t]{1,9}(?P<name>[\w.]{1,300})[^\n]*", re.MULTILINE)
_LIBRARY = Regex(r"lib/python3\.\d{1,3}/site-packages/")


@dataclass(frozen=True)
class Lacking:
    """A function that fails as it is imported: the module, and the place of the import."""

    function: Function
    module: str
    span: Span


@dataclass(frozen=True)
class OffPath:
    """A layer of which nothing is imported, the functions that have it, and who fails for it.

    `inside` is the folder in which its modules belong, below `python`: their package is the
    folder of the layer itself. It `holds` Python where that is known.
    """

    layer: Layer
    content: Code
    functions: tuple[Function, ...]
    lacking: tuple[Lacking, ...]
    inside: str
    holds: bool


def off_path(
    functions: Sequence[Function], homes: Homes, units: Units, tree: Tree
) -> Iterator[OffPath]:
    """The layers that surely bring nothing, of those that only Python functions have."""
    by_content: dict[Span, list[tuple[Layer, Function]]] = {}
    for function in functions:
        for layer in function.layers:
            if layer.off_path and layer.content is not None:
                by_content.setdefault(layer.content.span, []).append((layer, function))
    for users in by_content.values():
        found = _OfOne(homes, units, tree).look_at(users)
        if found is not None:
            yield found


@dataclass(frozen=True)
class _OfOne:
    homes: Homes
    units: Units
    tree: Tree

    def look_at(self, users: Sequence[tuple[Layer, Function]]) -> OffPath | None:
        """One layer, with all functions that have it; None where it may be used otherwise."""
        layer = users[0][0]
        content = layer.content
        if content is None:
            return None
        files = tuple(self._files(content))
        if {one.partition("/")[0] for one in files if "/" in one}.intersection(_OTHERWISE):
            return None
        functions = tuple({one.id: one for _, one in users}.values())
        plain = [one for one in functions if self._uses_only_imports(one)]
        if any(one.python and one not in plain for one in functions):
            return None
        lacking = [one for function in plain for one in self._lacking(function, content, files)]
        built = content.kind is CodeKind.BUILT
        holds = built or any(self._is_module(one, content) for one in files)
        if not lacking and len(plain) < len(functions):
            return None  # another runtime may find its way to it
        package = posixpath.basename(content.path)
        inside = package if any(one.module.partition(".")[0] == package for one in lacking) else ""
        return OffPath(layer, content, functions, tuple(lacking), inside, holds)

    def _files(self, content: Code) -> Iterator[str]:
        """The paths of a layer's content, from its top on."""
        match content.kind:
            case CodeKind.FOLDER:
                for path in self.tree.sources(content.path):
                    yield posixpath.relpath(path, content.path)
            case CodeKind.FILE:
                yield posixpath.basename(content.path)
            case CodeKind.INLINE:
                yield f"{content.module.replace('.', '/')}.py"
            case CodeKind.ARCHIVE:
                found = self.tree.archive(content.path)
                for entry in found if isinstance(found, tuple) else ():
                    yield entry.path
            case _:
                return

    def _is_module(self, path: str, content: Code) -> bool:
        """Whether a file of a layer is one that somebody would import: no script of a build."""
        folders = posixpath.dirname(path).split("/")
        if not path.endswith(".py") or _SCRIPTS.search(path) or "tests" in folders:
            return False
        if _LIBRARY.match(path):
            return True
        if len(folders) > 1 or path == "__init__.py":
            return False
        source = self.tree.read(posixpath.join(content.path, path))
        started = isinstance(source, Source) and _STARTED.search(source.text) is not None
        return not (started and content.kind is CodeKind.FOLDER)

    def _uses_only_imports(self, function: Function) -> bool:
        """Whether the code of a function is here, and takes nothing of layers by its path."""
        given = function.environment
        if not function.python or not given.complete or WRAPPER in given.variables:
            return False
        if any(not value.known for name, value in given.variables.items() if name == "PYTHONPATH"):
            return False
        if any(_IN_LAYERS.search(f'"{one.value}"') for _, one in given.written):
            return False
        modules = self.homes.modules(function)
        return bool(modules) and not any(_IN_LAYERS.search(one.source.text) for one in modules)

    def _lacking(
        self, function: Function, content: Code, files: Sequence[str]
    ) -> Iterator[Lacking]:
        """The first import of a function that surely fails, as only the layer would have it."""
        if not resolution.layers_are_here(function) or not self.units.is_whole(function):
            return
        contents = [one.content for one in function.layers if one.content is not None]
        if any(one.build_method or one.rearranged for one in contents):
            return
        place = self.homes.place_of(function)
        if place is None:
            return
        unresolved, unfound = self.units.unresolved(function, place)
        alone = function.code.is_alone and all(one.off_path for one in function.layers)
        alone = alone and content.kind is CodeKind.BUILT
        found: list[tuple[Module, str]] = []
        for module, one in unresolved:
            if _changes_path(module):
                return
            top = one.module.partition(".")[0]
            if top and not (found and found[0][0] is not module):
                if of_the_runtime(top):
                    continue
                names = (one.module, *(f"{one.module}.{member}" for member in one.members))
                own = one.module in unfound and any(_has(name, content, files) for name in names)
                if alone or own:
                    found.append((module, one.module))
        if found:
            yield min(
                (Lacking(function, name, _place(module, name)) for module, name in found),
                key=lambda one: one.span.start,
            )


def _has(name: str, content: Code, files: Sequence[str]) -> bool:
    """Whether a layer has a module: at its top, or as one of the package that its folder is."""
    stem = name.replace(".", "/")
    package, _, inner = stem.partition("/")
    stems = [stem, f"lib/python/site-packages/{stem}"]
    if package == posixpath.basename(content.path):
        stems.append(inner or "__init__")
    ends = {f"{one}.py" for one in stems} | {f"{one}/__init__.py" for one in stems}
    return any(_LIBRARY.sub("lib/python/site-packages/", one) in ends for one in files)


def _changes_path(module: Module) -> bool:
    """Whether a module may add something to its path that is not plain from its text."""
    found = _PATH.finditer(module.source.text)
    return any(_HARMLESS.search(one["rest"]) is None for one in found)


def _place(module: Module, name: str) -> Span:
    """The line of an import."""
    source = module.source
    for hit in _IMPORT.finditer(source.text):
        if f"{hit['name']}.".startswith(f"{name}."):
            return source.span(hit.start(), hit.end())
    return source.span(0, 0)
