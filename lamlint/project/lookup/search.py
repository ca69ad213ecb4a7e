"""Where a function's imports are found that its own code does not hold, as far as that is sure.

A template need not name the folder that code is imported from, nor where a layer's content lies.
What the project says of it is read here: a folder above the handler that holds all that it
imports, the folder of a layer by its shape, a distribution of the project's own. It says what
runs and nothing else: how large a package is, or what else is in it, does not follow.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field
from enum import Enum, auto
from itertools import islice
from typing import TYPE_CHECKING

from lamlint.files import kinds
from lamlint.files.paths import below
from lamlint.packages.builds import upward
from lamlint.project.lookup.distributions import Distributions, is_layer
from lamlint.project.lookup.imports import Wanted, wanted
from lamlint.project.lookup.listing import Listing
from lamlint.project.lookup.provided import Provided
from lamlint.project.packing import Brought, Packing
from lamlint.text import Tree, Unread
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.python import Codebase, Module

_MOST_ROUNDS = 20
_MOST_WANTED = 500
"""How many imports of one function are looked up; real ones leave up to 60 open."""


class Bound(Enum):
    """How much of where a function imports from is known."""

    OPEN = auto()
    """Nothing: no template names it."""
    LAYERS = auto()
    """All but what some layer brings."""
    CLOSED = auto()
    """All of it."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The folder that holds what is imported by a first name, and why it is that one."""

    folder: str
    why: str


@dataclass(frozen=True, slots=True)
class NotFound:
    """An import that no file is known for: what it names, the file, and why."""

    module: str
    path: str
    reason: str


@dataclass(frozen=True)
class Lookup:
    """What was found of a function's imports beyond its own code, by first names; what was not."""

    elsewhere: Mapping[str, Elsewhere] = field(default_factory=dict)
    not_found: tuple[NotFound, ...] = ()

    @property
    def folders(self) -> Mapping[str, str]:
        """The folders by the first names."""
        return _folders(self.elsewhere)


@dataclass(frozen=True)
class Search:
    """Looks up imports; what it finds out about the project's files is found out once."""

    tree: Tree
    listing: Listing
    provided: Provided
    distributions: Distributions
    packing: Packing

    @classmethod
    def of(cls, tree: Tree) -> Search:
        """A search in the files of a project."""
        return cls(tree, Listing(tree), Provided(tree), Distributions(tree), Packing(tree))

    def look_up(
        self,
        codebase: Codebase,
        start: Module,
        bound: Bound,
        top: str = "",
        into: Sequence[str] = (),
        layers: Sequence[str] = (),
        copied: Collection[str] = (),
    ) -> Lookup:
        """What a module and its own imports need; no folder above `top` is one they import from.

        `into` are the folders and archives that are deployed, which build steps may fill;
        `layers` the folders that layers are built of; `copied` what commands copy into the code.
        """
        found: dict[str, Elsewhere] = {}
        while len(found) < _MOST_ROUNDS:
            left = self._left(codebase.extended(_folders(found)), start)
            ours = [one for one in left if one.top not in found]
            more = dict(self._packed(ours, start, bound, into))
            more = more or dict(self._installed(ours, start, layers))
            more = more or dict(self._copied(ours, start, copied))
            if not more and bound is not Bound.CLOSED:
                more = dict(self._more(ours, start, bound, top, found))
            if not more:
                return Lookup(found, tuple(self._not_found(left, start, bound)))
            found.update(more)
        return Lookup(found)

    def _left(self, codebase: Codebase, start: Module) -> list[Wanted]:
        home = posixpath.dirname(start.path)
        every = wanted(codebase, start, lambda top: self.provided.holds(top, home))
        found = list(islice(every, _MOST_WANTED + 1))
        if len(found) > _MOST_WANTED:
            place = start.source.span(0, 0)
            codebase.leave_out(Unread(place, "only in part: it imports more than is looked up"))
        return found[:_MOST_WANTED]

    def _more(
        self,
        left: Sequence[Wanted],
        start: Module,
        bound: Bound,
        top: str,
        known: Mapping[str, Elsewhere],
    ) -> Mapping[str, Elsewhere]:
        """What is found for some of the imports that are left; nothing where nothing is."""
        if bound is Bound.OPEN:
            found = dict(self._relative(left)) or dict(self._above(left, start, top, known))
            if found:
                return found
        return dict(self._shared(left, start, bound)) or dict(self._sole(left, start, bound))

    def _packed(
        self, left: Sequence[Wanted], start: Module, bound: Bound, into: Sequence[str]
    ) -> Iterator[tuple[str, Elsewhere]]:
        """What build steps bring to the code: from one folder, or nothing is said."""
        for top, asked in _by_top(left).items():
            brought = [one for folder in into for one in self.packing.into(folder)]
            if not into and bound is Bound.OPEN:
                brought = list(self.packing.beside(start.path))
            by = {one.folder: one for one in reversed(brought) if self._brings(one, top, asked)}
            if len(by) == 1 and self._is_ours(asked[0], posixpath.dirname(start.path)):
                folder, one = by.popitem()
                yield top, Elsewhere(folder, f"{one.by} packs {top}, which {asked[0].path} imports")

    def _brings(self, one: Brought, top: str, asked: Sequence[Wanted]) -> bool:
        needed = [each for each in asked if each.needed] or asked
        return (
            one.has(top)
            and one.folder in self.listing.holding(top)
            and all(self.listing.resolves(one.folder, each) for each in needed)
        )

    def _installed(
        self, left: Sequence[Wanted], start: Module, layers: Sequence[str]
    ) -> Iterator[tuple[str, Elsewhere]]:
        """What a layer's own folder holds as a distribution, which building the layer installs."""
        home = posixpath.dirname(start.path)
        for top, asked in _by_top(left).items() if layers else ():
            needed = [one for one in asked if one.needed] or asked
            found = {
                folder: by
                for folder in self.listing.holding(top)
                if any(below(folder, layer) for layer in layers)
                and (by := self.distributions.of(folder, top)) is not None
                and all(self.listing.resolves(folder, one) for one in needed)
            }
            if len(found) == 1 and self._is_ours(asked[0], home):
                folder, by = found.popitem()
                why = f"by {by} the distribution of its layer with {top}"
                yield top, Elsewhere(folder, f"{why} that {needed[0].path} imports")

    def _copied(
        self, left: Sequence[Wanted], start: Module, copied: Collection[str]
    ) -> Iterator[tuple[str, Elsewhere]]:
        """What commands copy into the code: from the nearest folder above it that holds it."""
        home = posixpath.dirname(start.path)
        for top, asked in _by_top(left).items() if copied else ():
            needed = [one for one in asked if one.needed] or asked
            folders = (
                folder for folder in upward(home) if all(self._holds(folder, one) for one in needed)
            )
            nearest = next(folders, None) if top in copied else None
            if nearest is not None and self._is_ours(asked[0], home):
                why = f"what bundles the code copies {top}, which {needed[0].path} imports"
                yield top, Elsewhere(nearest, why)

    def _relative(self, left: Sequence[Wanted]) -> Iterator[tuple[str, Elsewhere]]:
        """What relative imports lead to, out of what was taken for the outermost package."""
        for one in left:
            if one.folder is not None and self.listing.resolves(one.folder, one):
                why = f"the relative import of {one.top} in {one.path} leads there"
                yield one.top, Elsewhere(one.folder, why)

    def _above(
        self, left: Sequence[Wanted], start: Module, top: str, known: Mapping[str, Elsewhere]
    ) -> Iterator[tuple[str, Elsewhere]]:
        """What the nearest folder above the handler holds that holds all which any of them does."""
        home = posixpath.dirname(start.path)
        folders = [one for one in upward(home) if one != home and (not top or below(one, top))]
        before = {one.folder for one in known.values() if one.folder in folders}
        if before:
            folders = [one for one in folders if one in before]
        own = [one for one in left if any(self._holds(folder, one) for folder in folders)]
        needed = [one for one in own if one.needed] or own
        for folder in folders if needed else ():
            if all(self._holds(folder, one) for one in needed):
                for one in own:
                    if self._holds(folder, one) and self._is_ours(one, home):
                        why = (
                            f"holds the {self._kind(folder, one)} {one.top} that {one.path} imports"
                        )
                        yield one.top, Elsewhere(folder, why)
                return

    def _holds(self, folder: str, one: Wanted) -> bool:
        return (
            one.folder is None
            and folder in self.listing.holding(one.top)
            and self.listing.resolves(folder, one)
        )

    def _kind(self, folder: str, one: Wanted) -> str:
        module = posixpath.join(folder, f"{one.top}.py") in self.listing.files
        return "module" if module else "package"

    def _is_ours(self, one: Wanted, home: str) -> bool:
        return not self.provided.is_installed(one.top, home)

    def _shared(
        self, left: Sequence[Wanted], start: Module, bound: Bound
    ) -> Iterator[tuple[str, Elsewhere]]:
        """What layers and distributions elsewhere in the project hold, the only ones that do."""
        home = posixpath.dirname(start.path)
        for top, asked in _by_top(left).items():
            chosen = self._only(top, asked, home, bound)
            if len(chosen) == 1 and self._is_ours(asked[0], home):
                yield top, chosen[0]

    def _sole(
        self, left: Sequence[Wanted], start: Module, bound: Bound
    ) -> Iterator[tuple[str, Elsewhere]]:
        """What a single folder of the project holds, where nothing says what is deployed.

        A folder with a handler of its own is what another function is made of.
        """
        home = posixpath.dirname(start.path)
        for top, asked in _by_top(left).items() if bound is Bound.OPEN else ():
            needed = [one for one in asked if one.needed] or asked
            every = [one for one in self.listing.holding(top) if not _is_apart(one, home)]
            folder = every[0] if len(every) == 1 else home
            # One above the handler would hold all of its imports, or is not the root.
            if folder not in upward(home) and self._is_ours(asked[0], home):
                resolves = all(self.listing.resolves(folder, one) for one in needed)
                if resolves and not self.listing.has_handler(folder):
                    why = f"the only folder of the project with {top} that {needed[0].path} imports"
                    yield top, Elsewhere(folder, why)

    def _only(
        self, top: str, asked: Sequence[Wanted], home: str, bound: Bound
    ) -> Sequence[Elsewhere]:
        """The folders that may be meant: those of the innermost project that has any."""
        every = list(self._candidates(top, asked, home, bound))
        for project in self.listing.projects(home) if every else ():
            inside = [one for one in every if not project or below(one.folder, project)]
            if inside:
                return inside
        return ()

    def _candidates(
        self, top: str, asked: Sequence[Wanted], home: str, bound: Bound
    ) -> Iterator[Elsewhere]:
        needed = [one for one in asked if one.needed] or asked
        for folder in self.listing.holding(top):
            if _is_apart(folder, home):
                continue
            why = self._why_shared(folder, top, bound)
            if why and all(self.listing.resolves(folder, one) for one in needed):
                yield Elsewhere(folder, f"{why} {top} that {needed[0].path} imports")

    def _why_shared(self, folder: str, top: str, bound: Bound) -> str:
        if is_layer(folder):
            return "the only folder of a layer's shape with"
        if bound is Bound.OPEN:
            by = self.distributions.of(folder, top)
        else:
            by = self.distributions.packed(folder, top)
        return "" if by is None else f"by {by} the only distribution with"

    def _not_found(self, left: Sequence[Wanted], start: Module, bound: Bound) -> Iterator[NotFound]:
        home = posixpath.dirname(start.path)
        for one in (one for one in left if one.needed):
            yield NotFound(one.module, one.path, self._why_not(one, home, bound))

    def _why_not(self, one: Wanted, home: str, bound: Bound) -> str:
        may_be = [] if bound is Bound.CLOSED else list(self._only(one.top, [one], home, bound))
        if len(may_be) > 1:
            return f"{' and '.join(sorted(each.folder for each in may_be))} have it"
        if bound is Bound.LAYERS:
            return "a layer that is not in the project may bring it"
        return "neither its code nor its requirements have it"


def _by_top(left: Sequence[Wanted]) -> Mapping[str, Sequence[Wanted]]:
    """Imports by their first names, the relative ones aside."""
    found: dict[str, list[Wanted]] = {}
    for one in left:
        if one.folder is None:
            found.setdefault(one.top, []).append(one)
    return found


def _is_apart(folder: str, home: str) -> bool:
    """Whether a folder is one of tests or examples that another does not lie in, too."""
    own, other = folder.split("/"), home.split("/")
    while own and other and own[0] == other[0]:
        own, other = own[1:], other[1:]
    return kinds.is_sample("/".join([*own, ""]))


def _folders(found: Mapping[str, Elsewhere]) -> Mapping[str, str]:
    return {top: one.folder for top, one in found.items()}
