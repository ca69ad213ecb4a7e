"""Which modules of a codebase a module imports, by the facts of their texts: without LibCST."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from lamlint.python.module.facts import Facts, Import, facts

if TYPE_CHECKING:
    from lamlint.python.codebase.codebase import Codebase
    from lamlint.python.module.module import Module

_MOST = 2_000


def needed(codebase: Codebase, start: Module) -> tuple[Module, ...]:
    """A module and those of its codebase without which it cannot be imported or run, each once."""
    packages = codebase.along(start.name.rpartition(".")[0])
    return _reached(codebase, (start, *packages), lambda one: one.needed)


def imported_modules(codebase: Codebase, module: Module) -> tuple[Module, ...]:
    """A module and all of the codebase that importing it may import, nearest first."""
    return _reached(codebase, (module,), lambda _: True)


def possibly_imported(codebase: Codebase, start: Module) -> tuple[Module, ...]:
    """A module and all of the codebase that its imports, and theirs, may lead to by any reading.

    What an import names may be a submodule too where the package binds the same name.
    """
    found = {start.path: start}
    queue = [start]
    for current in queue:
        for one in facts_of(current).imports:
            name = current.absolute(one.module)
            members = (
                codebase.module(f"{name}.{member}" if name else member) for member in one.members
            )
            for other in (*codebase.along(name), *members):
                if other is not None and other.path not in found and len(found) < _MOST:
                    found[other.path] = other
                    queue.append(other)
    return tuple(found.values())


def surely_imported(codebase: Codebase, start: Iterable[Module]) -> tuple[Module, ...]:
    """Some modules and all that importing them imports, whatever happens, nearest first.

    Imports in functions, under a test (`TYPE_CHECKING` too) or tried are left out.
    """
    return _reached(codebase, start, lambda one: one.sure)


def _reached(
    codebase: Codebase, start: Iterable[Module], counts: Callable[[Import], bool]
) -> tuple[Module, ...]:
    found = {module.path: module for module in start}
    queue = list(found.values())
    for current in queue:
        for one in filter(counts, facts_of(current).imports):
            for other in _modules(codebase, current.absolute(one.module), one.members):
                if other.path not in found and len(found) < _MOST:
                    found[other.path] = other
                    queue.append(other)
    return tuple(found.values())


def _modules(codebase: Codebase, name: str, members: tuple[str, ...]) -> Iterator[Module]:
    """The modules that an import of a name leads to: the packages on its way, then members.

    A member that the module itself binds is no submodule, unless by an import of that.
    """
    yield from codebase.along(name)
    owner = codebase.module(name) if members else None
    own = facts_of(owner).names if owner else frozenset()
    for member in members:
        if member not in own or (owner and _brings(owner, name, member)):
            other = codebase.module(f"{name}.{member}" if name else member)
            if other is not None:
                yield other


def _brings(package: Module, name: str, member: str) -> bool:
    """Whether a package itself imports one of its submodules: `from . import worker`."""
    imports = (one for one in facts_of(package).imports if member in one.members)
    return any(package.absolute(one.module) == name for one in imports)


def facts_of(module: Module) -> Facts:
    """The facts of a module; from its tree where its syntax is newer than the interpreter."""
    found = facts(module.source)
    if found.taken or module.failure is not None:
        return found
    from lamlint.python.codebase.from_tree import of_tree

    return module.source.once(of_tree, lambda: of_tree(module))
