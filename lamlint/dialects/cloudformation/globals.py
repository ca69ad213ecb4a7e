"""SAM's Globals, merged into a resource's properties as the SAM translator merges them."""

from __future__ import annotations

from lamlint.dialects.cloudformation.syntax import is_intrinsic
from lamlint.dialects.tree.node import Entry, MappingNode, Node, ScalarNode, SequenceNode
from lamlint.text.dataclass import replace

_REPLACED = frozenset({"Architectures"})
"""Lists that a function's own list replaces; all others are concatenated."""


def merge(
    shared: MappingNode, own: MappingNode, ignored: frozenset[str] = frozenset()
) -> MappingNode:
    """The properties of a resource with those of Globals filled in.

    Own values win over shared ones; mappings merge deeply; lists are shared
    first, own behind. What two sides write with different types is the own.
    """
    entries: dict[str, Entry] = {}
    for entry in shared:
        if entry.name not in ignored and "*" not in ignored:
            entries[entry.name] = replace(entry, inherited=True)
    for entry in own:
        other = entries.get(entry.name)
        if other is None or entry.name in _REPLACED:
            entries[entry.name] = entry
        else:
            value = _merged(other.value, entry.value)
            entries[entry.name] = Entry(entry.key, value, entry.start, entry.end)
    written = own.written or own
    return MappingNode(
        own.source, own.start, own.end, list(entries.values()), own.flow, "", own.shared, written
    )


def _merged(shared: Node, own: Node) -> Node:
    if is_intrinsic(shared) or is_intrinsic(own):
        return own
    if isinstance(shared, MappingNode) and isinstance(own, MappingNode):
        return merge(shared, own)
    if isinstance(shared, SequenceNode) and isinstance(own, SequenceNode):
        items = [*shared.items, *own.items]
        inherited = len(shared.items)
        return SequenceNode(
            own.source, own.start, own.end, items, own.flow, "", own.shared, inherited
        )
    return own


def ignored_globals(resource: MappingNode) -> frozenset[str]:
    """What a resource's IgnoreGlobals attribute names; `*` for all."""
    node = resource.get("IgnoreGlobals")
    match node:
        case ScalarNode():
            return frozenset({node.text})
        case SequenceNode():
            return frozenset(item.text for item in node.items if isinstance(item, ScalarNode))
        case _:
            return frozenset()
