"""Functions that keep on themselves what they give (`load.found = …`), and what calls them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import How

if TYPE_CHECKING:
    from lamlint.python.module.module import Module


def is_only_called(module: Module, name: cst.Name) -> bool:
    """Whether a name calls a function that nobody but itself puts something on.

    `if not load():` asks for what was loaded, and not whether something was made before.
    """
    if not _is_called(module, name):
        return False
    _, bindings = module.scopes.find(name.value, module.scopes.of(name))
    if len(bindings) != 1 or bindings[0].how is not How.DEFINITION:
        return False
    function = bindings[0].node
    return all(
        _is_called(module, one) or any(above is function for above in module.ancestors(one))
        for one in module.nodes(cst.Name)
        if one.value == name.value
    )


def _is_called(module: Module, name: cst.Name) -> bool:
    call = module.parent(name)
    return isinstance(call, cst.Call) and call.func is name
