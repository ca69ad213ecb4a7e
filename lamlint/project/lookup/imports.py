"""The imports of a function's code that lead out of what is known of it."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from lamlint.python.codebase.outline import facts_of
from lamlint.python.module.facts import Import
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.python import Codebase, Module

_MOST = 2_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """An import of what the code at hand does not hold.

    `path` is the file that imports it; one that is not `needed` may fail and the file goes on.
    `folder` is where a relative import says that it lies.
    """

    module: str
    members: tuple[str, ...]
    path: str
    needed: bool
    folder: str | None = None

    @property
    def top(self) -> str:
        """The first name of the module."""
        return self.module.partition(".")[0]


def wanted(codebase: Codebase, start: Module, provided: Callable[[str], bool]) -> Iterator[Wanted]:
    """What a module, and what it imports of a codebase, imports of neither it nor a library."""
    told: set[tuple[str, tuple[str, ...], str | None]] = set()
    for module, others in _walk(codebase, start):
        found = facts_of(module)
        for one in found.imports:
            for asked in () if others[one] else _asked(module, one, needed=one.missed):
                key = (asked.module, asked.members, asked.folder)
                if key not in told and (asked.folder is not None or not provided(asked.top)):
                    told.add(key)
                    yield asked


def reached(codebase: Codebase, start: Module) -> frozenset[str]:
    """The paths of a module and of what it imports of a codebase."""
    return frozenset(module.path for module, _ in _walk(codebase, start))


def _walk(
    codebase: Codebase, start: Module
) -> Iterator[tuple[Module, Mapping[Import, Sequence[Module]]]]:
    """A module and what it imports of a codebase, each with where its imports lead."""
    waiting = [start]
    seen = {start.path}
    for module in waiting:
        leading = {one: tuple(_along(codebase, module, one)) for one in facts_of(module).imports}
        for other in (other for others in leading.values() for other in others):
            if other.path not in seen and len(seen) < _MOST:
                seen.add(other.path)
                waiting.append(other)
        yield module, leading


def _along(codebase: Codebase, module: Module, one: Import) -> Iterator[Module]:
    """The modules that an import leads to: those on its way, and its members."""
    name = module.absolute(one.module)
    yield from codebase.along(name)
    for member in one.members:
        other = codebase.module(f"{name}.{member}" if name else member)
        if other is not None:
            yield other


def _asked(module: Module, one: Import, *, needed: bool) -> Iterator[Wanted]:
    """What an import asks for that led nowhere."""
    stripped = one.module.lstrip(".")
    level = len(one.module) - len(stripped)
    if not level:
        yield Wanted(stripped, one.members, module.path, needed)
        return
    depth = len(module.name.split(".")) - (not module.package)
    if level <= depth or not module.path:
        return  # it leads to where the package is, and nothing is there
    folder = posixpath.dirname(module.path)
    for _ in range(level - 1):
        folder = posixpath.dirname(folder)
    if stripped:
        yield Wanted(stripped, one.members, module.path, needed, folder)
    else:
        for member in one.members:
            yield Wanted(member, (), module.path, needed, folder)
