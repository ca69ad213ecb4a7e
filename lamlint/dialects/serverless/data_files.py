"""Which files of data lie in which folder: asked for by every service, and listed once."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
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
    def _listed(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for path in self.tree.sources():
            if path.endswith(DATA):
                found.setdefault(posixpath.dirname(path), []).append(path)
        return found

    def files(self, folder: str) -> Sequence[str]:
        """The files that lie in a folder itself."""
        return self._listed.get(folder, ())
