"""Python as Chalice finds it, by CPython's own parser: texts, places, and what names stand for."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from lamlint.python.module.facts import tree as tree_of
from lamlint.text import Source, Span
from lamlint.text.dataclass import dataclass

LIBRARY = "chalicelib"
"""The folder that Chalice packs beside the module of the application."""
_STATEMENTS = (ast.stmt, ast.excepthandler, ast.match_case)
_MOST_STEPS = 8
"""How often what names stand for is followed."""


@dataclass(frozen=True, eq=False)
class Module:
    """A module of an application: the name that it is imported by, its text, and its tree."""

    name: str
    source: Source
    tree: ast.Module

    @cached_property
    def statements(self) -> Sequence[ast.AST]:
        """All statements and what holds them, from the outside in: far fewer than all nodes."""
        found: list[ast.AST] = [self.tree]
        for node in found:  # it grows
            found += [one for one in ast.iter_child_nodes(node) if isinstance(one, _STATEMENTS)]
        return found

    @cached_property
    def bound(self) -> Mapping[str, ast.expr | None]:
        """The names that it assigns at its outermost level; None behind one that has several."""
        found: dict[str, ast.expr | None] = {}
        for statement in self.tree.body:
            for name, value in _assigned(statement):
                found[name] = None if name in found else value
        return found

    @cached_property
    def imported(self) -> Mapping[str, tuple[str, str]]:
        """The names that it imports: from which module, and as what there (a module: nothing)."""
        found: dict[str, tuple[str, str]] = {}
        for statement in self.statements:
            if isinstance(statement, ast.Import):
                for one in statement.names:
                    top = one.name.partition(".")[0]
                    found[one.asname or top] = (one.name if one.asname else top, "")
            elif isinstance(statement, ast.ImportFrom):
                home = self._home(statement)
                for one in statement.names:
                    found[one.asname or one.name] = (home, one.name)
        return found

    def _home(self, statement: ast.ImportFrom) -> str:
        """The module that a statement imports from, by its whole name."""
        if not statement.level:
            return statement.module or ""
        package = self.name.split(".")
        is_package = self.source.path.endswith("/__init__.py")
        kept = package[: len(package) - statement.level + is_package]
        return ".".join([*kept, *filter(None, [statement.module])])

    def full_name(self, node: ast.expr) -> str:
        """The full name of what an expression of names and dots stands for; empty for others."""
        dotted: list[str] = []
        while isinstance(node, ast.Attribute):
            dotted.insert(0, node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return ""
        module, member = self.imported.get(node.id, (self.name, node.id))
        return ".".join(filter(None, [module, member, *dotted]))

    def span(self, node: ast.expr | ast.stmt) -> Span:
        """Where a node stands."""
        start = self._offset(node.lineno, node.col_offset)
        return self.source.span(start, self._offset(node.end_lineno, node.end_col_offset))

    def name_of(self, definition: ast.FunctionDef) -> Span:
        """Where the name of a function stands."""
        start = self._offset(definition.lineno, definition.col_offset)
        start = self.source.text.index(definition.name, start + len("def "))
        return self.source.span(start, start + len(definition.name))

    def block(self, definition: ast.FunctionDef) -> Span:
        """A function with its decorators, up to its body."""
        first = min((one.lineno for one in definition.decorator_list), default=definition.lineno)
        body = definition.body[0]
        start = self.source.offset(first)
        return self.source.span(start, max(start, self._offset(body.lineno, body.col_offset)))

    def _offset(self, line: int | None, column: int | None) -> int:
        """The offset of a place as CPython tells it: columns count bytes of UTF-8."""
        start = self.source.offset(line or 1)
        written = self.source.line(line or 1)
        before = column or 0
        if not written.isascii():
            before = len(written.encode("utf-8", "surrogatepass")[:before].decode(errors="ignore"))
        return start + before


def parsed(name: str, source: Source) -> Module | None:
    """A module by its text; None where it is no Python for this interpreter."""
    tree = tree_of(source)
    return None if tree is None else Module(name, source, tree)


def _assigned(statement: ast.stmt) -> Iterator[tuple[str, ast.expr | None]]:
    match statement:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                if isinstance(target, ast.Name):
                    yield target.id, value
        case ast.AnnAssign(target=ast.Name(id=name), value=value):
            yield name, value
        case ast.If() | ast.Try() | ast.With():
            for inner in ast.walk(statement):
                if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
                    yield inner.id, None
        case _:
            return


@dataclass(frozen=True, eq=False)
class Code:
    """The modules of an application by their names."""

    modules: Mapping[str, Module]

    def defined(self, full_name: str) -> tuple[Module, str] | None:
        """The module that binds a full name, and the name there, imports followed."""
        for _ in range(_MOST_STEPS):
            home, _, name = full_name.rpartition(".")
            # Some put the folder of the library on the path, and import from there.
            module = self.modules.get(home) or self.modules.get(f"{LIBRARY}.{home}")
            if module is None:
                return None
            if name not in module.imported:
                return module, name
            origin, member = module.imported[name]
            full_name = ".".join(filter(None, [origin, member]))
        return None

    def value(self, module: Module, node: ast.expr) -> tuple[Module, ast.expr]:
        """An expression, or what the one name that it is was assigned."""
        for _ in range(_MOST_STEPS):
            found = self.defined(module.full_name(node)) if _is_name(node) else None
            value = found[0].bound.get(found[1]) if found is not None else None
            if found is None or value is None:
                break
            module, node = found[0], value
        return module, node


def _is_name(node: ast.expr) -> bool:
    return isinstance(node, (ast.Name, ast.Attribute))
