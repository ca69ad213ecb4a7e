"""What the standard library's parser tells of a module: what it binds and what it imports.

It is there without LibCST, for questions that need no more.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lamlint.text import Source

if TYPE_CHECKING:
    from lamlint.python.codebase import Codebase
    from lamlint.python.module import Module

_OTHERWISE_CAUGHT = frozenset({"SyntaxError", "Exception", "BaseException"})
"""Who catches these goes on without a module that does not parse."""


@dataclass(frozen=True, slots=True)
class Import:
    """An import statement: the module as it is written, dots in front, and its members if any."""

    module: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """The names that importing a module binds, `*` for a star import, and what it imports.

    `needed` are the imports that are run wherever the code around them is: not
    under a test, not in an except clause, and not where a failure is caught.
    """

    names: frozenset[str]
    imports: tuple[Import, ...]
    needed: tuple[Import, ...]


def outline(source: Source) -> Outline | None:
    """The outline of a text; None when this interpreter does not take it."""
    return source.once(outline, lambda: _outline(source.text))


def _outline(text: str) -> Outline | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    every = tuple(one for node in _walk(tree, every=True) for one in _read(node))
    needed = tuple(one for node in _walk(tree, every=False) for one in _read(node))
    return Outline(frozenset(_names(tree)), every, needed)


def _names(tree: ast.Module) -> Iterator[str]:
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name
            if not isinstance(node, ast.ClassDef):
                yield from _globals(node)
            continue
        if isinstance(node, ast.Lambda):
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.alias):
            yield node.asname or node.name.partition(".")[0]
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            yield node.name
        waiting.extend(ast.iter_child_nodes(node))


def _globals(function: ast.AST) -> Iterator[str]:
    waiting = [function]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Global):
            yield from node.names
        waiting.extend(_statements(node))


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """The statements in a statement, and its clauses; expressions hold none."""
    for block in ("body", "orelse", "finalbody", "handlers", "cases"):
        yield from getattr(node, block, ())


def _walk(tree: ast.Module, *, every: bool) -> Iterator[ast.Import | ast.ImportFrom]:
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield node
        elif every or not _is_open(node):
            waiting.extend(_statements(node))


def _is_open(node: ast.AST) -> bool:
    """Whether what a statement holds may be passed over, or may fail and nothing happens."""
    if isinstance(node, ast.Try) or type(node).__name__ == "TryStar":
        return any(_catches(handler) for handler in getattr(node, "handlers", ()))
    return isinstance(
        node, (ast.If, ast.While, ast.With, ast.AsyncWith, ast.ExceptHandler, ast.match_case)
    )


def _catches(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(
        kind is None or (isinstance(kind, ast.Name) and kind.id in _OTHERWISE_CAUGHT)
        for kind in kinds
    )


def _read(node: ast.Import | ast.ImportFrom) -> Iterator[Import]:
    if isinstance(node, ast.Import):
        yield from (Import(alias.name) for alias in node.names)
    else:
        written = "." * node.level + (node.module or "")
        yield Import(written, tuple(alias.name for alias in node.names))


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
        found = outline(module.source)
        for one in found.needed if found else ():
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
    own = outline(owner.source) if owner else None
    for member in members:
        if own is None or member not in own.names:
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
