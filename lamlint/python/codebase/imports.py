"""The import statements of a module, as nodes: what each leads to, and what is used of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from lamlint.python.codebase.codebase import Codebase
from lamlint.python.codebase.outline import surely_imported
from lamlint.python.module import cst
from lamlint.python.module.module import Module
from lamlint.python.module.scope import dotted


def libraries(
    codebase: Codebase, start: Iterable[Module]
) -> Iterator[tuple[str, Module, cst.CSTNode]]:
    """What is imported of libraries, by its first name, in modules that are surely imported.

    Imports in their functions count, too; those under a test or tried do not.
    """
    for module in surely_imported(codebase, start):
        for node in module.nodes(cst.Import, cst.ImportFrom):
            if isinstance(node, (cst.Import, cst.ImportFrom)) and not is_tried(module, node):
                for name in dict.fromkeys(one.partition(".")[0] for one in _names(module, node)):
                    if name and codebase.module(name) is None:
                        yield name, module, node


def members(
    codebase: Codebase, start: Iterable[Module], package: str
) -> Iterator[tuple[str, Module, cst.CSTNode]]:
    """What is used of a package of a library, in modules that are surely imported.

    The names directly below the package, imported from it or read of it. A module that imports
    it only under a test, or tries to, has something else in its stead.
    """
    for module in surely_imported(codebase, start):
        named = [
            (name, node)
            for node in module.nodes(cst.Import, cst.ImportFrom)
            if isinstance(node, (cst.Import, cst.ImportFrom))
            for name in _names(module, node)
            if name == package or name.startswith(f"{package}.")
        ]
        if not named or any(is_tried(module, node) for _, node in named):
            continue
        read = ((module.qualified(node), node) for node in module.nodes(cst.Attribute))
        for name, node in (*named, *read):
            if name is not None and name.startswith(f"{package}."):
                yield name[len(package) + 1 :].partition(".")[0], module, node


def is_tried(module: Module, node: cst.CSTNode) -> bool:
    """Whether something may keep an import of a module or a function from being made."""
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, (cst.If, cst.Try, cst.TryStar, cst.With)):
            return True
        if isinstance(ancestor, cst.FunctionDef):
            return False
    return False


def imports(
    codebase: Codebase, module: Module, counts: Callable[[Module, cst.CSTNode], bool]
) -> Iterator[Module]:
    """The modules that the import statements of a module import, those that count."""
    known = codebase.imports.get(module)
    if known is None:
        known = codebase.imports[module] = tuple(_found(codebase, module))
    for node, others in known:
        if counts(module, node):
            yield from others


def _found(codebase: Codebase, module: Module) -> Iterator[tuple[cst.CSTNode, tuple[Module, ...]]]:
    """The import statements of a module that lead to modules of the codebase, with these."""
    for node in module.nodes(cst.Import, cst.ImportFrom):
        if isinstance(node, (cst.Import, cst.ImportFrom)):
            others = tuple(other for name in _names(module, node) for other in codebase.along(name))
            if others:
                yield node, others


def _names(module: Module, node: cst.Import | cst.ImportFrom) -> Iterator[str]:
    if isinstance(node, cst.Import):
        for alias in node.names:
            yield dotted(alias.name) or ""
        return
    written = "." * len(node.relative) + ((dotted(node.module) or "") if node.module else "")
    base = module.absolute(written)
    yield base
    if not isinstance(node.names, cst.ImportStar):
        for alias in node.names:
            name = dotted(alias.name) or ""
            yield f"{base}.{name}" if base else name
