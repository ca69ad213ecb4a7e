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


@dataclass(frozen=True, slots=True)
class Brought:
    """A folder of the project from which something is brought where code is deployed from.

    It is all that the folder holds, or what it holds by one name. `by` says which line does it.
    """

    folder: str
    name: str
    by: str

    def has(self, top: str) -> bool:
        """Whether a first name may be among what is brought."""
        return self.name in ("", top)


@dataclass(frozen=True, eq=False)
class Packing:
    """The steps of a project's scripts, read once and only when something asks for them."""

    tree: Tree
    _known: dict[str, Sequence[Brought]] = field(default_factory=dict)

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
            for source, name, by in self._from(current):
                if name:
                    yield Brought(source, name, by)
                    continue
                if source == "" or self.tree.is_folder(source):
                    yield Brought(source, "", by)
                if source not in waiting and len(waiting) < _MOST_STEPS:
                    waiting.append(source)

    def _from(self, folder: str) -> Iterator[tuple[str, str, str]]:
        """The folders of which all, or something by one name, is brought into one; and by what."""
        for one, by in self._copies.get(folder, ()):
            inner = one.to[len(folder) :].strip("/")
            if not inner:
                yield one.source, "", by
            elif f"/{one.source}".removesuffix(".py").endswith(f"/{inner.removesuffix('.py')}"):
                kept = one.source.split("/")[: -len(inner.split("/"))]
                yield "/".join(kept), inner.partition("/")[0].removesuffix(".py"), by
        above = posixpath.dirname(folder)
        while above and above != "/":
            for one, by in self._copies.get(above, ()):
                if one.to == above:
                    yield one.source + folder[len(above) :], "", by
            above = posixpath.dirname(above)

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


def _around(path: str) -> Iterator[str]:
    """A path, and the folders around it up to the root, or to that of the machine."""
    yield path
    while path not in ("", "/"):
        path = posixpath.dirname(path)
        yield path
