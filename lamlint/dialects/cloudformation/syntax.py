"""How calls of CloudFormation's functions are written, in their short and their long form."""

from __future__ import annotations

from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode, SequenceNode

LOOP = "Fn::ForEach::"
INCLUDE = "Fn::Transform"
_SHORT = {"!Ref": "Ref", "!Condition": "Condition"}


def intrinsic(node: Node) -> tuple[str, Node] | None:
    """The function that a node calls, by its long name, and its argument."""
    if node.tag.startswith("!"):
        name = _SHORT.get(node.tag, f"Fn::{node.tag[1:]}")
        return name, _untagged(node)
    if isinstance(node, MappingNode) and len(node.entries) == 1:
        entry = node.entries[0]
        if entry.name.startswith(LOOP):
            return None
        if entry.name == "Ref" or entry.name.startswith("Fn::"):
            return entry.name, entry.value
    return None


def is_intrinsic(node: Node) -> bool:
    """Whether a node is a call of a function rather than plain data."""
    return intrinsic(node) is not None


def expands(mapping: MappingNode) -> bool:
    """Whether something in a mapping stands for more than itself."""
    return any(name == INCLUDE or name.startswith(LOOP) for name in mapping.table)


def _untagged(node: Node) -> Node:
    match node:
        case ScalarNode():
            return ScalarNode(
                node.source, node.start, node.end, node.text, node.style, "", node.shared
            )
        case MappingNode():
            return MappingNode(
                node.source, node.start, node.end, node.entries, node.flow, "", node.shared
            )
        case SequenceNode():
            return SequenceNode(
                node.source, node.start, node.end, node.items, node.flow, "", node.shared
            )
