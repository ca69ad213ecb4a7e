"""The modules of a stack's code: their trees by CPython's own parser, and the places in them."""

from __future__ import annotations

import ast

from lamlint.dialects.cdk.place import Place
from lamlint.python.module.facts import tree as tree_of
from lamlint.text import Source
from lamlint.text.dataclass import dataclass


class Dotted(ast.Attribute):
    """An attribute as TypeScript has it: of an object, what stands under the key `raw`."""

    raw: str = ""


@dataclass(frozen=True, eq=False)
class Program:
    """A module that was parsed."""

    source: Source
    tree: ast.Module

    @property
    def path(self) -> str:
        """The path of its file."""
        return self.source.path

    def place(self, node: ast.AST) -> Place:
        """Where a node stands."""
        line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
        last = getattr(node, "end_lineno", line) or line
        end = getattr(node, "end_col_offset", column)
        return Place(self.source, None, (line, column, last, end), _bounds)

    def name_of(self, keyword: ast.keyword) -> Place:
        """Where the name of an argument stands."""
        start = self.place(keyword).start
        return Place(self.source, (start, start + len(keyword.arg or "")))


def _bounds(source: Source, told: tuple[int, ...]) -> tuple[int, int]:
    line, column, last, end = told
    return _offset(source, line, column), _offset(source, last, end)


def _offset(source: Source, line: int, column: int) -> int:
    """The offset of a column that is counted in bytes, as CPython does."""
    start = source.offset(min(line, source.line_count))
    whole = source.text
    if whole.isascii():
        return min(start + column, len(whole))
    text = whole[start : start + column]
    if text.isascii():
        return start + len(text)
    return start + len(text.encode("utf-8", "surrogatepass")[:column].decode("utf-8", "ignore"))


def parse(source: Source) -> Program | None:
    """The module of a text; None where it is no Python, or nests too deep."""
    return source.once(parse, lambda: _parse(source))


def _parse(source: Source) -> Program | None:
    tree = tree_of(source)
    return None if tree is None else Program(source, tree)
