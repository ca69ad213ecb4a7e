"""How calls of CloudFormation's functions are written, in their short and their long form."""

from __future__ import annotations

from lamlint.dialects.tree.node import Entry, MappingNode, Node, ScalarNode, SequenceNode

LOOP = "Fn::ForEach::"
INCLUDE = "Fn::Transform"
_SHORT = {"!Ref": "Ref", "!Condition": "Condition"}


def intrinsic(node: Node) -> tuple[str, Node] | None:
    """The function that a node calls, by its long name, and its argument."""
    if node.tag and node.tag[0] == "!":
        name = _SHORT.get(node.tag, f"Fn::{node.tag[1:]}")
        return name, _untagged(node)
    entry = _long_form(node)
    return None if entry is None else (entry.name, entry.value)


def is_intrinsic(node: Node) -> bool:
    """Whether a node is a call of a function rather than plain data."""
    return node.tag[:1] == "!" or _long_form(node) is not None


def _long_form(node: Node) -> Entry | None:
    """The one entry of a mapping that calls a function."""
    if not isinstance(node, MappingNode) or len(node.entries) != 1:
        return None
    (entry,) = node.entries
    name = entry.name
    called = name == "Ref" or (name.startswith("Fn::") and not name.startswith(LOOP))
    return entry if called else None


def expands(mapping: MappingNode) -> bool:
    """Whether something in a mapping stands for more than itself."""
    for name in mapping.table:
        if name.startswith("Fn::") and (name == INCLUDE or name.startswith(LOOP)):
            return True
    return False


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
