"""Variables of a module that hold what a caller lends, as long as a function runs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import Binding, positional

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.values.objects import Frame

_NOTHING = "None"


def is_lent(bindings: Iterable[tuple[Binding, Frame]]) -> bool:
    """Whether a function sets a variable to its parameter, and to None again at its end.

    Each caller lends what it has: nothing of one is there for the next.
    """
    given: set[int] = set()
    taken: set[int] = set()
    for binding, home in bindings:
        function, value = home.node, binding.value
        if not isinstance(function, cst.FunctionDef) or not isinstance(value, cst.Name):
            continue
        if value.value == _NOTHING and _at_the_end(home.module, binding.node):
            taken.add(id(function))
        elif any(one.name.value == value.value for one in positional(function)):
            given.add(id(function))
    return not given.isdisjoint(taken)


def _at_the_end(module: Module, node: cst.CSTNode) -> bool:
    return any(isinstance(above, cst.Finally) for above in module.ancestors(node))
