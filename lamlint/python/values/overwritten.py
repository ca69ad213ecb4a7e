"""Which of the places that bind a name a read can see: no later ones, and none written over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import Binding, How

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.values.objects import Frame

_Bound = tuple[Binding, "Frame"]
_LOOPS = (cst.For, cst.While)


def seen(module: Module, bindings: Sequence[_Bound], read: cst.CSTNode) -> Sequence[_Bound]:
    """The bindings of a name that may be what a read finds."""
    function = module.enclosing_function(read)
    if len(bindings) < 2 or function is None:
        return bindings
    repeated = any(isinstance(one, _LOOPS) for one in module.ancestors(read))
    kept = [one for one in bindings if repeated or not _comes_later(one[0], module, read)]
    first = module.offsets(function)[0]
    last = max((_start(one, module) for one, _ in kept if _is_sure(one, module, read)), default=0)
    return [one for one in kept if not first <= _start(one[0], module) < last]


def _comes_later(binding: Binding, module: Module, read: cst.CSTNode) -> bool:
    """Whether the function of a read binds the name only when it has read it."""
    if module.enclosing_function(binding.node) is not module.enclosing_function(read):
        return False
    start = module.offsets(read)[0]
    value = module.offsets(binding.value) if binding.value is not None else (0, 0)
    return start <= _start(binding, module) or value[0] <= start < value[1]


def _is_sure(binding: Binding, module: Module, read: cst.CSTNode) -> bool:
    """Whether a line always ran before a read: it stands ahead, in a block around it."""
    if binding.how is not How.VALUE or _start(binding, module) >= module.offsets(read)[0]:
        return False
    if module.enclosing_function(binding.node) is not module.enclosing_function(read):
        return False
    line = next((a for a in _upward(binding.node, module) if _is_line(a)), None)
    block = module.parent(line) if line is not None else None
    within = line is not None and any(one is line for one in module.ancestors(read))
    return block is not None and not within and any(one is block for one in module.ancestors(read))


def _is_line(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.SimpleStatementLine)


def _upward(node: cst.CSTNode, module: Module) -> Sequence[cst.CSTNode]:
    return (node, *module.ancestors(node))


def _start(binding: Binding, module: Module) -> int:
    return module.offsets(binding.node)[0]
