"""What lies in a folder or an archive once the build steps of the project have run."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property, partial

from lamlint.files.paths import around
from lamlint.project.packing.copying import Copy
from lamlint.project.packing.reading import scripts
from lamlint.project.packing.run import copies
from lamlint.text import Source, Tree
from lamlint.text.dataclass import dataclass

_MOST_STEPS = 100
"""From so many folders something comes into one, step after step."""
_MOST_NAMES = 10
"""So many names one file has on its way."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A folder of the project from which something is brought where code is deployed from.

    It is all that the folder holds, or what it holds by one name. `by` says which line does it.
    What is brought under another name has that one, with dots, and `of` is where it lies here.
    """

    folder: str
    name: str
    by: str
    of: str = ""

    def has(self, top: str) -> bool:
        """Whether a first name may be among what is brought as it is called here."""
        return not self.of and self.name in ("", top)


@dataclass(frozen=True, eq=False)
class Packing:
    """The steps of a project's scripts, read once and only when something asks for them."""

    tree: Tree
    _known: dict[str, Sequence[Brought]] = field(default_factory=dict)
    _made: dict[str, Sequence[str]] = field(default_factory=dict)

    @cached_property
    def _copies(self) -> Mapping[str, Sequence[tuple[Copy, str]]]:
        """What is copied, with the line that says so, by itself and each folder around it then."""
        found: dict[str, list[tuple[Copy, str]]] = {}
        for path in scripts(self.tree):
            source = self.tree.read(path)
            if not isinstance(source, Source):
                continue
            for one in source.once(("copies", path), partial(copies, source, path, self.tree)):
                told = (one, f"{path}:{one.number}")
                for place in _around(one.to):
                    found.setdefault(place, []).append(told)
        return found

    def into(self, folder: str) -> Sequence[Brought]:
        """What is brought into a folder or an archive, in the order in which it is."""
        if folder not in self._known:
            self._known[folder] = tuple(dict.fromkeys(self._into(folder)))
        return self._known[folder]

    def _into(self, folder: str) -> Iterator[Brought]:
        """What is in a folder is in all that the whole of it is copied to."""
        waiting = [folder]
        for current in waiting:
            for one in self._from(current):
                if one.name:
                    yield one
                    continue
                source = one.folder
                if source == "" or self.tree.is_folder(source):
                    yield one
                if source not in waiting and len(waiting) < _MOST_STEPS:
                    waiting.append(source)

    def _from(self, folder: str) -> Iterator[Brought]:
        """The folders of which all, or something by one name, is brought into one; and by what."""
        for one, by in self._copies.get(folder, ()):
            inner = one.to[len(folder) :].strip("/")
            if not inner:
                yield Brought(one.source, "", by)
            else:
                yield from (_named(source, inner, by) for source in self._origins(one.source))
        above = posixpath.dirname(folder)
        while above and above != "/":
            for one, by in self._copies.get(above, ()):
                if one.to == above:
                    yield Brought(one.source + folder[len(above) :], "", by)
            above = posixpath.dirname(above)

    def _origins(self, path: str) -> Sequence[str]:
        """What a path is: itself where it is here, or what earlier steps make it of."""
        if path not in self._made:
            every = list(self._through(path))
            here = [one for one in every if self._is_here(one)]
            self._made[path] = tuple(here or every[:1])
        return self._made[path]

    def _through(self, path: str) -> Iterator[str]:
        """A path, and those that it is made of, step by step."""
        found = {path: None}
        waiting = [path]
        for current in waiting:
            yield current
            if not self._is_here(current):
                made = (one.source for one, _ in self._copies.get(current, ()) if one.to == current)
                fresh = [one for one in dict.fromkeys(made) if one not in found]
                fresh = fresh[: max(0, _MOST_NAMES - len(found))]
                found.update(dict.fromkeys(fresh))
                waiting += fresh

    def _is_here(self, path: str) -> bool:
        return self.tree.is_file(path) or self.tree.is_folder(path)

    @cached_property
    def _places(self) -> Mapping[str, Mapping[str, None]]:
        """The folders that a folder or file is copied to, by its path."""
        found: dict[str, dict[str, None]] = {}
        for folder, listed in self._copies.items():
            for one, _ in listed:
                if folder in (one.to, posixpath.dirname(one.to)):
                    found.setdefault(one.source, {})[folder] = None
        return found

    def beside(self, path: str) -> Sequence[Brought]:
        """What is brought where a file is brought to as well, with its folder or one above."""
        above = [one for one in around(path) if one not in ("", ".")]
        places = dict.fromkeys(place for one in above for place in self._places.get(one, ()))
        return tuple(dict.fromkeys(one for place in places for one in self.into(place)))


def _named(source: str, inner: str, by: str) -> Brought:
    """What is brought by one name, which may be another than it has here."""
    stem = inner.removesuffix(".py")
    if f"/{source}".removesuffix(".py").endswith(f"/{stem}"):
        kept = source.split("/")[: -len(inner.split("/"))]
        return Brought("/".join(kept), inner.partition("/")[0].removesuffix(".py"), by)
    return Brought(posixpath.dirname(source), stem.replace("/", "."), by, source)


def _around(path: str) -> Iterator[str]:
    """A path, and the folders around it up to the root, or to that of the machine."""
    yield path
    while path not in ("", "/"):
        path = posixpath.dirname(path)
        yield path
