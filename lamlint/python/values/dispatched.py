"""What a function of `functools.singledispatch` chooses from, by the type of what it is given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import How
from lamlint.python.values.objects import Routine

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.values.analysis import Analysis

DISPATCHING = frozenset({"functools.singledispatch", "functools.singledispatchmethod"})


def registered(analysis: Analysis, chooser: Routine) -> Iterator[Routine]:
    """The functions that are registered with one that chooses: `@chooser.register(dict)`."""
    if not isinstance(chooser.node, cst.FunctionDef):
        return
    name = chooser.node.name.value
    for module in (one for one in analysis.imported if one.mentions(name)):
        for decorator in module.nodes(cst.Decorator):
            made = decorator.decorator
            owner = _registrar(made.func if isinstance(made, cst.Call) else made)
            if owner is not None and owner.value == name and _is(analysis, module, owner, chooser):
                inner = module.parent(decorator)
                if isinstance(inner, cst.FunctionDef):
                    home = analysis.static(module, inner).closure or analysis.module_frame(module)
                    yield Routine(module, inner, home)


def _registrar(node: cst.BaseExpression) -> cst.Name | None:
    """The name, or the last one, of `owner` in `owner.register`."""
    if not isinstance(node, cst.Attribute) or node.attr.value != "register":
        return None
    owner = node.value.attr if isinstance(node.value, cst.Attribute) else node.value
    return owner if isinstance(owner, cst.Name) else None


def _is(analysis: Analysis, module: Module, owner: cst.Name, chooser: Routine) -> bool:
    """Whether a name stands for the function, as it is defined or imported."""
    above = module.parent(owner)
    if isinstance(above, cst.Attribute) and above.attr is owner:
        return True  # `shapes.draw.register`
    _, bindings = module.scopes.find(owner.value, module.scopes.of(owner))
    for binding in bindings:
        if binding.how is How.IMPORT:
            return analysis.codebase.imported(module, binding) == (chooser.module.name, owner.value)
        if binding.node is chooser.node:
            return True
    return False
