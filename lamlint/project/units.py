"""From handler strings to the Python functions that they mean, unit by unit.

A unit is what is read together: functions that import from the same folders,
or the files of one folder in which handlers are recognised by their signatures.
A run that goes unit by unit holds the trees of few modules at a time.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from lamlint.files.layer_library import is_layer_library
from lamlint.files.paths import Folders, around, below
from lamlint.project import resolution
from lamlint.project.left_out import left_out
from lamlint.project.lookup import Bound, Lookup, Search, added_roots, reached
from lamlint.project.packed import deployed
from lamlint.project.required import required_roots
from lamlint.python.module.facts import facts
from lamlint.text import Source, Span, Tree
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from lamlint.model import Function
    from lamlint.python import Codebase, Handler, Module, Shelf
    from lamlint.python.codebase.clouds import Clouds

_PARAMETERS = Regex(r"^def[ \t]+\w+[ \t]*\(([^()]*)\)", re.MULTILINE | re.IGNORECASE)
_EVENT = Regex(r"event|evt", re.IGNORECASE)
_HANDLERS = frozenset({"handler", "lambda_handler"})

T = TypeVar("T")
Failed = Callable[[str, Exception, Span], None]
Places = Mapping[resolution.Place, Sequence["Function"]]
_Named = tuple[tuple[str, str], ...]
_Key = tuple[tuple[str, ...], _Named, _Named, tuple[str, ...]]


@dataclass(eq=False)
class Unit:
    """What shares a codebase: the places that templates name, and files without a template.

    Handlers are read when they are asked for, let go by `forget`, and then read again.
    """

    codebase: Codebase
    clouds: Clouds
    failed: Failed
    places: dict[resolution.Place, Sequence[Function]] = field(default_factory=dict)
    files: dict[str, Module] = field(default_factory=dict)
    lookups: dict[str, Lookup] = field(default_factory=dict)
    """What was looked up out of their own code, by the path of a handler's module."""
    _read: dict[resolution.Place, Handler | None] = field(default_factory=dict)
    _resolved: dict[resolution.Place, bool] = field(default_factory=dict)

    def handler_at(self, place: resolution.Place) -> Handler | None:
        """The handler at one of the unit's places, if it leads to a function of the codebase."""
        if place not in self._read:
            self._read[place] = self._configured(place)
            self._resolved[place] = self._read[place] is not None
        return self._read[place]

    def glimpse(
        self, place: resolution.Place, words: Sequence[str], ask: Callable[[Handler], T]
    ) -> T | None:
        """What is asked of the handler at a place, if code that it may run has all of some words.

        It is let go again if it was not read yet.
        """
        if not self._may_run(place, words):
            return None
        held = place in self._read
        parsed = {id(one) for one in self.codebase.loaded if one.is_parsed}
        handler = self.handler_at(place)
        answer = None if handler is None else ask(handler)
        if not held:
            self.let_go(place)
            for module in self.codebase.loaded:
                if id(module) not in parsed:
                    module.forget()
        return answer

    def _may_run(self, place: resolution.Place, words: Sequence[str]) -> bool:
        """Whether a module that the code at a place may run has all of some words in it."""
        from lamlint.python.codebase.outline import possibly_imported

        start = self.module_at(place)
        return start is not None and any(
            all(map(one.mentions, words)) for one in possibly_imported(self.codebase, start)
        )

    def resolves(self, place: resolution.Place) -> bool:
        """Whether there is a handler at one of the unit's places; it is known once it was read."""
        if place not in self._resolved:
            self.handler_at(place)
            self.forget()
        return self._resolved[place]

    def module_at(self, place: resolution.Place) -> Module | None:
        """The module that one of the unit's places names."""
        module = self.codebase.module(place.module)
        if module is None and place.inline is None:
            return self.codebase.module_at(place.path)
        return module

    @cached_property
    def handed_on(self) -> Mapping[str, frozenset[str]]:
        """The handlers that the modules of places import, by the file that each is in.

        Those are handed on under the same name, or called with what the other one is given.
        """
        found: dict[str, set[str]] = {}
        for place in self.places:
            module = None if place.inline is not None else self.module_at(place)
            if module is None:
                continue
            for one in facts(module.source).imports:
                names = (_HANDLERS | {place.attribute}).intersection(one.members)
                owner = self.codebase.module(module.absolute(one.module)) if names else None
                if owner is not None:
                    found.setdefault(owner.path, set()).update(names)
        return {path: frozenset(names) for path, names in found.items()}

    def recognised(self) -> Iterator[Handler]:
        """The functions of the unit's files that are handlers by their signatures."""
        for path in self.files:
            yield from self.recognised_in(path)

    def recognised_in(self, path: str) -> list[Handler]:
        """The functions of one of the unit's files that are handlers by their signatures."""
        from lamlint.python import recognised

        module = self.files[path]
        try:
            own = self.codebase.module_at(path)
            if own is None:
                return []
            found = recognised(self.codebase, own, self._named_in(path))
            return [one for one in found if not self.clouds.run(self.codebase, own, one.name)]
        except Exception as error:  # noqa: BLE001  one module must not hide the others
            self.failed(f"the module {path} could not be read", error, module.source.span(0, 0))
            return []

    def let_go(self, place: resolution.Place) -> None:
        """Forget what one handler reaches; its modules stay, as its neighbours use them."""
        handler = self._read.pop(place, None)
        if handler is not None:
            handler.forget()

    def begin_anew(self) -> None:
        """Let go all that is known of the code: whoever asks next asks the tree."""
        self.forget()
        self._resolved.clear()
        self.clouds = replace(self.clouds)

    def forget(self) -> None:
        """Let go all that was read."""
        for place in tuple(self._read):
            self.let_go(place)
        self.codebase.forget()

    def _named_in(self, path: str) -> frozenset[str]:
        """The functions of a file that templates name."""
        found = filter(None, map(self.handler_at, self.places))
        named = frozenset(one.name for one in found if one.module.path == path)
        return named | self.handed_on.get(path, frozenset())

    def _configured(self, place: resolution.Place) -> Handler | None:
        from lamlint.python import handler_in

        functions = tuple(self.places[place])
        try:
            module = self.module_at(place)
            if module is None:
                return None
            return handler_in(self.codebase, module, place.attribute, functions)
        except Exception as error:  # noqa: BLE001  one handler must not hide the others
            what = f"the handler in {place.path} could not be read"
            self.failed(what, error, functions[0].span)
            return None


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
        root = resolution.root_of(function)
        layers = tuple(filter(self._may_hold, resolution.layer_roots(function)))
        inline = function.code.inline
        if inline is not None:
            if function.id not in self._inline:
                codebase = self._codebase(layers, {function.code.module: inline})
                found = self._look_up(codebase, place, function)
                unit = self._unit(codebase.extended(found.folders))
                unit.lookups[place.path] = found
                self._inline[function.id] = unit
            return self._inline[function.id]
        root = place.root if root is None else root
        required = required_roots(root, self.tree)
        added = self._added(place, root, function)
        roots = (root, *place.also, *layers, *required, *added)
        codebase = self._codebase(tuple(dict.fromkeys(roots)), renamed=dict(place.renamed))
        named = dict(place.named)
        codebase = self._packed(codebase.extended(named), place, function)
        found = self._look_up(codebase, place, function)
        return self._of(codebase, {**named, **found.folders}, place.path, found)

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
        return inside if len(inside) < len(found) and self._is_whole(function) else found

    def _is_whole(self, function: Function) -> bool:
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


def may_hold_handlers(module: Module) -> bool:
    """Whether a module has what Lambda may call, by its text.

    A function that takes an event and something else, or an object that is made for it.
    """
    return module.source.once(may_hold_handlers, lambda: _may_hold_handlers(module))


def _may_hold_handlers(module: Module) -> bool:
    from lamlint.python import may_assign_handler

    text = module.source.text
    takes = map(_takes_an_event, _PARAMETERS.findall(text))
    return "def lambda_handler(" in text or any(takes) or may_assign_handler(module)


def _takes_an_event(parameters: str) -> bool:
    if "LambdaContext" in parameters:
        return True
    event = _EVENT.search(parameters)
    return event is not None and "," in parameters[event.end() :]
