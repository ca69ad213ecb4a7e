"""What a run told, kept with the notes of all that it saw."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias, cast

from lamlint import __version__
from lamlint.cache import place, quotes
from lamlint.cache.program import of_data, program, put
from lamlint.cache.same import same
from lamlint.cache.store import Store
from lamlint.files.asking import IMPORTABLE, Notes
from lamlint.files.git import repository
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.cache.drawer import Drawer

HEEDED = ("GITHUB_ACTIONS", "GITHUB_WORKSPACE", "HOME", "PYTHONPATH", "USERPROFILE")
"""The variables by which a run may see or tell something else. (How what it tells may look is
told with the request; where git is and what it says is asked of git.)"""

Said: TypeAlias = "Sequence[tuple[str, str, str]]"
"""What was written, in its order: the kind of place, its name, and the text."""
Kept: TypeAlias = "Sequence[tuple[str, str, list[str], list[quotes.Part]]]"
"""The same with the files that are quoted, and the text in parts."""


@dataclass(frozen=True)
class Told:
    """All that a run wrote, and how it ended."""

    said: Said
    code: int


@dataclass(frozen=True)
class Memory:
    """The place in the cache for what a certain command line tells in a certain folder."""

    store: Store
    kind: str
    name: str
    basis: str
    """What stands for the program, and for what surrounds it."""
    begun: int
    day: str

    @property
    def noted(self) -> Notes:
        """Empty notes, for a run to be noted in."""
        return Notes(self.store.key)

    def recall(self) -> Told | None:
        """What the last such run told, if one would see the same now."""
        kept = self.store.get(self.kind, self.name)
        if kept is None:
            return None
        noted, since = of_data(kept, self.store.key)
        still = same(noted, since)
        if still is None:
            return None
        if still is not noted:
            put(self.store, self.kind, self.name, still, self.begun, kept)
        said = _whole(cast("Kept", kept["said"]))
        return None if said is None else Told(said, cast("int", kept["code"]))

    def drawer(self, noted: Notes) -> Drawer:
        """Where it is kept what comes of jobs, with the packages that were noted."""
        from lamlint.cache.drawer import Drawer

        basis = self.store.name(self.basis, noted.plain.get(IMPORTABLE, {}))
        return Drawer(self.store, basis)

    def keep(self, told: Told, noted: Notes) -> None:
        """Keep what a run told, unless what it saw changed meanwhile."""
        if noted.torn or self.day != _today():
            return
        if (said := _without_quotes(told.said)) is not None:
            more = {"said": said, "code": told.code}
            put(self.store, self.kind, self.name, noted, self.begun, more)


def _without_quotes(said: Said) -> Kept | None:
    """What is said, with the places of what it quotes; None where they cannot be found."""
    kept = []
    for kind, name, text in said:
        found = quotes.apart(text)
        if found is None:
            return None
        kept.append((kind, name, *found))
    return kept


def _whole(kept: Kept) -> Said | None:
    """What was said, with what it quotes; None where the files hold no such thing."""
    said = []
    for kind, name, files, parts in kept:
        text = quotes.together(files, parts)
        if text is None:
            return None
        said.append((kind, name, text))
    return said


def memory(folder: str, paths: Sequence[str], request: Mapping[str, object]) -> Memory | str:
    """The memory for a request about some paths; why there is none."""
    folder = os.path.abspath(folder) if folder else place.usual()
    if not folder:
        return "this user has no folder for it"
    if why := place.doubt(folder, paths):
        return why
    store = Store(folder)
    if not store.key:
        return store.hindrance or "it cannot be written"
    begun, day = time.time_ns(), _today()
    code = program(store, begun)
    if not code:
        return "lamlint itself is being changed"
    basis = store.name(
        code,
        (__version__, sys.version, sys.prefix, sys.path, sys.getfilesystemencoding()),
        {name: os.environ.get(name) for name in HEEDED},
    )
    name = store.name(basis, day, os.getcwd(), request)
    top = repository(paths[0]) or os.path.abspath(paths[0])
    return Memory(store, store.name(top), name, basis, begun, day)


def _today() -> str:
    return time.strftime("%Y-%m-%d", time.gmtime())
