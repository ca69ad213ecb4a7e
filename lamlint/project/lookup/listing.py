"""Which folders of a project hold modules of a name, by the listing of its files alone."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from lamlint.project import resolution
from lamlint.project.lookup.imports import Wanted
from lamlint.text import Source, Tree
from lamlint.text.dataclass import dataclass

_MADE_FOR_IT = frozenset(
    {"cdk.json", "samconfig.toml", "serverless.yml", "serverless.yaml", "template.yaml"}
    | {"template.yml", "pyproject.toml", "setup.py"}
)
"""Files that stand where a project of its own begins, though others may lie beside it."""


@dataclass(frozen=True)
class Listing:
    """The Python files of a project, listed once."""

    tree: Tree

    @cached_property
    def files(self) -> frozenset[str]:
        """The paths of all of them."""
        return frozenset(path for path in self.tree.sources() if path.endswith(".py"))

    @cached_property
    def _holding(self) -> Mapping[str, Sequence[str]]:
        """The folders in which a file or a folder with files has a name, by that name."""
        found: dict[str, dict[str, None]] = {}
        folders: set[str] = set()
        for path in sorted(self.files):
            above, name = posixpath.split(path)
            found.setdefault(name.removesuffix(".py"), {})[above] = None
            while above and above not in folders:
                folders.add(above)
                above, name = posixpath.split(above)
                found.setdefault(name, {})[above] = None
        return {name: tuple(holding) for name, holding in found.items()}

    def holding(self, top: str) -> Sequence[str]:
        """The folders that a module or package of a first name lies in."""
        return self._holding.get(top, ())

    def resolves(self, folder: str, wanted: Wanted) -> bool:
        """Whether a folder holds the whole path of an import and the names that it takes of it."""
        stem = posixpath.join(folder, *wanted.module.split("."))
        paths = (path for path in (f"{stem}/__init__.py", f"{stem}.py") if path in self.files)
        path = next(paths, None)
        if path is None:
            return bool(wanted.members) and all(
                self._is_module(stem, one) for one in wanted.members
            )
        return all(one == "*" or self._gives(path, stem, one) for one in wanted.members)

    def _is_module(self, stem: str, member: str) -> bool:
        return not self.files.isdisjoint((f"{stem}/{member}.py", f"{stem}/{member}/__init__.py"))

    def _gives(self, path: str, stem: str, member: str) -> bool:
        if self._is_module(stem, member) and path.endswith("__init__.py"):
            return True
        source = self.tree.read(path)
        return isinstance(source, Source) and resolution.defines(source, member) is not False

    def has_handler(self, folder: str) -> bool:
        """Whether a module in a folder has a handler by its signature."""
        from lamlint.python import Module, taking_events

        sources = (self.tree.read(path) for path in self._modules.get(folder, ()))
        modules = (Module(one, "") for one in sources if isinstance(one, Source))
        return any(True for one in modules for _ in taking_events(one))

    @cached_property
    def _modules(self) -> Mapping[str, Sequence[str]]:
        """The files that lie in each folder itself."""
        found: dict[str, list[str]] = {}
        for path in sorted(self.files):
            found.setdefault(posixpath.dirname(path), []).append(path)
        return found

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        starts = (posixpath.split(path) for path in self.tree.sources())
        return frozenset(folder for folder, name in starts if name in _MADE_FOR_IT)

    def projects(self, folder: str) -> Iterator[str]:
        """The folders around one in which a project begins, the innermost first, then the root."""
        while folder:
            if folder in self._beginnings:
                yield folder
            folder = posixpath.dirname(folder)
        yield ""
