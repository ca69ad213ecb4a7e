"""Weighs code: a build or an archive if there is one, else source and what it asks for."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from lamlint.model import Code, CodeKind
from lamlint.packages.entries import NEVER_PACKED, grouped, source_files, vendored
from lamlint.packages.installed import Environment, installed_parts, read_environment
from lamlint.packages.lock import Lock, estimate, read_lock, selected
from lamlint.packages.measurement import Measurement, Method
from lamlint.packages.requirements import Wanted, exports, read_toml, wanted_in
from lamlint.packages.target import Target, target_of
from lamlint.text import Tree

if TYPE_CHECKING:
    from lamlint.catalog import Catalog

_ARCHIVES = (".zip", ".jar", ".war")
_OTHER_BUILDERS = frozenset({"makefile", "go", "go1.x", "rust-cargolambda", "esbuild"})
"""Build methods of SAM that do not pack the source folder as it is."""


@dataclass(frozen=True, eq=False)
class Scales:
    """Measures code, and remembers what it has read."""

    tree: Tree
    catalog: Catalog
    _locks: dict[str, Lock | None] = field(default_factory=dict)
    _environments: dict[str, Environment | None] = field(default_factory=dict)
    _codes: dict[tuple[str, str, Target], Measurement] = field(default_factory=dict)

    def code(
        self, code: Code, name: str, template: str, target: Target | None, *, layered: bool
    ) -> Measurement | None:
        """The size of a function's code; None when it cannot be known.

        `layered` says whether the function has layers: its dependencies may be there.
        """
        for place in self._builds(code, name, template):
            return self._built(place)
        if code.kind is CodeKind.ARCHIVE:
            return self._archive(code.path)
        if code.kind not in (CodeKind.FOLDER, CodeKind.FILE):
            return None
        if target is None or code.build_method.lower() in _OTHER_BUILDERS:
            return None
        folder = code.path if code.kind is CodeKind.FOLDER else posixpath.dirname(code.path)
        home = folder if layered else posixpath.dirname(template)
        if (folder, home, target) not in self._codes:
            self._codes[folder, home, target] = self._source(folder, home, target)
        return self._codes[folder, home, target]

    def layer(self, code: Code, name: str, template: str) -> Measurement | None:
        """The size of a layer's content."""
        for place in self._builds(code, name, template):
            return self._built(place)
        if code.kind is CodeKind.ARCHIVE:
            return self._archive(code.path)
        if code.kind is not CodeKind.FOLDER or code.build_method.lower() == "makefile":
            return None
        target = target_of(code.build_method, "x86_64")
        if target is not None:
            return self._source(code.path, code.path, target)
        return self._folder(code.path, Method.SOURCE)

    def _builds(self, code: Code, name: str, template: str) -> Iterator[str]:
        """The builds of some code that are there, the surest first."""
        if posixpath.basename(code.path).startswith("asset.") and code.kind is CodeKind.FOLDER:
            yield code.path
        yield from code.built
        home = posixpath.dirname(template)
        for folder in dict.fromkeys((home, "")):
            base = posixpath.join(folder, ".aws-sam")
            for shared in (name, *self._shared(posixpath.join(base, "build.toml"), name)):
                if self.tree.is_folder(built := posixpath.join(base, "build", shared)):
                    yield built
            if self.tree.is_file(built := posixpath.join(folder, ".serverless", f"{name}.zip")):
                yield built

    def _shared(self, path: str, name: str) -> tuple[str, ...]:
        """The functions that `sam build` built together with one; the first gave the folder."""
        definitions = (read_toml(self.tree, path) or {}).get("function_build_definitions")
        for one in definitions.values() if isinstance(definitions, dict) else ():
            names = one.get("functions") if isinstance(one, dict) else None
            if isinstance(names, list) and name in names:
                return tuple(map(str, names))
        return ()

    def _built(self, place: str) -> Measurement | None:
        if place.endswith(_ARCHIVES):
            return self._archive(place)
        return self._folder(place, Method.BUILT)

    def _archive(self, path: str) -> Measurement | None:
        entries = self.tree.archive(path)
        if not isinstance(entries, tuple):
            return None
        return Measurement(Method.ARCHIVE, path, grouped(entries, ""))

    def _folder(self, path: str, method: Method) -> Measurement:
        return Measurement(method, path, grouped(self.tree.contents(path), path))

    @cached_property
    def _exports(self) -> bool:
        return exports(self.tree)

    def _source(self, folder: str, home: str, target: Target) -> Measurement:
        """Source, and what its requirements come to."""
        files = tuple(source_files(self.tree.contents(folder, NEVER_PACKED)))
        own = Measurement(Method.SOURCE, folder or ".", grouped(files, folder))
        if vendored(files):
            return own
        # A builder installs what stands in the code's folder; a lock elsewhere is packed
        # only where something makes requirements of it.
        for place in dict.fromkeys((folder, home) if self._exports else (folder,)):
            wanted = wanted_in(self.tree, place, project_only=place != folder)
            if wanted is not None:
                return self._with(own, wanted, folder, target, here=place == folder)
            lock = self._lock(place)
            if lock is not None and not lock.path.endswith("uv.lock"):
                return self._locked(own, lock, None, target, here=place == folder)
        return own

    def _with(
        self, own: Measurement, wanted: Wanted, folder: str, target: Target, *, here: bool
    ) -> Measurement:
        if not wanted.requirements and wanted.complete:
            return own
        for place in _upward(folder):
            if lock := self._lock(place):
                return self._locked(own, lock, wanted, target, here=here)
        for place in _upward(folder):
            if environment := self._environment(place):
                parts, complete = installed_parts(self.tree, environment, wanted, target)
                parts = own.parts + parts
                return Measurement(Method.INSTALLED, environment.path, parts, complete, here)
        return Measurement(own.method, own.place, own.parts, complete=False, own=here)

    def _locked(
        self,
        own: Measurement,
        lock: Lock,
        wanted: Wanted | None,
        target: Target,
        *,
        here: bool,
    ) -> Measurement:
        distributions, all_found = selected(lock, wanted, target)
        parts, all_sized = estimate(distributions, target, self.catalog.packages)
        complete = all_found and all_sized
        return Measurement(Method.LOCK, lock.path, own.parts + parts, complete, here)

    def _lock(self, folder: str) -> Lock | None:
        if folder not in self._locks:
            self._locks[folder] = read_lock(self.tree, folder)
        return self._locks[folder]

    def _environment(self, folder: str) -> Environment | None:
        if folder not in self._environments:
            self._environments[folder] = read_environment(self.tree, folder)
        return self._environments[folder]


def _upward(folder: str) -> Iterator[str]:
    """A folder and those above it, up to the root."""
    while folder:
        yield folder
        folder = posixpath.dirname(folder)
    yield ""
