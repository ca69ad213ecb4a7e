"""Files of which it is known that what looks like a handler in them is something else."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from lamlint.files.paths import Folders, around
from lamlint.files.superseded import Superseded
from lamlint.model import Function
from lamlint.project import resolution
from lamlint.project.runbooks import scripts
from lamlint.project.tie import Tie
from lamlint.text import Tree, Unreadable
from lamlint.text.dataclass import dataclass


@dataclass(frozen=True)
class Known:
    """What a project says of its code: its functions, their roots, what their handlers name."""

    tree: Tree
    functions: Sequence[Function]
    roots: Folders
    entry_points: Mapping[resolution.Place, Sequence[Function]]
    ties: Mapping[str, Tie]
    superseded: Superseded

    def is_no_handler(self, path: str) -> bool:
        """Whether what looks like a handler in a file is known to be something else."""
        if posixpath.basename(path) in self._scripts or path in self._declaring:
            return True
        if self._is_copy(path) or self.superseded.is_unpacked(path):
            return True
        root = self.roots.nearest(path)
        if root is None:
            listed = posixpath.dirname(path) in self._listed
            return listed and not self._calls_itself_handler(path)
        # A layer made from the whole repository holds handlers that it is not there for.
        return root not in self._wide_roots or not self._calls_itself_handler(path)

    def _is_copy(self, path: str) -> bool:
        """Whether a file is what a template holds as code, to be read or tried by itself."""
        if not self._inline:
            return False
        source = self.tree.read(path)
        return not isinstance(source, Unreadable) and _words(source.text) in self._inline

    @cached_property
    def _inline(self) -> frozenset[str]:
        sources = (function.code.inline for function in self.functions)
        return frozenset(_words(one.text) for one in sources if one is not None)

    def _calls_itself_handler(self, path: str) -> bool:
        source = self.tree.read(path)
        return (
            not isinstance(source, Unreadable)
            and path not in self._entry_files
            and resolution.defines_handler(source)
        )

    @cached_property
    def _listed(self) -> frozenset[str]:
        """The folders of Python packages of which several handlers are named one by one.

        Their package is not here: it is built of them, and what nothing names there is not run.
        """
        places = {
            (tie.place.path, tie.place.attribute)
            for tie in self.ties.values()
            if "." in tie.place.module.replace("/", ".")
        }
        counted = Counter(posixpath.dirname(path) for path, _ in places)
        return frozenset(folder for folder, times in counted.items() if times > 1 and folder)

    @cached_property
    def _entry_files(self) -> frozenset[str]:
        return frozenset(place.path for place in self.entry_points)

    @cached_property
    def _wide_roots(self) -> frozenset[str]:
        """The folders of code that hold the code of other functions, too."""
        own = {root for root in map(resolution.root_of, self.functions) if root is not None}
        holding = {folder for one in own for folder in around(one) if folder != one}
        return self.roots.paths & holding

    @cached_property
    def _declaring(self) -> frozenset[str]:
        """The files that declare functions."""
        return frozenset(function.template for function in self.functions)

    @cached_property
    def _scripts(self) -> frozenset[str]:
        return scripts(self.tree)


def _words(text: str) -> str:
    """A text without what a template changes of it: blanks and ends of lines."""
    return " ".join(text.split())
