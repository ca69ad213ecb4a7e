"""A project in which some files read otherwise than on disk."""

from __future__ import annotations

import dataclasses
import posixpath
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import field

from lamlint.files.paths import below
from lamlint.text import Entry, Source, Tree, Unread, Unreadable
from lamlint.text.dataclass import dataclass


@dataclass(frozen=True, eq=False)
class Overlay:
    """A tree in which some files have other texts, as after a fix that is not written yet."""

    tree: Tree
    changes: Mapping[str, str]
    _texts: dict[str, Source] = field(default_factory=dict)
    """Those that were read: what is made of a text is kept with it."""

    @property
    def unread(self) -> set[Unread]:
        """What would have been read and was not."""
        return self.tree.unread

    def read(self, path: str, worth: Callable[[Source], bool] | None = None) -> Source | Unreadable:
        """The changed text, held by its file as before, else what the tree says."""
        path = posixpath.normpath(path)
        if path not in self.changes:
            return self.tree.read(path, worth)
        if path not in self._texts:
            self._texts[path] = self._changed(path)
        return self._texts[path]

    def _changed(self, path: str) -> Source:
        before = self.tree.read(path)
        if isinstance(before, Unreadable):
            return Source(path, self.changes[path])
        return dataclasses.replace(before, text=self.changes[path])

    def is_file(self, path: str) -> bool:
        """Whether a regular file is there."""
        return posixpath.normpath(path) in self.changes or self.tree.is_file(path)

    def is_folder(self, path: str) -> bool:
        """Whether a folder is there."""
        return self.tree.is_folder(path)

    def sources(self, folder: str = "") -> Iterator[str]:
        """The files below a folder that git tracks or would track, in a stable order."""
        known = dict.fromkeys(self.tree.sources(folder))
        for path in self.changes:
            if folder in {"", "."} or below(path, posixpath.normpath(folder)):
                known[path] = None
        return iter(sorted(known))

    def contents(self, folder: str, skip: Collection[str] = ()) -> Iterator[Entry]:
        """All files on disk below a folder, ignored ones included, in a stable order."""
        return self.tree.contents(folder, skip)

    def archive(self, path: str) -> tuple[Entry, ...] | Unreadable:
        """The directory of a zip archive."""
        return self.tree.archive(path)

    def mentions(self, path: str, words: tuple[bytes, ...]) -> bool:
        """Whether the bytes of a file hold one of some words."""
        path = posixpath.normpath(path)
        if path not in self.changes:
            return self.tree.mentions(path, words)
        data = self.changes[path].encode("utf-8", "surrogatepass")
        return any(word in data for word in words)
