"""What stands for more than itself in a mapping: Fn::ForEach, and AWS::Include of local files."""

from __future__ import annotations

import itertools
import posixpath
from collections.abc import Iterable, Iterator

from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.cloudformation.syntax import INCLUDE, LOOP, expands
from lamlint.dialects.tree.node import Entry, MappingNode, Node, ScalarNode, SequenceNode
from lamlint.dialects.tree.yaml import Broken, composed, descendants
from lamlint.text import Unreadable
from lamlint.text.dataclass import replace

MANY = 2_000
"""Loops that make more entries than this stay as they are written."""
DEEP = 5
"""CloudFormation's own limit of loops in loops; includes in includes count too."""


def expanded(mapping: MappingNode, scope: Scope) -> MappingNode:
    """The mapping with what loops and includes in it make; those that cannot be read stay."""
    if not expands(mapping):
        return mapping
    entries = list(itertools.islice(_entries(mapping, scope, 0), MANY + 1))
    if len(entries) > MANY or not scope.affords(nodes=len(entries)):
        return mapping
    written = mapping.written or mapping
    return MappingNode(
        mapping.source,
        mapping.start,
        mapping.end,
        entries,
        mapping.flow,
        "",
        mapping.shared,
        written,
    )


def _entries(mapping: MappingNode, scope: Scope, depth: int) -> Iterator[Entry]:
    for entry in mapping:
        made: Iterable[Entry] | None = None
        if depth < DEEP and entry.name.startswith(LOOP):
            made = _looped(entry.value, scope, depth)
        elif depth < DEEP and entry.name == INCLUDE:
            file = included(entry.value, scope)
            made = None if file is None else _entries(file, scope, depth + 1)
        if made is None:
            yield entry
        elif entry.inherited:
            yield from (replace(one, inherited=True) for one in made)
        else:
            yield from made


def _looped(node: Node, scope: Scope, depth: int) -> Iterator[Entry] | None:
    """What a loop over a known list makes; None where the list or the body is not known."""
    parts = node.items if isinstance(node, SequenceNode) else []
    if len(parts) != 3 or not isinstance(parts[0], ScalarNode):
        return None
    variable, body = parts[0].text, parts[2]
    listed = scope.items(parts[1])
    if listed is None or not isinstance(body, MappingNode):
        return None
    texts = [found[0].text if len(found) == 1 else None for found in listed]
    known = [text for text in texts if text is not None]
    if len(known) != len(texts):
        return None
    size = sum(1 for _ in descendants(body))
    longest = max(map(len, known), default=0) * _mentions(body, variable)
    if not scope.affords(characters=longest * len(known), nodes=size * len(known)):
        return None
    copies = (filled(body, variable, text) for text in known)
    return (
        entry
        for copy in copies
        if isinstance(copy, MappingNode)
        for entry in _entries(copy, scope, depth + 1)
    )


def _mentions(body: Node, variable: str) -> int:
    """How often a loop's body names its variable, at most."""
    keys = (
        e.key for each in descendants(body) if isinstance(each, MappingNode) for e in each.entries
    )
    texts = itertools.chain(keys, descendants(body))
    return sum(each.text.count(variable) for each in texts if isinstance(each, ScalarNode))


def filled(node: Node, variable: str, text: str) -> Node:
    """A copy of a loop's body with the loop's variable filled in."""
    return _Copy(variable, text).node(node)


class _Copy:
    """Copies each node once, however many aliases lead to it."""

    def __init__(self, variable: str, text: str) -> None:
        self._variable = variable
        self._text = text
        self._made: dict[Node, Node] = {}

    def node(self, node: Node) -> Node:
        """The copy of a node."""
        if node not in self._made:
            self._made[node] = self._copied(node)
        return self._made[node]

    def _copied(self, node: Node) -> Node:
        if self._is_reference(node):
            return ScalarNode(
                node.source, node.start, node.end, self._text, "", "", True, True, False
            )
        match node:
            case ScalarNode():
                return self._scalar(node)
            case SequenceNode():
                items = [self.node(item) for item in node.items]
                return SequenceNode(
                    node.source, node.start, node.end, items, node.flow, node.tag, True
                )
            case MappingNode():
                entries = [
                    Entry(self._scalar(e.key), self.node(e.value), e.start, e.end)
                    for e in node.entries
                ]
                return MappingNode(
                    node.source, node.start, node.end, entries, node.flow, node.tag, True
                )

    def _is_reference(self, node: Node) -> bool:
        """Whether a node is a Ref of the variable, in the short or the long form."""
        if isinstance(node, ScalarNode):
            return node.tag == "!Ref" and node.text.strip() == self._variable
        if isinstance(node, MappingNode) and len(node.entries) == 1:
            (entry,) = node.entries
            value = entry.value
            return (
                entry.name == "Ref"
                and isinstance(value, ScalarNode)
                and not value.tag
                and value.text.strip() == self._variable
            )
        return False

    def _scalar(self, node: ScalarNode) -> ScalarNode:
        text = node.text
        for written in (f"${{{self._variable}}}", f"&{{{self._variable}}}"):
            text = text.replace(written, self._text)
        changed = text != node.text
        return ScalarNode(
            node.source,
            node.start,
            node.end,
            text,
            node.style,
            node.tag,
            True,
            node.computed,
            node.writable and not changed,
        )


def included(node: Node, scope: Scope) -> MappingNode | None:
    """The mapping of a local file that AWS::Include puts in its place."""
    if not isinstance(node, MappingNode):
        return None
    name, parameters = node.get("Name"), node.get("Parameters")
    location = parameters.get("Location") if isinstance(parameters, MappingNode) else None
    if not isinstance(name, ScalarNode) or name.text != "AWS::Include":
        return None
    if not isinstance(location, ScalarNode) or location.tag or "://" in location.text:
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(scope.template), location.text))
    if path.startswith(("../", "/")):
        return None
    source = scope.tree.read(path)
    if isinstance(source, Unreadable):
        return None
    documents = composed(source)
    if isinstance(documents, Broken) or len(documents) != 1:
        return None
    (document,) = documents
    return document if isinstance(document, MappingNode) else None
