"""Some statements of a module, each where it stands, so that LibCST need not parse the others.

What is left out is white space: offsets stay. A statement comes with what is around it, up to the
module, and with the imports and plain aliases that it can see, so that names mean the same.
"""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Callable, Iterator

from lamlint.python.module.module import Module
from lamlint.text import Source

Wanted = Callable[[ast.stmt], bool]
"""Whether a statement is wanted for what it says itself; the statements in it are asked alone."""

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_NAMING = (ast.Import, ast.ImportFrom, ast.Global, ast.Nonlocal)


def excerpt(module: Module, tree: ast.Module, wanted: Wanted) -> Module | None:
    """The statements of a module that are wanted, as a module; None where there are none."""
    found = _Found(module.source, wanted)
    if not found.holds(tree.body):
        return None
    found.keep(tree.body)
    text = _blanked(module.source, found.lines)
    source = dataclasses.replace(module.source, text=text)
    return Module(source, module.name, package=module.package)


def blocks(node: ast.AST) -> Iterator[list[ast.stmt]]:
    """The blocks of statements in a statement, those of its clauses too."""
    for field in ("body", "orelse", "finalbody"):
        block = getattr(node, field, None)
        if isinstance(block, list) and block:
            yield block
    for clause in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
        yield clause.body


class _Found:
    """The lines of what is wanted, from 1, as they are found."""

    def __init__(self, source: Source, wanted: Wanted) -> None:
        self.lines: set[int] = set()
        self._source = source
        self._wanted = wanted
        self._holding: set[ast.stmt] = set()

    def holds(self, block: list[ast.stmt]) -> bool:
        """Whether a statement of a block is wanted, or one in it."""
        holding = [one for one in block if self._holds(one)]
        self._holding.update(holding)
        return bool(holding)

    def _holds(self, one: ast.stmt) -> bool:
        inside = [block for block in blocks(one) if self.holds(block)]
        return bool(inside) or self._wanted(one)

    def keep(self, block: list[ast.stmt]) -> None:
        """Keep what a block holds of what is wanted, and of what says what names mean."""
        kept = {one for one in block if one in self._holding or _names(one)}
        kept = kept or {min(block, key=_length)}
        ends = {end for one in kept for end in _extent(one)}
        for one in block:
            # What shares a line with another comes with it.
            if one in kept or not ends.isdisjoint(_extent(one)):
                self._keep(one)
                ends.update(_extent(one))

    def _keep(self, one: ast.stmt) -> None:
        start, end = _extent(one)
        inner = list(blocks(one))
        if not inner or any(self._is_behind(block[0]) for block in inner):
            self.lines.update(range(start, end + 1))
            return
        own = set(range(start, end + 1))
        for block in inner:
            own.difference_update(range(_extent(block[0])[0], _extent(block[-1])[1] + 1))
        self.lines |= own
        for block in inner:
            self.keep(block)

    def _is_behind(self, one: ast.stmt) -> bool:
        """Whether a statement stands on the line of what holds it."""
        start = _extent(one)[0]
        return bool(self._source.line(start)[: one.col_offset].strip(" \t\f"))


def _extent(one: ast.stmt) -> tuple[int, int]:
    """The first and the last line of a statement, decorators included."""
    decorators = one.decorator_list if isinstance(one, _SCOPES) else ()
    return min((one.lineno, *(each.lineno for each in decorators))), one.end_lineno or one.lineno


def _length(one: ast.stmt) -> int:
    start, end = _extent(one)
    return end - start


def _names(one: ast.stmt) -> bool:
    """Whether a statement says what a name means: an import, `client = boto3.client`."""
    if isinstance(one, ast.Assign):
        return isinstance(one.value, (ast.Name, ast.Attribute))
    if isinstance(one, _NAMING):
        return True
    return not isinstance(one, _SCOPES) and any(any(map(_names, each)) for each in blocks(one))


def _blanked(source: Source, lines: set[int]) -> str:
    """A text without all but some lines, as long as it was."""
    parts: list[str] = []
    done = 0
    for number in sorted(lines):
        start = source.offset(number)
        parts.append(_blank(source.text[done:start]))
        done = source.offset(number + 1) if number < source.line_count else len(source.text)
        parts.append(source.text[start:done])
    return "".join([*parts, _blank(source.text[done:])])


def _blank(text: str) -> str:
    """As much white space, of one line."""
    line = text.rstrip("\r\n")
    end = text[-2:] if text.endswith("\r\n") else text[-1:] if len(line) < len(text) else ""
    return " " * (len(text) - len(end)) + end
