"""Which modules are imported with a module."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from lamlint.python.codebase import Codebase
from lamlint.python.module import Module
from lamlint.python.names import absolute
from lamlint.python.scope import dotted

_MOST = 2_000


def imported_modules(codebase: Codebase, module: Module) -> tuple[Module, ...]:
    """A module and all of the codebase that importing it may import, nearest first."""
    found = {module.path: module}
    queue = [module]
    for current in queue:
        for other in _imports(codebase, current):
            if other.path not in found and len(found) < _MOST:
                found[other.path] = other
                queue.append(other)
    return tuple(found.values())


def _imports(codebase: Codebase, module: Module) -> Iterator[Module]:
    for node in module.nodes(cst.Import, cst.ImportFrom):
        if not isinstance(node, (cst.Import, cst.ImportFrom)):
            continue
        for name in _names(module, node):
            parts = name.split(".")
            for length in range(1, len(parts) + 1):
                other = codebase.module(".".join(parts[:length]))
                if other is not None:
                    yield other


def _names(module: Module, node: cst.Import | cst.ImportFrom) -> Iterator[str]:
    if isinstance(node, cst.Import):
        for alias in node.names:
            yield dotted(alias.name) or ""
        return
    written = "." * len(node.relative) + ((dotted(node.module) or "") if node.module else "")
    base = absolute(module, written)
    yield base
    if not isinstance(node.names, cst.ImportStar):
        for alias in node.names:
            name = dotted(alias.name) or ""
            yield f"{base}.{name}" if base else name
