"""Whether code decides by a variable of the environment what it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from lamlint.python.module import cst

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.reach.environment import EnvironmentRead

_CHOOSING = (cst.If, cst.IfExp, cst.While)


def is_decided_by(read: EnvironmentRead) -> bool:
    """Whether a test asks for what was read: at once, by its name, or as what a function gives."""
    module = read.module
    waiting: list[cst.CSTNode] = [read.node]
    followed: set[str] = set()
    uses = _uses(module)
    while waiting:
        node = waiting.pop()
        if _is_asked(module, node):
            return True
        for name in _named(module, node):
            if name.value not in followed:
                followed.add(name.value)
                waiting.extend(uses[name.value])
    return False


def _is_asked(module: Module, node: cst.CSTNode) -> bool:
    """Whether a value stands in the test of a choice."""
    child = node
    for parent in module.ancestors(node):
        if isinstance(parent, _CHOOSING):
            return parent.test is child
        if isinstance(parent, cst.Match):
            return parent.subject is child
        if isinstance(parent, (cst.BaseStatement, cst.BaseSmallStatement)):
            return False
        child = parent
    return False


def _named(module: Module, node: cst.CSTNode) -> Iterator[cst.Name]:
    """The names that a value is given, and that of the function which returns it."""
    for parent in module.ancestors(node):
        if isinstance(parent, (cst.Assign, cst.AnnAssign, cst.NamedExpr)):
            targets = parent.targets if isinstance(parent, cst.Assign) else [parent]
            yield from (one.target for one in targets if isinstance(one.target, cst.Name))
        if isinstance(parent, cst.Return):
            around = (one for one in module.ancestors(parent) if isinstance(one, cst.FunctionDef))
            yield from (function.name for function in [next(around, None)] if function is not None)
        if isinstance(parent, (cst.BaseStatement, cst.BaseSmallStatement)):
            return


def _uses(module: Module) -> Mapping[str, Sequence[cst.Name]]:
    """Where a module uses each name, whatever it is there."""
    found: dict[str, list[cst.Name]] = {}
    for name in module.nodes(cst.Name):
        found.setdefault(name.value, []).append(name)
    return found
