"""Weighs code that nothing built: the source, and what a build would install beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING

from lamlint.model import Packing
from lamlint.packages.builds import upward
from lamlint.packages.entries import NEVER_PACKED, grouped, packed, source_files, vendored
from lamlint.packages.installed import Environment, installed_parts, read_environment
from lamlint.packages.lock import Lock, estimate, read_lock, selected
from lamlint.packages.measurement import Measurement, Method, Missing, several
from lamlint.packages.requirements import Wanted, declares, exported, project_in, replaced, required
from lamlint.packages.target import Target
from lamlint.text import Entry, Tree
from lamlint.text.dataclass import dataclass
from lamlint.text.wildcards import Automaton

if TYPE_CHECKING:
    from lamlint.catalog import Catalog

UV = "python-uv"
"""SAM's build method that installs by uv: what a pyproject.toml and its uv.lock say."""


_WHOLE = Packing()
AS_IS = "as is"
"""No build method of SAM: nothing is built."""
_ONLY_REQUIREMENTS = "a build installs what requirements.txt says, and nothing else"
_ANOTHER = (Missing("a script puts another file in the place of requirements.txt"),)
_NO_SIZES = "no uv.lock, pylock.toml or .venv says how large they are"


@dataclass(frozen=True, eq=False)
class Sources:
    """Weighs source folders, and remembers what it has read."""

    tree: Tree
    catalog: Catalog
    _locks: dict[str, Lock | None] = field(default_factory=dict)
    _environments: dict[str, Environment | None] = field(default_factory=dict)
    _files: dict[tuple[str, Packing], tuple[Entry, ...]] = field(default_factory=dict)
    _weighed: dict[tuple[str, str, Target, str, Packing], Measurement] = field(default_factory=dict)

    def files(self, folder: str, packing: Packing = _WHOLE) -> tuple[Entry, ...]:
        """The files of a source folder that a build from a clean checkout would pack."""
        key = (folder, packing)
        if key not in self._files:
            found = self.tree.contents(folder, NEVER_PACKED)
            self._files[key] = tuple(packed(found, folder, packing))
        return self._files[key]

    def weigh(
        self, folder: str, home: str, target: Target, method: str, packing: Packing = _WHOLE
    ) -> Measurement:
        """Source, and what its requirements come to.

        `home` is the folder whose project may export its lock for the code.
        """
        key = (folder, home, target, method, packing)
        if key not in self._weighed:
            self._weighed[key] = self._weigh(*key)
        return self._weighed[key]

    def _weigh(
        self, folder: str, home: str, target: Target, method: str, packing: Packing
    ) -> Measurement:
        files = tuple(source_files(self.files(folder, packing)))
        source = Measurement(Method.SOURCE, folder or ".", grouped(files, folder))
        if method == AS_IS or vendored(files):
            return source
        if self._replaced.matches(folder or ".") and required(self.tree, folder):
            return Measurement(source.method, source.place, source.parts, _ANOTHER)
        for wanted, here in self._wanted(folder, home, method):
            return self._with(source, wanted, folder if here else home, target, here=here)
        if other := declares(self.tree, folder):
            told = (Missing(_ONLY_REQUIREMENTS, f"what {other} asks for"),)
            return Measurement(source.method, source.place, source.parts, told)
        return source

    def _wanted(self, folder: str, home: str, method: str) -> Iterator[tuple[Wanted, bool]]:
        """What a build installs, and whether the code's folder says so.

        SAM installs what the requirements.txt there says and nothing else, so a
        project counts without one only where it is built by uv, or where a
        script makes a requirements.txt for that folder of its lock.
        """
        if method == UV and (wanted := project_in(self.tree, folder)):
            yield wanted, True
        if wanted := required(self.tree, folder):
            yield wanted, True
        if self._exported.matches(folder or "."):
            for place in dict.fromkeys((folder, home)):
                if wanted := project_in(self.tree, place) or self._locked_project(place):
                    yield wanted, False

    def _locked_project(self, folder: str) -> Wanted | None:
        """A pylock.toml is whole for the project it stands beside, even without its metadata."""
        lock = self._lock(folder)
        whole = lock is not None and not lock.path.endswith("uv.lock")
        return Wanted(lock.path, (), whole=True) if lock is not None and whole else None

    @cached_property
    def _exported(self) -> Automaton:
        return exported(self.tree)

    @cached_property
    def _replaced(self) -> Automaton:
        return replaced(self.tree)

    def _with(
        self, source: Measurement, wanted: Wanted, folder: str, target: Target, *, here: bool
    ) -> Measurement:
        if not (wanted.requirements or wanted.unread or wanted.whole):
            return source
        for place in upward(folder):
            if lock := self._lock(place):
                selection = selected(lock, wanted, target)
                sizes = self.catalog.packages
                parts, unsized = estimate(lock, selection.distributions, target, sizes)
                missing = (*selection.missing, *unsized)
                return Measurement(Method.LOCK, lock.path, source.parts + parts, missing, here)
        for place in upward(folder):
            if environment := self._environment(place):
                parts, missing = installed_parts(self.tree, environment, wanted, target)
                both = source.parts + parts
                return Measurement(Method.INSTALLED, environment.path, both, missing, here)
        missing = (*_unsized(wanted), *wanted.unread)
        return Measurement(source.method, source.place, source.parts, missing, here)

    def _lock(self, folder: str) -> Lock | None:
        if folder not in self._locks:
            self._locks[folder] = read_lock(self.tree, folder)
        return self._locks[folder]

    def _environment(self, folder: str) -> Environment | None:
        if folder not in self._environments:
            self._environments[folder] = read_environment(self.tree, folder)
        return self._environments[folder]


def _unsized(wanted: Wanted) -> tuple[Missing, ...]:
    names = tuple(sorted({requirement.name for requirement in wanted.requirements}))
    return (Missing(_NO_SIZES, several(names), names, wanted.path),) if names else ()
