"""Makes nodes of the house at the places of tree-sitter's."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from lamlint.dialects.tree.hcl_slots import HCL
from lamlint.dialects.tree.node import Entry, Layout, Node, ScalarNode, SequenceNode
from lamlint.dialects.tree.tags import MORE, UNREAD
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.text import Source

TreeSitterNode: TypeAlias = Any
"""A node of tree-sitter, which is not imported here before a file is parsed."""


@dataclass(frozen=True)
class Places:
    """A text and its offsets by bytes; all nodes stand at one `place`, where that is given."""

    source: Source
    characters: Sequence[int] | None
    place: ScalarNode | None = None

    def at(self, byte: int) -> int:
        """The offset of a byte in characters."""
        return byte if self.characters is None else self.characters[byte]

    def text(self, node: TreeSitterNode) -> str:
        """A node as it is written."""
        start, end = node.start_byte, node.end_byte
        if self.characters is not None:
            start, end = self.characters[start], self.characters[end]
        return self.source.text[start:end]

    def bounds(self, first: TreeSitterNode, last: TreeSitterNode) -> tuple[Source, int, int]:
        """Where some nodes stand, from the first to the last."""
        if self.place is not None:
            return self.place.source, self.place.start, self.place.end
        if self.characters is None:
            return self.source, first.start_byte, last.end_byte
        return self.source, self.at(first.start_byte), self.at(last.end_byte)

    @cached_property
    def layout(self) -> Layout | None:
        """How values are written: as HCL, or as the text does that is a template."""
        return HCL if self.place is None else self.place.layout

    def scalar(self, node: TreeSitterNode, text: str, style: str = "", tag: str = "") -> ScalarNode:
        """A scalar at the place of a node."""
        source, start, end = self.bounds(node, node)
        return ScalarNode(source, start, end, text, style, tag, layout=self.layout)

    def parts(self, tag: str, over: Sequence[TreeSitterNode], items: list[Node]) -> SequenceNode:
        """What some nodes consist of, with the tag of what they are together."""
        bounds = self.bounds(over[0], over[-1])
        return SequenceNode(*bounds, items, True, tag, layout=self.layout)

    def unread(self, node: TreeSitterNode) -> Node:
        """What is not read of a node."""
        return self.parts(UNREAD, [node], [])

    def more(self, node: TreeSitterNode) -> Entry:
        """What stands for keys that could not be read."""
        key = self.scalar(node, "", tag=MORE)
        return Entry(key, self.unread(node), key.start, key.end)
