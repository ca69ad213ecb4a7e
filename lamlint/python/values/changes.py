"""Which of the lists and dicts that a module writes down it changes later on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst

if TYPE_CHECKING:
    from lamlint.python.module.module import Module

_CHANGING = frozenset(
    {
        "add", "append", "appendleft", "clear", "discard", "extend", "insert", "pop", "popitem",
        "remove", "reverse", "setdefault", "sort", "update",
    }
)  # fmt: skip


def is_changed(module: Module, node: cst.CSTNode) -> bool:
    """Whether what a written container is assigned to is changed anywhere in its module."""
    assignment = module.parent(node)
    if isinstance(assignment, cst.Assign):
        targets: list[cst.CSTNode] = [target.target for target in assignment.targets]
    elif isinstance(assignment, (cst.AnnAssign, cst.NamedExpr)):
        targets = [assignment.target]
    else:
        return False
    changed = module.syntax.once("changed containers", lambda: frozenset(_changed(module)))
    return not changed.isdisjoint(map(_root, targets))


def _changed(module: Module) -> Iterator[str]:
    """The names whose things a module changes."""
    for target in module.nodes(cst.AssignTarget):
        if isinstance(target.target, cst.Subscript):
            yield _root(target.target)
    for assignment in module.nodes(cst.AugAssign):
        yield _root(assignment.target)
    for deletion in module.nodes(cst.Del):
        yield _root(deletion.target)
    for call in module.nodes(cst.Call):
        if isinstance(call.func, cst.Attribute) and call.func.attr.value in _CHANGING:
            yield _root(call.func.value)


def _root(node: cst.CSTNode) -> str:
    """The last name that leads to a thing: `settings` of `self.settings["a"]["b"]`."""
    while isinstance(node, cst.Subscript):
        node = node.value
    last = node.attr if isinstance(node, cst.Attribute) else node
    return last.value if isinstance(last, cst.Name) else ""
