"""Code that stands in a heredoc, as a source whose places are those of the file around it."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.dialects.tree import hcl_texts
from lamlint.dialects.tree.node import ScalarNode
from lamlint.dialects.tree.tags import HEREDOC
from lamlint.text import Host, Piece, Source


def inline(node: ScalarNode) -> Source | None:
    """The code that a text is; None where its places cannot be told."""
    if node.style != HEREDOC or "$${" in node.source.text[node.start : node.end]:
        return None
    raw = node.source.text[node.start : node.end]
    width = 0 if raw == node.text else hcl_texts.indent([raw])
    pieces = tuple(_pieces(raw, node.start, width))
    margin = next((line[:width] for line in raw.splitlines() if line.strip()), "")
    host = Host(node.source, pieces or (Piece(0, node.start, 0),), margin)
    return Source(node.source.path, node.text, host=host)


def _pieces(raw: str, start: int, width: int) -> Iterator[Piece]:
    """The lines of a heredoc behind their indent."""
    inner = outer = 0
    for line in raw.splitlines(keepends=True):
        length = len(hcl_texts.cut(line, width))
        if length:
            yield Piece(inner, start + outer + len(line) - length, length)
        inner, outer = inner + length, outer + len(line)
