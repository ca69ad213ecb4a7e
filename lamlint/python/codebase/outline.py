"""Which modules of a codebase a module needs, by the facts of their texts: without LibCST."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.python.module.facts import Facts, Import, facts, statement

if TYPE_CHECKING:
    from lamlint.python.codebase.codebase import Codebase
    from lamlint.python.module.module import Module


def needed(codebase: Codebase, start: Module) -> Iterator[Module]:
    """A module and those of its codebase without which it cannot be imported or run, each once."""
    packages = codebase.along(start.name.rpartition(".")[0])
    waiting = list({one.path: one for one in (start, *packages)}.values())
    seen = {one.path for one in waiting}
    while waiting:
        module = waiting.pop()
        yield module
        for one in _facts(module).needed:
            for other in _modules(codebase, module.absolute(one.module), one.members):
                if other.path not in seen:
                    seen.add(other.path)
                    waiting.append(other)


def _modules(codebase: Codebase, name: str, members: tuple[str, ...]) -> Iterator[Module]:
    """The modules that an import of a name leads to: the packages on its way, then members.

    A member that the module itself binds is no submodule.
    """
    yield from codebase.along(name)
    owner = codebase.module(name) if members else None
    own = _facts(owner).names if owner else frozenset()
    for member in members:
        if member not in own:
            other = codebase.module(f"{name}.{member}" if name else member)
            if other is not None:
                yield other


def _facts(module: Module) -> Facts:
    """The facts of a module; from its tree where its syntax is newer than the interpreter."""
    found = facts(module.source)
    if found.taken or module.failure is not None:
        return found
    return module.source.once(_of_tree, lambda: _of_tree(module))


def _of_tree(module: Module) -> Facts:
    import libcst as cst

    may_not_run = (cst.If, cst.While, cst.With, cst.Try, cst.TryStar, cst.MatchCase)
    every: list[Import] = []
    needed: list[Import] = []
    for node in module.nodes(cst.Import, cst.ImportFrom):
        read = statement(module.tree.code_for_node(node))
        every += read
        if not any(isinstance(one, may_not_run) for one in module.ancestors(node)):
            needed += read
    scope = module.scopes.module
    names = frozenset([*scope.bindings, *(["*"] if scope.stars else [])])
    return Facts(False, None, names, tuple(every), tuple(needed))
