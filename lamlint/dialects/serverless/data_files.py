"""Which files of data lie in which folder: asked for by every service, and listed once."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from lamlint.text import Tree
from lamlint.text.dataclass import dataclass

DATA = (".yml", ".yaml", ".json")
"""The endings of files that variables may lead to."""


@dataclass(frozen=True, eq=False)
class DataFiles:
    """The files of data of a project by their folders."""

    tree: Tree

    @cached_property
    def _paths(self) -> frozenset[str]:
        return frozenset(path for path in self.tree.sources() if path.endswith(DATA))

    @cached_property
    def _listed(self) -> Mapping[str, Sequence[str]]:
        """The names in each folder: of files of data, and of folders with such below."""
        found: dict[str, dict[str, None]] = {}
        for path in sorted(self._paths):
            folder, name = posixpath.split(path)
            while name:
                found.setdefault(folder, {})[name] = None
                folder, name = posixpath.split(folder)
        return {folder: tuple(names) for folder, names in found.items()}

    def named(self, before: str, after: str) -> Iterator[tuple[str, str]]:
        """The names that stand between the start and the end of some paths, with these paths."""
        folder, start = posixpath.split(before)
        end = after.partition("/")[0]
        for name in self._listed.get(folder, ()):
            if name.startswith(start) and name.endswith(end) and len(name) > len(start + end):
                inner = name[len(start) : len(name) - len(end)]
                path = f"{before}{inner}{after}"
                if path in self._paths:
                    yield inner, path
