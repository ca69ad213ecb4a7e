"""The sources of a project: the files that git tracks or would track."""

from __future__ import annotations

import posixpath
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from lamlint.files.folders import Kind
from lamlint.files.gitignore import LONGEST, Ignored
from lamlint.files.layer_library import installed, is_layer_library
from lamlint.files.paths import Folders, below
from lamlint.files.places import relative
from lamlint.files.writing import is_staged
from lamlint.text import Source
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.files.git import Git
    from lamlint.files.gitignore import Globs
    from lamlint.files.places import Places
    from lamlint.files.texts import Texts

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


@dataclass(frozen=True, eq=False)
class Sources:
    """Which of the files of a project are sources; DiskTree says what each field is."""

    places: Places
    texts: Texts
    git: Git
    named: tuple[str, ...]
    exclude: Globs
    apart: tuple[str, ...]
    skipped: dict[str, str]
    ignored: dict[str, None]
    _lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _installed: dict[str, frozenset[str]] = field(default_factory=dict)

    def below(self, folder: str = "") -> Iterator[str]:
        """The files below a folder that git tracks or would track, in a stable order."""
        folder = posixpath.normpath(folder) if folder else "."
        outside = folder == ".." or folder.startswith("../")
        listed = self._listed(relative(self.places.boundary, self.places.root) if outside else ".")
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
        listed = self.git.listed(self.places.absolute(folder))
        if listed is None:
            yield from self._walk(folder)
            return
        for name in listed:
            yield posixpath.normpath(posixpath.join(folder, name))

    def _named(self, path: str, known: set[str]) -> Iterator[str]:
        """What a user names and git ignores."""
        if self.places.is_file(path):
            yield posixpath.normpath(path)
        elif self.places.is_folder(path):
            prefix = "" if path in {"", "."} else f"{posixpath.normpath(path)}/"
            if not any(name.startswith(prefix) for name in known):
                yield from self._walk(path)

    def _walk(self, folder: str) -> Iterator[str]:
        """All files below a folder but what .gitignore files and build products exclude."""
        waiting = [(posixpath.normpath(folder or "."), Ignored())]
        while waiting:
            current, ignored = waiting.pop()
            prefix = "" if current == "." else f"{current}/"
            ignoring = f"{prefix}.gitignore"
            text = self.texts.read(ignoring) if self.places.is_file(ignoring) else None
            if isinstance(text, Source):
                ignored = ignored.below(prefix.rstrip("/"), text.text)
                if not ignored.whole:
                    self.places.miss(ignoring, _TOO_MANY_PATTERNS)
            for name, kind in self.places.listing(current):
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

    def _wanted(self, path: str) -> bool:
        if self._built(path) or is_staged(posixpath.basename(path)):
            return False
        if path not in self._named_paths and self.exclude.matches(path):
            self.skipped[path] = "the configuration excludes it"
            return False
        if self._apart.holds(path):
            return False
        # Else it is deleted, a submodule, another repository, a link to a folder.
        return self.places.is_source(path)

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
            names = [name for name, _ in self.places.listing(folder)]
            home = posixpath.normpath(f"{folder}/../../..")
            of_it = self.places.is_file(f"{home}/pyvenv.cfg")
            self._installed[folder] = frozenset(
                names if of_it else installed(folder, names, self.texts.read)
            )
        name = path[len(folder) + 1 :].partition("/")[0]
        return f"{folder}/{name}" if name in self._installed[folder] else ""
