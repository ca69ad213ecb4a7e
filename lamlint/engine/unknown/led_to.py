"""What code of functions may lead to in ways that are not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from lamlint.text import Source
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.model import Function
    from lamlint.project import Project

_BY_NAME = (
    "import_module",
    "__import__",
    "iter_modules",
    "walk_packages",
    "run_path",
    "run_module",
)
"""Words of code that imports what it has the name of when it runs."""


@dataclass(frozen=True, eq=False)
class LedTo:
    """The files that known code of functions needs, and the functions that may need others.

    What an import that no file is known for brings, as a layer or a compiled module does, may
    import any file beside it; and so may code that imports by names.
    """

    project: Project

    def may_hold(self, path: str, functions: Iterable[Function]) -> bool:
        """Whether one of some functions may need a file that nothing known needs."""
        return path not in self._needed and any(one.id in self._leading for one in functions)

    @cached_property
    def _modules(self) -> Mapping[str, frozenset[str]]:
        """The paths of the modules that each function needs, as far as they are known."""
        project = self.project
        return {
            one.id: frozenset(module.path for module in project.needed(one))
            for one in project.functions
        }

    @cached_property
    def _needed(self) -> frozenset[str]:
        return frozenset().union(*self._modules.values())

    @cached_property
    def _leading(self) -> frozenset[str]:
        """The functions that may need more than is known, by their ids."""
        by_name = frozenset(filter(self._imports_by_name, self._needed))
        return frozenset(
            one.id
            for one in self.project.functions
            if self.project.lookup_of(one).not_found or self._modules[one.id] & by_name
        )

    def _imports_by_name(self, path: str) -> bool:
        source = self.project.tree.read(path)
        return isinstance(source, Source) and any(word in source.text for word in _BY_NAME)
