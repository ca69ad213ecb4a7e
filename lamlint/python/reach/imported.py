"""What is imported with a handler: modules of its codebase, and libraries."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, partial
from typing import TYPE_CHECKING

from lamlint.python.codebase.imports import libraries, members
from lamlint.python.codebase.outline import imported_modules
from lamlint.python.reach.django import SETTINGS, loaded
from lamlint.python.reach.loading import with_loaded
from lamlint.python.reach.variables import variable
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.model import Function
    from lamlint.python.codebase.codebase import Codebase
    from lamlint.python.module.module import Module
    from lamlint.text import Span


@dataclass(frozen=True, eq=False)
class Imported:
    """What the environments of some functions import with a module."""

    codebase: Codebase
    module: Module
    functions: tuple[Function, ...]

    @cached_property
    def modules(self) -> tuple[Module, ...]:
        """The modules of the codebase that are imported with it, itself first."""
        written = imported_modules(self.codebase, self.module)
        return with_loaded(self.codebase, written, partial(variable, self.functions))

    @cached_property
    def _loaded(self) -> tuple[Module, ...]:
        """It, and those that Django loads by their names."""
        value = variable(self.functions, SETTINGS) if self.functions else None
        settings = value.only if value is not None and value.known else None
        return loaded(self.codebase, self.module, settings)

    def libraries(self) -> Iterator[tuple[str, Span]]:
        """The modules outside the codebase, by their first name, that the code surely imports."""
        for name, module, node in libraries(self.codebase, self._loaded):
            yield name, module.span(node)

    def members(self, package: str) -> Iterator[tuple[str, Span]]:
        """The names that the code surely uses of a library's package, imported or read."""
        for name, module, node in members(self.codebase, self._loaded, package):
            yield name, module.span(node)
