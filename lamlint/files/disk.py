"""The files of a project on disk: which there are, and what they say."""

from __future__ import annotations

import contextlib
import posixpath
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from lamlint.files import archive, asking
from lamlint.files.folders import Listings
from lamlint.files.git import Git
from lamlint.files.gitignore import NOTHING, Globs
from lamlint.files.limits import Limits
from lamlint.files.opening import ReadError
from lamlint.files.paths import Folders
from lamlint.files.places import OUTSIDE, Places
from lamlint.files.seen import Seen
from lamlint.files.sources import Sources
from lamlint.files.texts import Texts
from lamlint.text import Entry, Source, Unread, Unreadable
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    import os

    from lamlint.files.boundary import Boundary


@dataclass(frozen=True, eq=False)
class DiskTree:
    """A project on disk: the Tree that readers ask. Nothing outside `boundary` is read.

    `boundary` is the repository that holds the root (the root itself without
    one). `named` are the paths a user gave, relative to the root: they are
    looked at even where they lie in a folder of build products or are ignored.
    `exclude` are files that are no sources though git tracks them, `apart`
    folders whose files are none because they are projects of their own.
    `skipped` tells, for every path that was passed over on purpose, why;
    `unread` are those that would have been read and were not; `ignored` the files and
    folders that a .gitignore file names, where git did not list what there is.
    """

    root: str
    boundary: str = ""
    named: tuple[str, ...] = ()
    limits: Limits = Limits()
    exclude: Globs = NOTHING
    apart: tuple[str, ...] = ()
    git: Git = field(default_factory=Git)
    skipped: dict[str, str] = field(default_factory=dict)
    unread: set[Unread] = field(default_factory=set)
    ignored: dict[str, None] = field(default_factory=dict)
    _texts: dict[str, Source | Unreadable] = field(default_factory=dict)
    _lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _listings: Listings = field(default_factory=Listings)
    _seen: Seen = field(default_factory=Seen)
    _folders: dict[str, str] = field(default_factory=dict)
    _installed: dict[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def _places(self) -> Places:
        return Places(self.root, self.boundary, self.unread, self._listings, self._folders)

    @cached_property
    def _reader(self) -> Texts:
        return Texts(self._places, self.limits, self._texts, self._seen)

    @cached_property
    def _sources(self) -> Sources:
        return Sources(
            self._places,
            self._reader,
            self.git,
            self.named,
            self.exclude,
            self.apart,
            self.skipped,
            self.ignored,
            self._lists,
            self._installed,
        )

    @property
    def within(self) -> Boundary:
        """What no path of the project leads out of."""
        return self._places.within

    def absolute(self, path: str) -> str:
        """Where a path of the project lies on disk."""
        return self._places.absolute(path)

    def is_file(self, path: str) -> bool:
        """Whether a regular file is there."""
        return self._places.is_file(path)

    def is_folder(self, path: str) -> bool:
        """Whether a folder is there."""
        return self._places.is_folder(path)

    def read(self, path: str, worth: Callable[[Source], bool] | None = None) -> Source | Unreadable:
        """The text of a file, decoded by its byte order mark or coding cookie, else UTF-8.

        One that is too large to be read unasked is read if it is `worth` it, then and from then on.
        """
        return self._reader.read(path, worth)

    def mentions(self, path: str, words: tuple[bytes, ...]) -> bool:
        """Whether the bytes of a file hold one of some words: a filter before parsing."""
        return self._reader.mentions(path, words)

    def sources(self, folder: str = "") -> Iterator[str]:
        """The files below a folder that git tracks or would track, in a stable order."""
        return self._sources.below(folder)

    def without(self, apart: Sequence[str]) -> DiskTree:
        """This project without folders that are projects of their own; nothing is read again."""
        left = Folders.of(apart)
        lists = {
            folder: tuple(path for path in listed if not left.holds(path))
            for folder, listed in self._lists.items()
        }
        return replace(self, apart=(*self.apart, *apart), _lists=lists) if apart else self

    def contents(self, folder: str, skip: Collection[str] = ()) -> Iterator[Entry]:
        """All files on disk below a folder, ignored ones included, in a stable order."""
        if self.is_folder(folder):
            prefix = "" if posixpath.normpath(folder) == "." else f"{posixpath.normpath(folder)}/"
            yield from self._contents(prefix, skip)

    def _contents(self, prefix: str, skip: Collection[str]) -> Iterator[Entry]:
        opened: dict[str, None] = {}
        left: list[Iterator[tuple[str, os.DirEntry[str]]]] = []

        def enter(folder: str) -> None:
            real = self._places.real(self._places.absolute(folder))
            if real not in opened:  # else a cycle of links
                opened[real] = None
                entries = self._places.entries(folder)
                left.append((f"{folder}{entry.name}", entry) for entry in entries)

        enter(prefix)
        while left:
            path, entry = next(left[-1], ("", None))
            if entry is None:
                left.pop()
                opened.popitem()
            elif entry.is_symlink() and not self._places.inside(path):
                folder = asking.is_folder(self._places.absolute(path))
                why = self._places.why_not_inside(path)
                self._places.miss(f"{path}/" if folder else path, why)
            else:
                with contextlib.suppress(OSError):
                    if entry.is_file():
                        yield Entry(path, entry.stat().st_size)
                    elif entry.is_dir() and entry.name not in skip:
                        enter(f"{path}/")

    def archive(self, path: str) -> tuple[Entry, ...] | Unreadable:
        """The directory of a zip archive: member names and unpacked sizes; nothing is unpacked."""
        if not self._places.inside(path):
            return Unreadable(path, OUTSIDE)
        try:
            return archive.members(self._places.absolute(path))
        except ReadError as error:
            return Unreadable(path, str(error))
