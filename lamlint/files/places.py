"""Where the paths of a project lie on disk, and what is there; none leads out of the project."""

from __future__ import annotations

import os
import posixpath
import stat
from collections.abc import Iterator
from dataclasses import field
from functools import cached_property

from lamlint.files import asking, opening
from lamlint.files.boundary import Boundary
from lamlint.files.folders import Kind, Listings
from lamlint.files.writing import is_staged
from lamlint.text import Span, Unread
from lamlint.text.dataclass import dataclass

OUTSIDE = "it lies outside the project"
LEADS_NOWHERE = "it is a link to nothing"
LEADS_OUT = "it is a link to a place outside the project"

_PLAIN = frozenset({Kind.FILE, Kind.FOLDER})
"""What lies where it says, and need not be followed."""


@dataclass(frozen=True, eq=False)
class Places:
    """The places of a project; `unread` are those that would have been looked at and were not."""

    root: str
    boundary: str
    unread: set[Unread]
    _listings: Listings = field(default_factory=Listings)
    _folders: dict[str, str] = field(default_factory=dict)

    @cached_property
    def within(self) -> Boundary:
        """What no path of the project leads out of."""
        return Boundary(self.boundary or self.root)

    def absolute(self, path: str) -> str:
        """Where a path of the project lies on disk."""
        return os.path.normpath(os.path.join(self.root, path))

    def is_file(self, path: str) -> bool:
        """Whether a regular file is there."""
        return self._may_be(self.absolute(path)) and self.is_source(path)

    def is_source(self, path: str) -> bool:
        """Whether a regular file is there; what stands in the place of one is told."""
        absolute = self.absolute(path)
        kind = self._kind(absolute)
        if kind in _PLAIN and self.inside(path):
            return kind is Kind.FILE
        try:
            mode = asking.mode(absolute)
        except (FileNotFoundError, NotADirectoryError):
            if asking.is_link(absolute):
                self.miss(path, LEADS_NOWHERE)
            return False
        except (OSError, ValueError) as error:
            if not isinstance(self._listings.of(os.path.dirname(absolute)), PermissionError):
                self.miss(path, opening.reason(error))
            return False
        if stat.S_ISDIR(mode):
            return False
        if not stat.S_ISREG(mode):
            self.miss(path, "it is no regular file")
            return False
        if not self.inside(path):
            self.miss(path, LEADS_OUT)
            return False
        return True

    def _kind(self, absolute: str) -> Kind | None:
        """What the folder around says of a path; a folder outside the project is not asked."""
        inside = self.within.names(os.path.dirname(absolute))
        return self._listings.kind(absolute) if inside else None

    def _may_be(self, absolute: str) -> bool:
        """Whether a folder lists a name: far faster than asking the disk for each of many names."""
        folder, name = os.path.split(absolute)
        if not self.within.names(folder):
            return False
        listed = self._listings.of(folder)
        if isinstance(listed, PermissionError):
            self.miss(f"{relative(folder, self.root)}/", opening.reason(listed))
            return True
        # Some systems list other characters than those a file was written with.
        return not name.isascii() or not (isinstance(listed, OSError) or name not in listed)

    def is_folder(self, path: str) -> bool:
        """Whether a folder is there."""
        absolute = self.absolute(path)
        if not self.within.names(absolute) or not asking.is_folder(absolute):
            return False
        if not self.inside(path):
            self.miss(f"{posixpath.normpath(path)}/", LEADS_OUT)
            return False
        return True

    def inside(self, path: str) -> bool:
        """Whether a path, its symbolic links followed, stays in the repository."""
        absolute = self.absolute(path)
        if not self.within.names(absolute):
            return False
        try:
            folder, name = os.path.split(absolute)
            real = self.real(folder)
            plain = self._kind(absolute) in _PLAIN
            return self.within.holds_real(
                os.path.join(real, name) if plain else _followed(real, name)
            )
        except (OSError, ValueError):
            return False

    def why_not_inside(self, path: str) -> str:
        """Why a path that does not stay in the repository is not followed."""
        absolute = self.absolute(path)
        if not self.within.names(absolute):
            return OUTSIDE
        broken = asking.is_link(absolute) and not asking.exists(absolute)
        return LEADS_NOWHERE if broken else LEADS_OUT

    def real(self, folder: str) -> str:
        """A folder, its symbolic links followed.

        Each is asked once: to ask all that are above a path, for each path, takes
        seconds where many lie in each other.
        """
        below = []
        while folder not in self._folders:
            above = os.path.dirname(folder)
            if folder in (self.boundary or self.root, above):
                self._folders[folder] = asking.real(folder)
            else:
                below.append(folder)
                folder = above
        for one in reversed(below):
            above, name = os.path.split(one)
            self._folders[one] = _followed(self._folders[above], name)
        return self._folders[below[0] if below else folder]

    def miss(self, path: str, reason: str) -> None:
        """Take note of what would have been looked at, and why it was not."""
        self.unread.add(Unread(Span(path, 0, 0), reason))

    def entries(self, folder: str) -> list[os.DirEntry[str]]:
        """The entries of a folder, with what the disk says of each."""
        try:
            found = asking.sized(self.absolute(folder))
            return [entry for entry in found if not is_staged(entry.name)]
        except OSError as error:
            self.miss(f"{folder.rstrip('/') or '.'}/", opening.reason(error))
            return []

    def listing(self, folder: str) -> Iterator[tuple[str, Kind]]:
        """The names in a folder, with what each stands for."""
        listed = self._listings.of(self.absolute(folder))
        if isinstance(listed, OSError):
            self.miss(f"{folder.rstrip('/') or '.'}/", opening.reason(listed))
            return
        yield from ((name, kind) for name, kind in listed.items() if not is_staged(name))


def relative(path: str, start: str) -> str:
    """A path on disk as it is written from a folder."""
    return os.path.relpath(path or start, start).replace(os.sep, "/")


def _followed(folder: str, name: str) -> str:
    """A name in a real folder, symbolic links followed."""
    path = os.path.join(folder, name) if name else folder
    return asking.real(path) if asking.is_link(path) else path
