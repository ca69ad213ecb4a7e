"""A module: the blocks of all files in one folder, whichever syntax each is written in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial

from lamlint.dialects.tree import hcl
from lamlint.dialects.tree.hcl import Block, Document
from lamlint.dialects.tree.node import Entry, MappingNode, Node, ScalarNode, SequenceNode
from lamlint.dialects.tree.yaml import Broken, compose
from lamlint.text import Source, Tree, Unread, Unreadable
from lamlint.text.dataclass import dataclass, replace

_LABELS = {"resource": 2, "data": 2, "variable": 1, "output": 1, "module": 1, "provider": 1}
"""How many names stand in the head of a block."""
_OVERRIDES = ("override.tf", "override.tofu", "override.tf.json", "override.tofu.json")


@dataclass(frozen=True, eq=False)
class Module:
    """The blocks of a folder, and where its files are not wholly in their language.

    `folder` is relative to the project's root, which is "".
    """

    folder: str
    blocks: tuple[Block, ...]
    broken: tuple[tuple[Source, Broken], ...] = ()

    @cached_property
    def by_name(self) -> Mapping[tuple[str, ...], Block]:
        """The blocks by kind and labels: `("resource", "aws_lambda_function", "resize")`."""
        return {(one.kind, *(label.text for label in one.labels)): one for one in self.blocks}

    @cached_property
    def locals(self) -> Mapping[str, Entry]:
        """The local values."""
        entries = (entry for one in self.of("locals") for entry in one.body)
        return {entry.name: entry for entry in entries if not entry.key.tag}

    @cached_property
    def commands(self) -> tuple[tuple[Block, str], ...]:
        """The blocks that run something, each with its text."""
        found = ((one, one.source.text[one.start : one.end]) for one in self.blocks)
        return tuple((one, text) for one, text in found if _runs(one, text))

    def of(self, kind: str) -> Iterator[Block]:
        """The blocks of a kind."""
        return (block for block in self.blocks if block.kind == kind)

    @property
    def size(self) -> int:
        """How long its texts are together."""
        return sum(len(one.text) for one in {block.source for block in self.blocks})


def _runs(block: Block, text: str) -> bool:
    external = block.kind == "data" and any(label.text == "external" for label in block.labels)
    return external or "local-exec" in text


def read(folder: str, paths: Sequence[str], tree: Tree) -> Module:
    """The module in a folder, of these files."""
    blocks: list[Block] = []
    broken: list[tuple[Source, Broken]] = []
    for path in paths:
        source = tree.read(path)
        if isinstance(source, Unreadable) or path.endswith(_OVERRIDES):
            continue
        document = parsed(source)
        if isinstance(document, Broken):
            broken.append((source, document))
            continue
        blocks.extend(document.blocks)
        if document.broken is not None:
            broken.append((source, Broken("it is no HCL", document.broken)))
    return Module(folder, tuple(blocks), tuple(broken))


def whole(source: Source, tree: Tree) -> Document | None:
    """A file of values, as far as it can be read; where that ends is told."""
    document = parsed(source)
    if isinstance(document, Broken):
        at = min(document.offset, len(source.text))
        tree.unread.add(Unread(source.span(at, at), document.reason))
        return None
    if document.broken is not None:
        place = source.span(document.broken, document.broken)
        tree.unread.add(Unread(place, "it is no HCL from here on"))
    return document


def parsed(source: Source) -> Document | Broken:
    """A file of either syntax; it is parsed once for all readings of the project."""
    make = _of_json if source.path.endswith(".json") else hcl.parse
    return source.once(make, lambda: make(source))


# --- JSON


def _of_json(source: Source) -> Document | Broken:
    documents = compose(source)
    if isinstance(documents, Broken):
        return Broken(f"it is no JSON: {documents.reason}", documents.offset)
    root = next(iter(documents), None)
    if not isinstance(root, MappingNode):
        return Document((), MappingNode(source, 0, 0))
    blocks = [block for entry in root for block in _blocks(entry, source)]
    return Document(tuple(blocks), _plain(root))


def _blocks(entry: Entry, source: Source) -> Iterator[Block]:
    """The blocks below a key such as `resource`: a mapping, or a list of such."""
    for labels, node, start in _labelled(entry.value, _LABELS.get(entry.name, 0)):
        for one in node.items if isinstance(node, SequenceNode) else [node]:
            if isinstance(one, MappingNode):
                begin = labels[-1].start if labels else start
                yield Block(source, entry.name, labels, begin, one.end, partial(_plain, one))


def _labelled(node: Node, depth: int) -> Iterator[tuple[tuple[ScalarNode, ...], Node, int]]:
    if not depth:
        yield (), node, node.start
        return
    for each in node.items if isinstance(node, SequenceNode) else [node]:
        for entry in each if isinstance(each, MappingNode) else ():
            for labels, inner, start in _labelled(entry.value, depth - 1):
                yield (entry.key, *labels), inner, start


def _plain(node: MappingNode) -> MappingNode:
    """A mapping whose blocks are mappings: JSON may write one block as a list of one."""
    entries = [replace(entry, value=_lone(entry.value)) for entry in node.entries]
    return replace(node, entries=entries, written=node)


def _lone(node: Node) -> Node:
    if isinstance(node, SequenceNode) and len(node.items) == 1:
        (only,) = node.items
        return _plain(only) if isinstance(only, MappingNode) else node
    return _plain(node) if isinstance(node, MappingNode) else node
