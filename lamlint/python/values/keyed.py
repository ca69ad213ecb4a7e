"""What one item of a dict depends on, where the code writes down how the dict is made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import Binding, How
from lamlint.python.values.arguments import supplied
from lamlint.python.values.contents import changes

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Frame

Source = tuple[cst.CSTNode, "Frame"]
_DEEPEST = 6


def sources(
    analysis: Analysis, of: cst.CSTNode, key: str, frame: Frame, steps: int = 0
) -> list[Source] | None:
    """The expressions that an item of what a name holds is made of, each with its frame.

    None where that is not known. What is put into other items is none of them.
    """
    bindings = list(analysis.lookup(of.value, of, frame)) if isinstance(of, cst.Name) else []
    if len(bindings) != 1 or not isinstance(of, cst.Name) or steps > _DEEPEST:
        return None
    analysis.step()
    binding, home = bindings[0]
    held = _held(analysis, binding, key, home, steps)
    if held is None:
        return None
    put = [(one.value, home) for one in changes(home, of.value) if one.key in (key, None)]
    return [*held, *put] or None


def _held(
    analysis: Analysis, binding: Binding, key: str, home: Frame, steps: int
) -> list[Source] | None:
    if binding.how is How.PARAMETER and isinstance(binding.node, cst.Param):
        found: list[Source] = []
        for given in supplied(analysis, home, binding.node):
            if given.node is None or given.frame is None:
                return None
            found.extend(_of(analysis, given.node, key, given.frame, steps))
        return found
    if binding.how is not How.VALUE or binding.path or binding.value is None:
        return None
    return _of(analysis, binding.value, key, home, steps)


def _of(analysis: Analysis, value: cst.CSTNode, key: str, frame: Frame, steps: int) -> list[Source]:
    """The same of an expression; the whole of it where it is not known how it is made."""
    if isinstance(value, cst.Dict):
        written = dict(_items(value))
        if len(written) == len(value.elements):
            return [(written[key], frame)] if key in written else []
    found = sources(analysis, value, key, frame, steps + 1)
    return [(value, frame)] if found is None else found


def _items(node: cst.Dict) -> Iterator[tuple[str, cst.BaseExpression]]:
    """The items that are written under a text."""
    for element in node.elements:
        if isinstance(element, cst.DictElement) and isinstance(element.key, cst.SimpleString):
            key = element.key.evaluated_value
            if isinstance(key, str):
                yield key, element.value
