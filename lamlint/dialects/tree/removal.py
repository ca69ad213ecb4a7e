"""What takes a key and its value out of a mapping of YAML, JSON or Terraform's language."""

from __future__ import annotations

from collections.abc import Sequence

from lamlint.dialects.tree.lines import line_end, line_start
from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode, SequenceNode
from lamlint.text import Edit

_COMMENTS = ("#", "/*", " //")
"""How comments begin, in whichever language; two slashes alone are in every address."""


def removal(mapping: MappingNode, name: str) -> Edit | None:
    """The edit that takes out a key and its value; None where others would lose something, too.

    Those are comments, the aliases of what is written there, and the mapping itself where
    nothing else is in it.
    """
    target = mapping.written or mapping
    own = [entry for entry in target.entries if not entry.inherited]
    place = next((place for place, entry in enumerate(own) if entry.name == name), None)
    if place is None or len(own) < 2 or target.shared or _is_known_elsewhere(own[place].value):
        return None
    source, entry = target.source, own[place]
    if not target.flow:
        start, end = line_start(source.text, entry.key.start), line_end(source.text, entry.end)
        after = source.text[entry.end : end]
        end += len(source.newline) if end < len(source.text) else 0
        whole = not source.text[start : entry.key.start].strip() and not after.strip()
    elif place + 1 < len(own):
        start, end, whole = entry.key.start, own[place + 1].key.start, True
    else:
        start, end, whole = own[place - 1].end, entry.end, True
    whole = whole and not any(mark in source.text[start:end] for mark in _COMMENTS)
    return Edit(source.span(start, end), "") if whole else None


def _is_known_elsewhere(node: Node) -> bool:
    """Whether an alias may lead to a node from somewhere else."""
    match node:
        case MappingNode():
            inner: Sequence[Node] = [entry.value for entry in node.entries]
        case SequenceNode():
            inner = node.items
        case ScalarNode():
            inner = ()
    return node.shared or any(map(_is_known_elsewhere, inner))
