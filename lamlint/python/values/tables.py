"""What stands in a table that code writes out: a dict of literals, and dicts in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.looks import is_only_looked_at
from lamlint.python.module.scope import How

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Frame

Items = list[tuple[cst.CSTNode, "Frame"]]
_DEEPEST = 4
_MOST = 64
"""Of larger tables nothing is known."""


def entries(
    analysis: Analysis, of: cst.CSTNode, key: cst.CSTNode, frame: Frame, steps: int = 0
) -> Items | None:
    """What a table may hold under a key: one entry where the key is written, else each.

    None where that is not known: where it is no table, or something is put into it.
    """
    written = key.evaluated_value if isinstance(key, cst.SimpleString) else None
    found: Items = []
    for table, home in _tables(analysis, of, frame, steps) or [(of, frame)]:
        listed = _listed(table)
        if listed is None or (isinstance(written, str) and _is_put(analysis, written)):
            return None
        found += [(value, home) for name, value in listed if written in (None, name)]
    return found if 0 < len(found) <= _MOST else None


def _tables(analysis: Analysis, of: cst.CSTNode, frame: Frame, steps: int) -> Items | None:
    """The dicts that an expression may be."""
    if steps > _DEEPEST:
        return None
    analysis.step()
    match of:
        case cst.Dict():
            return [(of, frame)]
        case cst.Subscript(value=table, slice=[cst.SubscriptElement(slice=cst.Index(value=key))]):
            return entries(analysis, table, key, frame, steps + 1)
        case cst.Name():
            return _named(analysis, of, frame, steps)
        case _:
            return None


def _named(analysis: Analysis, of: cst.Name, frame: Frame, steps: int) -> Items | None:
    if not all(is_only_looked_at(one, of.value) for one in tuple(analysis.codebase.loaded)):
        return None
    found: Items = []
    for binding, home in analysis.lookup(of.value, of, frame):
        if binding.how is How.IMPORT:
            place = analysis.codebase.imported(home.module, binding)
            owner = analysis.codebase.module(place[0]) if type(place) is tuple else None
            members = analysis.members(owner, place[1]) if owner and type(place) is tuple else ()
            pairs = [(one.value if one.how is How.VALUE else None, at) for one, at in members]
        else:
            is_plain = binding.how is How.VALUE and not binding.path
            pairs = [(binding.value if is_plain else None, home)]
        for value, at in pairs or [(None, home)]:
            tables = None if value is None else _tables(analysis, value, at, steps + 1)
            if tables is None:
                return None
            found += tables
    return found or None


def _listed(table: cst.CSTNode) -> list[tuple[str, cst.CSTNode]] | None:
    """The entries of a dict, if each is written under a text."""
    if not isinstance(table, cst.Dict):
        return None
    found: list[tuple[str, cst.CSTNode]] = []
    for one in table.elements:
        if not (isinstance(one, cst.DictElement) and isinstance(one.key, cst.SimpleString)):
            return None
        found.append((str(one.key.evaluated_value), one.value))
    return found


def _is_put(analysis: Analysis, key: str) -> bool:
    """Whether some code puts something under a key, in whichever dict."""
    return any(
        key in module.syntax.once("keys put", partial(_keys_put, module))
        for module in tuple(analysis.codebase.loaded)
    )


def _keys_put(module: Module) -> frozenset[str]:
    return frozenset(_keys(module))


def _keys(module: Module) -> Iterator[str]:
    for node in module.nodes(cst.AssignTarget, cst.AugAssign, cst.AnnAssign):
        match node:
            case (
                cst.AssignTarget(target=cst.Subscript(slice=[element]))
                | cst.AugAssign(target=cst.Subscript(slice=[element]))
                | cst.AnnAssign(target=cst.Subscript(slice=[element]))
            ):
                key = element.slice.value if isinstance(element.slice, cst.Index) else None
                if isinstance(key, cst.SimpleString):
                    yield str(key.evaluated_value)
            case _:
                pass
