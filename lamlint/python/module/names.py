"""Full names of what expressions name, within one module."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from lamlint.python.module import cst
from lamlint.python.module.scope import Binding, How, Scopes
from lamlint.text.dataclass import dataclass

_LONGEST_CHAIN = 12
Key: TypeAlias = "tuple[int, str, int]"


@dataclass(frozen=True)
class Reader:
    """Reads what names mean in the module of a name, which says where its imports lead.

    `known` is by scope, name and aliases on the way: ways multiply, so each is gone once, and
    what many lines bind is looked at once for all that name it.
    """

    name: str
    absolute: Callable[[str], str]
    scopes: Scopes
    known: dict[Key, str | None]

    def qualified(self, node: cst.CSTNode, steps: int = 0) -> str | None:
        """The dotted name behind a Name, an Attribute or what a Call calls."""
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
        scope = self.scopes.of(node)
        # In a class's body it matters where the name stands.
        key = (id(node) if scope.is_class else id(scope), node.value, steps)
        if key not in self.known:
            self.known[key] = self._root(node, steps)
        root = self.known[key]
        return None if root is None else ".".join([root, *reversed(trailing)])

    def _root(self, name: cst.Name, steps: int) -> str | None:
        scope, bindings = self.scopes.seen_from(name, name.value)
        if not bindings:
            return None if self.scopes.module.stars else name.value
        names = {self._bound(binding, steps) for binding in bindings}
        if len(names) == 1:
            (found,) = names
            if found is None and scope.is_module:
                return f"{self.name}.{name.value}"
            return found
        imported = {
            n
            for b, n in ((b, self._bound(b, steps)) for b in bindings)
            if n and b.how is How.IMPORT
        }
        return imported.pop() if len(imported) == 1 else None

    def _bound(self, binding: Binding, steps: int) -> str | None:
        match binding.how:
            case How.IMPORT:
                base = self.absolute(binding.module)
                return base if binding.attribute is None else f"{base}.{binding.attribute}"
            case How.VALUE if isinstance(binding.value, (cst.Name, cst.Attribute)):
                return None if binding.path else self.qualified(binding.value, steps + 1)
        return None
