"""From HCL text to located trees, by tree-sitter: blocks with what stands in them."""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from lamlint.dialects.tree.hcl_expressions import DEPTH, Expressions
from lamlint.dialects.tree.hcl_places import TreeSitterNode
from lamlint.dialects.tree.node import Entry, MappingNode, Node, ScalarNode, SequenceNode
from lamlint.dialects.tree.tags import BLOCKS, DYNAMIC, TEMPLATE
from lamlint.text.dataclass import dataclass, replace

if TYPE_CHECKING:
    from lamlint.text import Source


@dataclass(eq=False)
class Block:
    """A block at the top of a file: `resource "aws_lambda_function" "resize" { … }`."""

    source: Source
    kind: str
    labels: tuple[ScalarNode, ...]
    start: int
    end: int
    _body: MappingNode | Callable[[], MappingNode]

    @property
    def body(self) -> MappingNode:
        """What stands in it; read when it is first asked for, and the parser's tree let go."""
        if not isinstance(self._body, MappingNode):
            self._body = self._body()
        return self._body


@dataclass(frozen=True, eq=False)
class Document:
    """A file: its blocks, its attributes, and where it first is no HCL."""

    blocks: tuple[Block, ...]
    attributes: MappingNode
    broken: int | None = None


def parse(source: Source) -> Document:
    """A file of HCL. Never raises; raises ImportError where tree-sitter is not installed."""
    data = source.text.encode("utf-8", "surrogatepass")
    root = _parser().parse(data).root_node
    converter = _Blocks(source, _characters(source.text, data))
    body = next((one for one in root.children if one.type == "body"), None)
    inside = body.children if body is not None else []
    return Document(
        blocks=tuple(converter.block(one) for one in inside if one.type == "block"),
        attributes=converter.attributes(root, inside),
        broken=converter.broken(root),
    )


def template(text: str, place: ScalarNode) -> Node:
    """A text of another syntax that is a template of HCL, as all of it at one place."""
    from lamlint.text import Source

    wrapped = f"x = <<LAMLINT\n{text}\nLAMLINT\n"
    data = wrapped.encode("utf-8", "surrogatepass")
    source = Source(place.source.path, wrapped)
    converter = _Blocks(source, _characters(wrapped, data), place)
    root = _parser().parse(data).root_node
    body = next((one for one in root.children if one.type == "body"), None)
    if body is None or root.has_error:
        return converter.unread(root)
    found = converter.attributes(root, body.children).get("x")
    if isinstance(found, SequenceNode) and found.tag == TEMPLATE:
        return _without_last_line_end(found)
    return found if found is not None else converter.unread(root)


def _without_last_line_end(found: SequenceNode) -> Node:
    """A heredoc without the end of its last line, which the text that it was made of has not."""
    *items, last = found.items
    if isinstance(last, ScalarNode) and last.tag == "":
        text = last.text.removesuffix("\n")
        items += [_replaced(last, text)] if text else []
    else:
        items.append(last)
    return replace(found, items=items)


def _replaced(node: ScalarNode, text: str) -> ScalarNode:
    return replace(node, text=text)


def _parser() -> Any:
    import tree_sitter
    import tree_sitter_hcl

    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_hcl.language()))


def _characters(text: str, data: bytes) -> Sequence[int] | None:
    """The offset in characters of each byte; None where they are the same."""
    if len(text) == len(data):
        return None
    widths = (len(char.encode("utf-8", "surrogatepass")) for char in text)
    each = itertools.chain.from_iterable([at] * width for at, width in enumerate(widths))
    return array("L", itertools.chain(each, [len(text)]))


class _Blocks(Expressions):
    """Makes nodes of blocks, and of the expressions in them."""

    def broken(self, root: TreeSitterNode) -> int | None:
        """Where the first mistake is; None where there is none."""
        if not root.has_error:
            nothing = self.source.text.find("\0")  # for tree-sitter it is the end
            return None if nothing < 0 else nothing
        node = root
        while True:
            inner = next((one for one in node.children if one.has_error), None)
            if inner is None or node.is_error:
                return self.at(node.start_byte)
            node = inner

    # --- blocks

    def block(self, node: TreeSitterNode) -> Block:
        names = [one for one in node.children if one.type in ("identifier", "string_lit")]
        kind, *labels = map(self.label, names) if names else [self.scalar(node, "")]
        start, end = self.at(node.start_byte), self.at(node.end_byte)
        return Block(self.source, kind.text, tuple(labels), start, end, lambda: self.body(node, 1))

    def label(self, node: TreeSitterNode) -> ScalarNode:
        """A word of a block's head; its place is that of what stands between the quotes."""
        written = self.text(node)
        if node.type == "identifier":
            return self.scalar(node, written)
        source, start, end = self.bounds(node, node)
        return ScalarNode(source, start + 1, max(end - 1, start + 1), written[1:-1], '"')

    def body(self, node: TreeSitterNode, depth: int) -> MappingNode:
        """What stands between the braces of a block."""
        start = next((one for one in node.children if one.type == "block_start"), node)
        end = next((one for one in reversed(node.children) if one.type == "block_end"), node)
        made = MappingNode(*self.bounds(start, end), layout=self.layout)
        body = next((one for one in node.children if one.type == "body"), None)
        inside = body.children if body is not None else []
        made.entries = self.entries(inside, depth)
        if node.has_error:
            made.entries.append(self.more(node))
        return made

    def attributes(self, root: TreeSitterNode, inside: Sequence[TreeSitterNode]) -> MappingNode:
        """The attributes at the top of a file, as in a file of values for variables."""
        made = MappingNode(*self.bounds(root, root), layout=self.layout)
        made.entries = self.entries([one for one in inside if one.type == "attribute"], 1)
        if root.has_error:
            made.entries.append(self.more(root))
        return made

    def entries(self, inside: Sequence[TreeSitterNode], depth: int) -> list[Entry]:
        if depth > DEPTH:
            return [self.more(inside[0])] if inside else []
        made: list[Entry] = []
        blocks: dict[str, list[tuple[ScalarNode, Node]]] = {}
        for one in inside:
            if one.type == "attribute":
                key = self.scalar(one.children[0], self.text(one.children[0]))
                value = self.run(one.children[2:], depth + 1)
                made.append(Entry(key, value, value.start, value.end))
            elif one.type == "block":
                named, block = self.inner(one, depth + 1)
                blocks.setdefault(named.text, []).append((named, block))
        for same in blocks.values():
            key, first = same[0]
            together = first if len(same) == 1 else self.several([block for _, block in same])
            made.append(Entry(key, together, together.start, together.end))
        return made

    def inner(self, node: TreeSitterNode, depth: int) -> tuple[ScalarNode, Node]:
        """A block inside another one, by its name; one that is dynamic by the name it makes."""
        names = [one for one in node.children if one.type in ("identifier", "string_lit")]
        key = self.scalar(names[0], self.text(names[0])) if names else self.scalar(node, "")
        body = self.body(node, depth)
        if key.text == "dynamic" and len(names) > 1:
            made = self.label(names[1])
            return made, self.parts(DYNAMIC, [node], [made, body])
        return key, body

    def several(self, blocks: list[Node]) -> Node:
        first, last = blocks[0], blocks[-1]
        tag = BLOCKS if any(block.tag for block in blocks) else ""
        return SequenceNode(
            first.source, first.start, last.end, blocks, False, tag, layout=self.layout
        )
