"""Weighs code: a build or an archive if there is one, else source and what it asks for."""

from __future__ import annotations

import posixpath
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from lamlint.model import Code, CodeKind
from lamlint.packages.builds import Builds
from lamlint.packages.entries import grouped
from lamlint.packages.measurement import (
    Measurement,
    Method,
    Missing,
    Part,
    Unmeasured,
    megabytes,
)
from lamlint.packages.source import AS_IS, UV, Sources
from lamlint.packages.target import Target, target_of
from lamlint.text import Tree
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.catalog import Catalog

Weight: TypeAlias = "Measurement | Unmeasured"

_ARCHIVES = (".zip", ".jar", ".war")
_REASONS = {
    CodeKind.REMOTE: "the code is not in the project",
    CodeKind.MISSING: "the code is not where the template says",
    CodeKind.BUILT: "the code is made by a build, and no build is there",
    CodeKind.UNKNOWN: "where the code is could not be resolved",
}


@dataclass(frozen=True, eq=False)
class Scales:
    """Measures code, and remembers what it has measured."""

    tree: Tree
    catalog: Catalog
    _folders: dict[tuple[str, Method], Measurement] = field(default_factory=dict)

    @cached_property
    def _builds(self) -> Builds:
        return Builds(self.tree)

    @cached_property
    def sources(self) -> Sources:
        """What weighs source folders."""
        return Sources(self.tree, self.catalog)

    def code(
        self, code: Code, name: str, template: str, target: Target | None, *, layered: bool
    ) -> Weight:
        """The size of a function's code.

        `layered` says whether the function has layers: its dependencies may be there.
        """
        if code.kind is CodeKind.IMAGE:
            most = megabytes(self.catalog.packages.image_limit)
            return Unmeasured(f"a container image, which may have {most}, is not looked into")
        if code.kind is CodeKind.INLINE:
            size = (
                len(code.inline.text.encode("utf-8", "surrogatepass"))
                if code.inline is not None
                else 0
            )
            return Measurement(Method.INLINE, template, (Part("inline code", size, size),))
        for place in self._builds.of(code, name, template):
            return self._built(place)
        if code.kind is CodeKind.ARCHIVE:
            return self._archive(code.path)
        if code.kind not in (CodeKind.FOLDER, CodeKind.FILE):
            return Unmeasured(_REASONS[code.kind])
        if target is None:
            return Unmeasured("the runtime is not known to be Python, and no build is there")
        method = code.build_method.lower()
        if method and not method.startswith("python"):
            return Unmeasured(f"{code.build_method} builds the code, and no build is there")
        folder = code.path if code.kind is CodeKind.FOLDER else posixpath.dirname(code.path)
        home = folder if layered else posixpath.dirname(template)
        method = AS_IS if code.as_is else method
        return self.sources.weigh(folder, home, target, method, code.packing)

    def layer(self, code: Code, name: str, template: str, target: Target | None) -> Weight:
        """The size of a layer's content."""
        for place in self._builds.of(code, name, template):
            return self._built(place)
        if code.kind is CodeKind.ARCHIVE:
            return self._archive(code.path)
        if code.kind is not CodeKind.FOLDER:
            return Unmeasured(_REASONS.get(code.kind, _REASONS[CodeKind.UNKNOWN]))
        method = "" if code.as_is else code.build_method.lower()
        builder = target if method == UV else target_of(method, target.machine if target else "")
        if builder is not None:
            return self.sources.weigh(code.path, code.path, builder, method)
        if method:
            return Unmeasured(f"{code.build_method} builds the code, and no build is there")
        found = self._folder(code.path, Method.SOURCE)
        if self.tree.is_file(path := posixpath.join(code.path, "requirements.txt")):
            told = Missing("no BuildMethod of the layer installs it", f"what {path} asks for")
            return Measurement(found.method, found.place, found.parts, (told,))
        return found

    def _built(self, place: str) -> Weight:
        if place.endswith(_ARCHIVES) and self.tree.is_file(place):
            return self._archive(place)
        return self._folder(place, Method.BUILT)

    def _archive(self, path: str) -> Weight:
        entries = self.tree.archive(path)
        if not isinstance(entries, tuple):
            return Unmeasured(f"{path} cannot be read as an archive")
        return Measurement(Method.ARCHIVE, path, grouped(entries, ""))

    def _folder(self, path: str, method: Method) -> Measurement:
        if (path, method) not in self._folders:
            parts = grouped(self.tree.contents(path), path)
            self._folders[path, method] = Measurement(method, path or ".", parts)
        return self._folders[path, method]
