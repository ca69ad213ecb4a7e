"""The files of a project on disk: which there are, and what they say."""

from __future__ import annotations

import contextlib
import os
import posixpath
import stat
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import field, replace
from functools import cached_property
from itertools import islice

from lamlint.files import archive, asking, opening
from lamlint.files.boundary import Boundary
from lamlint.files.folders import Kind, Listings
from lamlint.files.git import Git
from lamlint.files.gitignore import LONGEST, NOTHING, Globs, Ignored
from lamlint.files.layer_library import installed, is_layer_library
from lamlint.files.opening import MEGABYTE, ReadError
from lamlint.files.paths import Folders, below
from lamlint.files.seen import Seen
from lamlint.files.writing import is_staged
from lamlint.text import Entry, Source, Span, Unread, Unreadable
from lamlint.text.dataclass import dataclass
from lamlint.text.decode import decode

BUILT = frozenset(
    {
        ".aws-sam",
        ".git",
        ".hg",
        ".mypy_cache",
        ".nox",
        ".pytest_cache",
        ".ruff_cache",
        ".serverless",
        ".svn",
        ".terraform",
        ".tox",
        ".venv",
        "__pycache__",
        "build",
        "cdk.out",
        "dist",
        "node_modules",
        "site-packages",
        "venv",
    }
)
"""Folders that hold what was built or brought in; skipped unless they are named."""

_TOO_MANY_PATTERNS = f"only the first {LONGEST:,} characters of its patterns with wildcards count"
OUTSIDE = "it lies outside the project"
LEADS_NOWHERE = "it is a link to nothing"
LEADS_OUT = "it is a link to a place outside the project"
BEGINNING = 200_000
"""How much of a file is looked at, in bytes, that is too large to be read."""

_PLAIN = frozenset({Kind.FILE, Kind.FOLDER})
"""What lies where it says, and need not be followed."""

LOCK_FILES = frozenset({"uv.lock", "poetry.lock", "Pipfile.lock", "pdm.lock"})


@dataclass(frozen=True)
class Limits:
    """The largest files that are read, in bytes."""

    source: int = MEGABYTE
    lock: int = 50 * MEGABYTE

    def of(self, path: str) -> int:
        """The limit that holds for a file."""
        name = posixpath.basename(path)
        locked = name in LOCK_FILES or (name.startswith("pylock.") and name.endswith(".toml"))
        return max(self.lock, self.source) if locked else self.source

    @property
    def worth(self) -> int:
        """The limit for files that are worth it, by what they say."""
        return max(self.source, min(5 * self.source, 5 * MEGABYTE))


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

    def read(self, path: str, worth: Callable[[Source], bool] | None = None) -> Source | Unreadable:
        """The text of a file, decoded by its byte order mark or coding cookie, else UTF-8.

        One that is too large to be read unasked is read if it is `worth` it, then and from then on.
        """
        path = posixpath.normpath(path)
        known = self._texts.get(path)
        if worth is not None and not isinstance(known, Source):
            large = self._text(path, max(self.limits.worth, self.limits.of(path)))
            if isinstance(large, Source) and worth(large):
                known = self._texts[path] = large
        if known is None:
            known = self._texts[path] = self._text(path, self.limits.of(path))
            if isinstance(known, Unreadable):
                self._tell(known)
        return known

    def _text(self, path: str, limit: int) -> Source | Unreadable:
        data = self._bytes(path, limit)
        return decode(path, data) if isinstance(data, bytes) else data

    def _tell(self, unreadable: Unreadable) -> None:
        """Tell of what cannot be read, unless nothing is there."""
        absolute = self.absolute(unreadable.path)
        # Whether something lies outside is not asked.
        if not self.within.names(absolute) or asking.lexists(absolute):
            self._miss(unreadable.path, unreadable.reason)

    def _miss(self, path: str, reason: str) -> None:
        self.unread.add(Unread(Span(path, 0, 0), reason))

    def _bytes(self, path: str, limit: int) -> bytes | Unreadable:
        absolute = self.absolute(path)
        if not self._inside(path):
            return Unreadable(path, LEADS_OUT if self.within.names(absolute) else OUTSIDE)
        try:
            return opening.read(absolute, limit)
        except ReadError as error:
            if asking.is_link(absolute) and not asking.exists(absolute):
                return Unreadable(path, LEADS_NOWHERE)
            return Unreadable(path, str(error))

    def without(self, apart: Sequence[str]) -> DiskTree:
        """This project without folders that are projects of their own; nothing is read again."""
        left = Folders.of(apart)
        lists = {
            folder: tuple(path for path in listed if not left.holds(path))
            for folder, listed in self._lists.items()
        }
        return replace(self, apart=(*self.apart, *apart), _lists=lists) if apart else self

    def absolute(self, path: str) -> str:
        """Where a path of the project lies on disk."""
        return os.path.normpath(os.path.join(self.root, path))

    def _inside(self, path: str) -> bool:
        """Whether a path, its symbolic links followed, stays in the repository."""
        absolute = self.absolute(path)
        if not self.within.names(absolute):
            return False
        try:
            folder, name = os.path.split(absolute)
            real = self._real(folder)
            plain = self._kind(absolute) in _PLAIN
            return self.within.holds_real(
                os.path.join(real, name) if plain else _followed(real, name)
            )
        except (OSError, ValueError):
            return False

    def _real(self, folder: str) -> str:
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

    @cached_property
    def within(self) -> Boundary:
        """What no path of the project leads out of."""
        return Boundary(self.boundary or self.root)

    def is_file(self, path: str) -> bool:
        """Whether a regular file is there."""
        return self._may_be(self.absolute(path)) and self._is_source(path)

    def _is_source(self, path: str) -> bool:
        """Whether a regular file is there; what stands in the place of one is told."""
        absolute = self.absolute(path)
        kind = self._kind(absolute)
        if kind in _PLAIN and self._inside(path):
            return kind is Kind.FILE
        try:
            mode = asking.mode(absolute)
        except (FileNotFoundError, NotADirectoryError):
            if asking.is_link(absolute):
                self._miss(path, LEADS_NOWHERE)
            return False
        except (OSError, ValueError) as error:
            if not isinstance(self._listings.of(os.path.dirname(absolute)), PermissionError):
                self._miss(path, opening.reason(error))
            return False
        if stat.S_ISDIR(mode):
            return False
        if not stat.S_ISREG(mode):
            self._miss(path, "it is no regular file")
            return False
        if not self._inside(path):
            self._miss(path, LEADS_OUT)
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
            self._miss(f"{_relative(folder, self.root)}/", opening.reason(listed))
            return True
        # Some systems list other characters than those a file was written with.
        return not name.isascii() or not (isinstance(listed, OSError) or name not in listed)

    def is_folder(self, path: str) -> bool:
        """Whether a folder is there."""
        absolute = self.absolute(path)
        if not self.within.names(absolute) or not asking.is_folder(absolute):
            return False
        if not self._inside(path):
            self._miss(f"{posixpath.normpath(path)}/", LEADS_OUT)
            return False
        return True

    def sources(self, folder: str = "") -> Iterator[str]:
        """The files below a folder that git tracks or would track, in a stable order."""
        folder = posixpath.normpath(folder) if folder else "."
        outside = folder == ".." or folder.startswith("../")
        listed = self._listed(_relative(self.boundary, self.root) if outside else ".")
        if folder == ".":
            return iter(listed)
        # What lies in a folder stands together: "0" comes next after "/".
        first, last = bisect_left(listed, f"{folder}/"), bisect_left(listed, f"{folder}0")
        return islice(listed, first, last)

    def _listed(self, folder: str) -> tuple[str, ...]:
        if folder not in self._lists:
            found = set(self._candidates(folder))
            for path in self.named:
                found.update(self._named(path, found))
            self._lists[folder] = tuple(sorted(path for path in found if self._wanted(path)))
        return self._lists[folder]

    def _candidates(self, folder: str) -> Iterator[str]:
        listed = self.git.listed(self.absolute(folder))
        if listed is None:
            yield from self._walk(folder)
            return
        for name in listed:
            yield posixpath.normpath(posixpath.join(folder, name))

    def _named(self, path: str, known: set[str]) -> Iterator[str]:
        """What a user names and git ignores."""
        if self.is_file(path):
            yield posixpath.normpath(path)
        elif self.is_folder(path):
            prefix = "" if path in {"", "."} else f"{posixpath.normpath(path)}/"
            if not any(name.startswith(prefix) for name in known):
                yield from self._walk(path)

    def _walk(self, folder: str) -> Iterator[str]:
        """All files below a folder but what .gitignore files and build products exclude."""
        waiting = [(posixpath.normpath(folder or "."), Ignored())]
        while waiting:
            current, ignored = waiting.pop()
            prefix = "" if current == "." else f"{current}/"
            text = self.read(f"{prefix}.gitignore") if self.is_file(f"{prefix}.gitignore") else None
            if isinstance(text, Source):
                ignored = ignored.below(prefix.rstrip("/"), text.text)
                if not ignored.whole:
                    self._miss(f"{prefix}.gitignore", _TOO_MANY_PATTERNS)
            for name, kind in self._names(current):
                path = prefix + name
                deeper = kind is Kind.FOLDER
                if deeper and self._built(f"{path}/"):
                    continue
                if ignored.matches(path, folder=deeper):
                    self.ignored[path] = None
                elif deeper:
                    waiting.append((path, ignored))
                else:
                    yield path

    @cached_property
    def _named_paths(self) -> frozenset[str]:
        return frozenset(self.named)

    @cached_property
    def _apart(self) -> Folders:
        return Folders.of(self.apart)

    def _scan(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            found = asking.sized(self.absolute(folder))
            return [entry for entry in found if not is_staged(entry.name)]
        except OSError as error:
            self._miss(f"{folder.rstrip('/') or '.'}/", opening.reason(error))
            return []

    def _names(self, folder: str) -> Iterator[tuple[str, Kind]]:
        listed = self._listings.of(self.absolute(folder))
        if isinstance(listed, OSError):
            self._miss(f"{folder.rstrip('/') or '.'}/", opening.reason(listed))
            return
        yield from ((name, kind) for name, kind in listed.items() if not is_staged(name))

    def _wanted(self, path: str) -> bool:
        if self._built(path) or is_staged(posixpath.basename(path)):
            return False
        if path not in self._named_paths and self.exclude.matches(path):
            self.skipped[path] = "the configuration excludes it"
            return False
        if self._apart.holds(path):
            return False
        # Else it is deleted, a submodule, another repository, a link to a folder.
        return self._is_source(path)

    def _built(self, path: str) -> bool:
        """Whether a path lies in a folder of build products that the user did not name."""
        folders = path.split("/")[:-1]
        for depth, name in enumerate(folders, 1):
            if name in BUILT and not any(
                below(path, named) and len(named.split("/")) >= depth for named in self.named
            ):
                built = "/".join(folders[:depth])
                if is_layer_library(built):
                    built = self._installed_at(built, path)
                if built:
                    self.skipped[built] = "it holds what was built or brought in"
                    return True
        return False

    def _installed_at(self, folder: str, path: str) -> str:
        """What was installed in a layer and is, or holds, a path; empty where the project wrote it.

        A virtual environment may be called as the folder of a layer is.
        """
        if folder not in self._installed:
            names = [name for name, _ in self._names(folder)]
            home = posixpath.normpath(f"{folder}/../../..")
            of_it = self.is_file(f"{home}/pyvenv.cfg")
            self._installed[folder] = frozenset(
                names if of_it else installed(folder, names, self.read)
            )
        name = path[len(folder) + 1 :].partition("/")[0]
        return f"{folder}/{name}" if name in self._installed[folder] else ""

    def contents(self, folder: str, skip: Collection[str] = ()) -> Iterator[Entry]:
        """All files on disk below a folder, ignored ones included, in a stable order."""
        if self.is_folder(folder):
            prefix = "" if posixpath.normpath(folder) == "." else f"{posixpath.normpath(folder)}/"
            yield from self._contents(prefix, skip)

    def _contents(self, prefix: str, skip: Collection[str]) -> Iterator[Entry]:
        opened: dict[str, None] = {}
        left: list[Iterator[tuple[str, os.DirEntry[str]]]] = []

        def enter(folder: str) -> None:
            real = self._real(self.absolute(folder))
            if real not in opened:  # else a cycle of links
                opened[real] = None
                left.append((f"{folder}{entry.name}", entry) for entry in self._scan(folder))

        enter(prefix)
        while left:
            path, entry = next(left[-1], ("", None))
            if entry is None:
                left.pop()
                opened.popitem()
            elif entry.is_symlink() and not self._inside(path):
                folder = asking.is_folder(self.absolute(path))
                self._miss(f"{path}/" if folder else path, LEADS_OUT)
            else:
                with contextlib.suppress(OSError):
                    if entry.is_file():
                        yield Entry(path, entry.stat().st_size)
                    elif entry.is_dir() and entry.name not in skip:
                        enter(f"{path}/")

    def archive(self, path: str) -> tuple[Entry, ...] | Unreadable:
        """The directory of a zip archive: member names and unpacked sizes; nothing is unpacked."""
        if not self._inside(path):
            return Unreadable(path, OUTSIDE)
        try:
            return archive.members(self.absolute(path))
        except ReadError as error:
            return Unreadable(path, str(error))

    def mentions(self, path: str, words: tuple[bytes, ...]) -> bool:
        """Whether the bytes of a file hold one of some words: a filter before parsing."""
        path = posixpath.normpath(path)
        known = self._texts.get(path)
        if known is not None:
            return isinstance(known, Source) and any(
                word.decode("utf-8", "surrogatepass") in known.text for word in words
            )
        data = self._seen.get(path)
        if data is None:
            data = self._bytes(path, self.limits.of(path))
        if isinstance(data, Unreadable):
            self._seen.keep(path, data)
            return self._begins_with(path, words, data)
        held = any(word in data for word in words)
        # What holds the words is read next, and Python sooner or later: it is not fetched again.
        text = decode(path, data) if held or path.endswith(".py") else None
        if isinstance(text, Source):
            self._texts[path] = text
        else:
            self._seen.keep(path, data)
        return held

    def _begins_with(self, path: str, words: tuple[bytes, ...], why: Unreadable) -> bool:
        """Whether a file that is too large begins like one that holds the words."""
        try:
            data = opening.beginning(self.absolute(path), BEGINNING) if self._inside(path) else b""
        except ReadError:
            self._tell(why)
            return False
        return any(word in data for word in words)


def _relative(path: str, start: str) -> str:
    return os.path.relpath(path or start, start).replace(os.sep, "/")


def _followed(folder: str, name: str) -> str:
    """A name in a real folder, symbolic links followed."""
    path = os.path.join(folder, name) if name else folder
    return asking.real(path) if asking.is_link(path) else path
