"""Properties that a stack's code writes into the template itself, past the constructs."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from lamlint.dialects.cdk import lower_level
from lamlint.dialects.cdk.additions import Override
from lamlint.dialects.cdk.nodes import Lowering
from lamlint.dialects.cdk.writing import InCode
from lamlint.dialects.tree.node import MappingNode, Node


def override(properties: MappingNode, overrides: Iterable[Override], lowering: Lowering) -> None:
    """Put what is set in the place of what a construct made; the last one counts."""
    for one in overrides:
        _put(properties, one.path, one, lowering)


def _put(within: MappingNode, path: tuple[str, ...], one: Override, lowering: Lowering) -> None:
    first, *rest = path
    held = next((entry.value for entry in within.entries if entry.name == first), None)
    if not rest:
        _replace(within, first, one, _set(held, first, one, lowering), lowering)
        return
    if held is None:
        at = one.key
        held = MappingNode(at.source, *at.bounds, layout=InCode())
        _replace(within, first, one, held, lowering)
    if isinstance(held, MappingNode):
        _put(held, tuple(rest), one, lowering)
    else:
        unknown = lowering.unknown(one.key, "a part of it is set later")
        _replace(within, first, one, unknown, lowering)


def _set(held: Node | None, name: str, one: Override, lowering: Lowering) -> Node:
    """What a property is set to; where that is done in some cases, in others it is what it was."""
    convert = partial(lower_level.node, name, lowering=lowering) if one.typed else lowering.node
    new = lowering.each(one.value, convert)
    return lowering.chosen(one.key, new, held, one.case) if one.case else new


def _replace(within: MappingNode, name: str, one: Override, node: Node, lowering: Lowering) -> None:
    within.entries[:] = [entry for entry in within.entries if entry.name != name]
    within.entries.append(lowering.entry(name, one.key, node))
