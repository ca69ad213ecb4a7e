"""The units of a project: where each handler, by what it imports from, is read.

A unit is what is read together: functions that import from the same folders,
or the files of one folder in which handlers are recognised by their signatures.
A run that goes unit by unit holds the trees of few modules at a time.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from lamlint.files.layer_library import is_layer_library
from lamlint.files.paths import Folders, around, below
from lamlint.project import resolution
from lamlint.project.left_out import left_out
from lamlint.project.lookup import Bound, Lookup, Search, added_roots, reached
from lamlint.project.packed import deployed
from lamlint.project.required import required_roots
from lamlint.project.unit import Failed, Unit
from lamlint.text import Source, Tree
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.model import Function
    from lamlint.python import Codebase, Module, Shelf
    from lamlint.python.codebase.clouds import Clouds
    from lamlint.python.module.facts import Import

Places = Mapping[resolution.Place, Sequence["Function"]]
_Named = tuple[tuple[str, str], ...]
_Key = tuple[tuple[str, ...], _Named, _Named, tuple[str, ...]]


@dataclass(frozen=True)
class Units:
    """The units of a project by what they import from."""

    tree: Tree
    shelf: Shelf
    failed: Failed
    clouds: Clouds
    search: Search
    _by_roots: dict[_Key, Unit] = field(default_factory=dict)
    _inline: dict[str, Unit] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Unit]:
        yield from self._by_roots.values()
        yield from self._inline.values()

    def of_function(self, function: Function, place: resolution.Place) -> Unit:
        """The unit that reads a function's code, which is at a place."""
        if function.code.inline is not None:
            if function.id not in self._inline:
                codebase, found = self.of_one(function, place)
                unit = self._unit(codebase.extended(found.folders))
                unit.lookups[place.path] = found
                self._inline[function.id] = unit
            return self._inline[function.id]
        codebase, found = self.of_one(function, place)
        return self._of(codebase, {**dict(place.named), **found.folders}, place.path, found)

    def of_one(self, function: Function, place: resolution.Place) -> tuple[Codebase, Lookup]:
        """What a function imports from, and what of its imports was looked up beyond that."""
        root = resolution.root_of(function)
        layers = tuple(filter(self._may_hold, resolution.layer_roots(function)))
        inline = function.code.inline
        if inline is not None:
            codebase = self._codebase(layers, {function.code.module: inline})
            return codebase, self._look_up(codebase, place, function)
        root = place.root if root is None else root
        required = required_roots(root, self.tree)
        added = self._added(place, root, function)
        roots = (root, *place.also, *layers, *required, *added)
        codebase = self._codebase(tuple(dict.fromkeys(roots)), renamed=dict(place.renamed))
        codebase = self._packed(codebase.extended(dict(place.named)), place, function)
        return codebase, self._look_up(codebase, place, function)

    def of_file(self, path: str, declared: str) -> Unit:
        """The unit that reads a file of which no template says from where it imports.

        `declared` is the folder around it that a template names, or the root of the project.
        """
        folder = posixpath.dirname(path)
        added = tuple(added_roots(self.tree, path, declared, None))
        alone = self._codebase((folder, *added))
        start = alone.module_at(path)
        found = (
            Lookup() if start is None else self.search.look_up(alone, start, Bound.OPEN, declared)
        )
        folders = dict(found.folders)
        above = {one for one in folders.values() if one in around(folder)}
        if len(above) == 1 and above == set(folders.values()):
            whole = self._of(self._codebase((*above, *added)), {}, path, found)
            if _reaches_the_same(whole.codebase, alone.extended(folders), path):
                return whole
        roots = (folder, *added) if above else tuple(dict.fromkeys((folder, *added, "")))
        return self._of(self._codebase(roots), folders, path, found)

    def _added(self, place: resolution.Place, root: str, function: Function) -> list[str]:
        """The folders that code adds to its path, as far as they may be there.

        What lies above a code folder here lies above `/var/task` there, which is empty.
        """
        found = list(added_roots(self.tree, place.path, root, function))
        inside = [one for one in found if not root or below(one, root)]
        return inside if len(inside) < len(found) and self.is_whole(function) else found

    def unresolved(
        self, function: Function, place: resolution.Place
    ) -> tuple[tuple[tuple[Module, Import], ...], frozenset[str]]:
        """The imports that a function surely makes and that lead nowhere.

        With them the names of those that nothing else than its code could bring, either.
        """
        from lamlint.python.codebase.outline import facts_of, surely_imported

        codebase, found = self.of_one(function, place)
        codebase = codebase.extended(found.folders)
        start = _start(codebase, place)
        modules = () if start is None else surely_imported(codebase, [start])
        leading_nowhere = tuple(
            (module, one)
            for module in modules
            for one in facts_of(module).imports
            if one.sure
            and not one.module.startswith(".")
            and not any(True for _ in codebase.along(one.module))
        )
        return leading_nowhere, frozenset(one.module for one in found.not_found)

    def is_whole(self, function: Function) -> bool:
        """Whether all that a function can import is its code folder and layers that are here.

        No build method of its own, no bundling and no script of the project adds to them.
        """
        code = function.code
        if _bound(function) is not Bound.CLOSED or code.image is not None or code.copied:
            return False
        custom = code.build_method and not code.build_method.startswith("python")
        return not custom and not any(map(self.search.packing.into, deployed(function)))

    def _may_hold(self, root: str) -> bool:
        """Whether something may lie there: few layers have a library folder.

        Units that differ in nothing else would be apart by it.
        """
        return not is_layer_library(root) or self.tree.is_folder(root)

    def _packed(self, codebase: Codebase, place: resolution.Place, function: Function) -> Codebase:
        """A codebase without what is not packed with a function's handler."""
        start = _start(codebase, place)
        return codebase if start is None else codebase.without(left_out(codebase, start, function))

    def _look_up(self, codebase: Codebase, place: resolution.Place, function: Function) -> Lookup:
        """What a handler's module imports that a codebase does not hold."""
        start = _start(codebase, place)
        if start is None:
            return Lookup()
        layers = tuple(resolution.layer_folders(function))
        return self.search.look_up(
            codebase,
            start,
            _bound(function),
            into=tuple(deployed(function)),
            layers=layers,
            copied=function.code.copied,
        )

    def _of(
        self, codebase: Codebase, elsewhere: Mapping[str, str], path: str, found: Lookup
    ) -> Unit:
        also = tuple(sorted(codebase.renamed.items()))
        named = tuple(sorted(elsewhere.items()))
        key = (codebase.roots, named, also, tuple(sorted(codebase.left_out)))
        if key not in self._by_roots:
            self._by_roots[key] = self._unit(codebase.extended(elsewhere))
        self._by_roots[key].lookups[path] = found
        return self._by_roots[key]

    def _codebase(
        self,
        roots: tuple[str, ...],
        inline: Mapping[str, Source] | None = None,
        renamed: Mapping[str, str] | None = None,
    ) -> Codebase:
        from lamlint.python import Codebase

        return Codebase(self.tree, roots, inline, self.shelf, renamed=renamed)

    def _unit(self, codebase: Codebase) -> Unit:
        return Unit(codebase, self.clouds, self.failed)


def _reaches_the_same(one: Codebase, other: Codebase, path: str) -> bool:
    """Whether a file imports the same from two codebases, by way of all that it imports."""
    starts = (one.module_at(path), other.module_at(path))
    if starts[0] is None or starts[1] is None:
        return False
    return reached(one, starts[0]) == reached(other, starts[1])


def _start(codebase: Codebase, place: resolution.Place) -> Module | None:
    """The module that a handler is taken from."""
    return codebase.module(place.module) or codebase.module_at(place.path)


def _bound(function: Function) -> Bound:
    """How much is known of where a function imports from."""
    image = function.code.image
    if image is not None:
        return Bound.CLOSED if image.context is not None else Bound.OPEN
    if resolution.root_of(function) is None and function.code.inline is None:
        return Bound.OPEN
    return Bound.CLOSED if resolution.layers_are_here(function) else Bound.LAYERS


def units(
    tree: Tree,
    places: Places,
    files: Mapping[str, Module],
    roots: Folders,
    shelf: Shelf,
    failed: Failed,
) -> Units:
    """The units in which the handlers of some places, and those recognised in some files, lie.

    `roots` are the folders that templates name as code.
    """
    from lamlint.python.codebase.clouds import Clouds

    found = Units(tree, shelf, failed, Clouds(tree), Search.of(tree))
    for place, functions in places.items():
        found.of_function(functions[0], place).places[place] = functions
    placed = [(place, unit) for unit in found for place in unit.places]
    named = {path: unit for unit in found for path in unit.handed_on}
    named |= {place.path: unit for place, unit in placed}
    for path, module in files.items():
        unit = named.get(path) or found.of_file(path, roots.nearest(path) or "")
        unit.files[path] = module
    return found
