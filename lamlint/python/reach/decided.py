"""Whether code decides by a variable of the environment what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.module import cst

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.reach.environment import EnvironmentRead

_CHOOSING = (cst.If, cst.IfExp, cst.While)
_STEPS = 10
"""How many names and functions may hand on what was read before it is asked."""


def is_decided_by(read: EnvironmentRead) -> bool:
    """Whether a test asks for what was read: at once, by its name, or as what a function gives."""
    return _is_asked(read.module, read.node, _STEPS)


def _is_asked(module: Module, node: cst.CSTNode, steps: int) -> bool:
    if steps == 0:
        return False
    child = node
    for parent in module.ancestors(node):
        if isinstance(parent, _CHOOSING):
            return parent.test is child
        if isinstance(parent, cst.Match):
            return parent.subject is child
        if isinstance(parent, (cst.Assign, cst.AnnAssign, cst.NamedExpr)):
            targets = parent.targets if isinstance(parent, cst.Assign) else [parent]
            names = [one.target for one in targets if isinstance(one.target, cst.Name)]
            if not isinstance(parent, cst.NamedExpr):
                return any(_is_used(module, name, steps) for name in names)
        if isinstance(parent, cst.Return):
            around = (one for one in module.ancestors(parent) if isinstance(one, cst.FunctionDef))
            function = next(around, None)
            return function is not None and _is_used(module, function.name, steps)
        if isinstance(parent, cst.BaseStatement):
            return False
        child = parent
    return False


def _is_used(module: Module, name: cst.Name, steps: int) -> bool:
    """Whether a test asks for what a name stands for, wherever the module uses it."""
    return any(
        one is not name and one.value == name.value and _is_asked(module, one, steps - 1)
        for one in module.nodes(cst.Name)
    )
