"""Full names of what expressions name, within one module."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lamlint.python.codebase.outline import absolute
from lamlint.python.module.scope import Binding, How

if TYPE_CHECKING:
    from lamlint.python.module.module import Module

_LONGEST_CHAIN = 12

Known = dict[tuple[int, str, int], str | None]
"""What a name is, by its scope and how many aliases lead to it: ways to it multiply."""


def qualified(module: Module, node: cst.CSTNode) -> str | None:
    """The dotted name behind a Name, an Attribute or what a Call calls."""
    return _qualified(module, node, 0, {})


def _qualified(module: Module, node: cst.CSTNode, steps: int, known: Known) -> str | None:
    if steps > _LONGEST_CHAIN:
        return None
    if isinstance(node, cst.Call):
        node = node.func
    trailing: list[str] = []
    while isinstance(node, cst.Attribute):
        trailing.append(node.attr.value)
        node = node.value
    if not isinstance(node, cst.Name):
        return None
    key = (id(module.scopes.of(node)), node.value, steps)
    if key not in known:
        known[key] = _root(module, node, steps, known)
    root = known[key]
    return None if root is None else ".".join([root, *reversed(trailing)])


def _root(module: Module, name: cst.Name, steps: int, known: Known) -> str | None:
    scope, bindings = module.scopes.find(name.value, module.scopes.of(name))
    if not bindings:
        return None if module.scopes.module.stars else name.value
    names = {_bound(module, binding, steps, known) for binding in bindings}
    if len(names) == 1:
        (found,) = names
        if found is None and scope.is_module:
            return f"{module.name}.{name.value}"
        return found
    imported = {
        n
        for b, n in ((b, _bound(module, b, steps, known)) for b in bindings)
        if n and b.how is How.IMPORT
    }
    return imported.pop() if len(imported) == 1 else None


def _bound(module: Module, binding: Binding, steps: int, known: Known) -> str | None:
    match binding.how:
        case How.IMPORT:
            base = absolute(module, binding.module)
            return base if binding.attribute is None else f"{base}.{binding.attribute}"
        case How.VALUE if isinstance(binding.value, (cst.Name, cst.Attribute)):
            return None if binding.path else _qualified(module, binding.value, steps + 1, known)
    return None
