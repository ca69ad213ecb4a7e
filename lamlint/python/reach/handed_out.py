"""Classes whose `__new__` gives the one object again that it keeps on the class."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import positional
from lamlint.python.module.walk import descendants
from lamlint.python.values.attributes import lineage
from lamlint.python.values.objects import Class

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis


def hands_out_one(analysis: Analysis, of: Class) -> bool:
    """Whether an object of a class may be one that was made before.

    `if cls._instance is None: cls._instance = super().__new__(cls)`. Its `__init__` runs each
    time all the same.
    """
    return any(
        one.module.syntax.once(("hands out", one.node), partial(_keeps_one, one.node))
        for one in lineage(analysis, of)
    )


def _keeps_one(of: cst.CSTNode) -> bool:
    return isinstance(of, cst.ClassDef) and any(
        not _asked(new).isdisjoint(_kept(new, of.name.value)) for new in _makers(of)
    )


def _makers(of: cst.ClassDef) -> Iterator[cst.FunctionDef]:
    for line in of.body.body:
        if isinstance(line, cst.FunctionDef) and line.name.value == "__new__":
            yield line


def _kept(new: cst.FunctionDef, own: str) -> frozenset[str]:
    """The attributes of the class that `__new__` sets, or puts something into."""
    first = positional(new)[:1]
    names = {own, *(parameter.name.value for parameter in first)}
    found = set()
    for node in descendants(new):
        if isinstance(node, cst.AssignTarget):
            target = node.target.value if isinstance(node.target, cst.Subscript) else node.target
            if isinstance(target, cst.Attribute) and isinstance(target.value, cst.Name):
                found |= {target.attr.value} if target.value.value in names else set()
    return frozenset(found)


def _asked(new: cst.FunctionDef) -> frozenset[str]:
    """The names and texts in the tests of `__new__`."""
    tests = (node.test for node in descendants(new) if isinstance(node, (cst.If, cst.IfExp)))
    return frozenset(word for test in tests for word in _words(test))


def _words(test: cst.CSTNode) -> Iterator[str]:
    for node in descendants(test):
        if isinstance(node, cst.Name):
            yield node.value
        elif isinstance(node, cst.SimpleString) and isinstance(node.evaluated_value, str):
            yield node.evaluated_value  # `hasattr(cls, "_instance")`
