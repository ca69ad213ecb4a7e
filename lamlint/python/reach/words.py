"""By which names code speaks of things, whatever it is they stand for."""

from __future__ import annotations

from collections.abc import Iterable

from lamlint.python.module import cst

_TELLING = frozenset({cst.AnnAssign, cst.AssignTarget, cst.Name})


def words(nodes: Iterable[cst.CSTNode]) -> frozenset[str]:
    """The names that some code is written with, less the attributes that it only sets."""
    found: set[str] = set()
    only_set: set[int] = set()
    for node in nodes:
        if node.__class__ not in _TELLING:
            continue  # far faster than asking for each kind in turn
        if isinstance(node, (cst.AssignTarget, cst.AnnAssign)):
            if isinstance(node.target, cst.Attribute):
                only_set.add(id(node.target.attr))
        elif isinstance(node, cst.Name) and id(node) not in only_set:
            found.add(node.value)
    return frozenset(found)
