"""Which modules of a codebase a module needs, by the facts of their texts: without LibCST."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.python.facts import facts

if TYPE_CHECKING:
    from lamlint.python.codebase import Codebase
    from lamlint.python.module import Module


def needed(codebase: Codebase, start: Module) -> Iterator[Module]:
    """A module and those of its codebase without which it cannot be imported or run, each once.

    A module whose text this interpreter does not take leads no further.
    """
    packages = codebase.along(start.name.rpartition(".")[0])
    waiting = list({one.path: one for one in (start, *packages)}.values())
    seen = {one.path for one in waiting}
    while waiting:
        module = waiting.pop()
        yield module
        for one in facts(module.source).needed:
            for other in _modules(codebase, absolute(module, one.module), one.members):
                if other.path not in seen:
                    seen.add(other.path)
                    waiting.append(other)


def _modules(codebase: Codebase, name: str, members: tuple[str, ...]) -> Iterator[Module]:
    """The modules that an import of a name leads to: the packages on its way, then members.

    A member that the module itself binds is no submodule.
    """
    yield from codebase.along(name)
    owner = codebase.module(name) if members else None
    own = facts(owner.source).names if owner else frozenset()
    for member in members:
        if member not in own:
            other = codebase.module(f"{name}.{member}" if name else member)
            if other is not None:
                yield other


def absolute(module: Module, name: str) -> str:
    """A module's name as an import statement of `module` means it, dots in front resolved."""
    stripped = name.lstrip(".")
    level = len(name) - len(stripped)
    if not level:
        return name
    package = module.name.split(".") if module.name else []
    if not module.package and package:
        package = package[:-1]
    package = package[: len(package) - (level - 1)] if level > 1 else package
    return ".".join([*package, stripped] if stripped else package)
