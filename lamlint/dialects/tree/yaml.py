"""From YAML or JSON text to located trees, by the events of PyYAML's parser.

Events, because they show aliases, need no recursion, and let nesting be
limited before the parser's own recursion could overflow a stack.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from typing import TYPE_CHECKING, Any

from lamlint.dialects.tree.node import Entry, MappingNode, Node, ScalarNode, SequenceNode
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from lamlint.text import Source

DEPTH = 150
"""Deeper documents are no templates; readers may recurse freely below this."""
TOO_DEEP = "it is nested too deeply"
"""Why such a one is broken, whatever else it is."""
MANY = 50_000
"""How many nodes the aliases of a text may stand for, each with all that is below it.

Nothing unfolds them, but functions that share a mapping have all of its values.
"""

_SURROGATES = Regex(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
_LONE_SURROGATE = Regex(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
_PROPERTIES = Regex(r"(?:[&!][^\s,\[\]{}]{0,256}\s+){1,2}")
_BLOCKS = ("|", ">")
_STANDARD_TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True)
class Broken:
    """Why a text is no YAML, as the end of a sentence, and the offset where that shows."""

    reason: str
    offset: int


def composed(source: Source) -> list[Node] | Broken:
    """The documents of a text, which is composed once and keeps them. Never raises."""
    return source.once(composed, lambda: _compose(source))


def compose(source: Source) -> list[Node] | Broken:
    """The same for who looks at a text once, and need not be kept for others."""
    known: list[Node] | Broken
    for known in source.made(composed):
        return known
    return _compose(source)


def _compose(source: Source) -> list[Node] | Broken:
    result = _attempt(source, source.text)
    if isinstance(result, Broken):
        masked = _mask(source.text)
        if masked != source.text:
            return _attempt(source, masked)
    return result


def _mask(text: str) -> str:
    """The text without what valid JSON may hold and PyYAML refuses, of the same length.

    The values of masked scalars are read again from the source.
    """
    masked = _SURROGATES.sub(r"\\u0030\\u0030", text)
    masked = _LONE_SURROGATE.sub(r"\\u0030", masked)
    return masked.replace("\x7f", "?")


def _attempt(source: Source, text: str) -> list[Node] | Broken:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = _Builder(source)
    try:
        return builder.take(yaml.parse(text, Loader=loader)) or builder.documents
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = error.problem or error.context or "it is no YAML"
        return Broken(str(reason), _offset(mark))
    except yaml.reader.ReaderError as error:
        return Broken(str(error.reason), min(error.position, len(text)))
    except (yaml.YAMLError, UnicodeError, ValueError, RecursionError) as error:
        return Broken(type(error).__name__, 0)


def _offset(mark: Any) -> int:
    return int(mark.index) if mark is not None else 0


@dataclass(frozen=True, slots=True)
class _Anchored:
    """What an alias stands for: a node, how many there are below it, and how deep they lie."""

    node: Node
    size: int
    depth: int


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come, and the key that waits for its value.

    `before` tells how many nodes there were before it, `depth` how deep the collections in it lie.
    """

    node: MappingNode | SequenceNode
    anchor: str | None
    before: int
    key: ScalarNode | None = None
    depth: int = 1


@dataclass
class _Builder:
    """Makes nodes of events. `made` counts them, those that aliases stand for included."""

    source: Source
    documents: list[Node] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    anchors: dict[str, _Anchored] = field(default_factory=dict)
    made: int = 0
    aliased: int = 0
    end: int = 0
    """Where the last node ended."""

    def take(self, events: Iterable[Any]) -> Broken | None:
        """All events of the parser (PyYAML's classes, which are not imported here)."""
        kinds: dict[str, Callable[[Any], None]] = {
            "ScalarEvent": self._scalar,
            "MappingStartEvent": self._mapping,
            "MappingEndEvent": self._close,
            "SequenceStartEvent": self._sequence,
            "SequenceEndEvent": self._close,
            "AliasEvent": self._alias,
            "DocumentStartEvent": self._document,
        }
        holders = self.open
        for event in events:
            take = kinds.get(type(event).__name__)
            if take is not None:
                take(event)
                if len(holders) > DEPTH:
                    return Broken(TOO_DEEP, _offset(event.start_mark))
        return None

    def _document(self, _event: Any) -> None:
        self.anchors.clear()

    def _start(self, event: Any) -> int:
        """Where a node starts, behind its tag and anchor."""
        start: int = event.start_mark.index
        if not (event.anchor or event.tag):
            return start
        properties = _PROPERTIES.match(self.source.text, start)
        return properties.end() if properties else start

    def _scalar(self, event: Any) -> None:
        start: int = event.start_mark.index
        end: int = event.end_mark.index
        style, text, tag = event.style or "", event.value, ""
        if event.anchor or event.tag:
            start, tag = min(self._start(event), end), _tag(event.tag)
        if style:  # most scalars are plain
            style = style.strip("\0")
            if style in _BLOCKS:
                end = start + len(self.source.text[start:end].rstrip())
            elif style == '"' and _LONE_SURROGATE.search(self.source.text, start, end):
                text = _json_text(self.source.text[start:end], text)
        node = ScalarNode(self.source, start, end, text, style, tag)
        self.made += 1
        if event.anchor:
            self.anchors[event.anchor] = _Anchored(node, 1, 1)
        self._put(node, start, end)

    def _mapping(self, event: Any) -> None:
        start = self._start(event)
        node = MappingNode(self.source, start, start, [], bool(event.flow_style), _tag(event.tag))
        self._open(node, event.anchor)

    def _sequence(self, event: Any) -> None:
        start = self._start(event)
        node = SequenceNode(self.source, start, start, [], bool(event.flow_style), _tag(event.tag))
        self._open(node, event.anchor)

    def _open(self, node: MappingNode | SequenceNode, anchor: str | None) -> None:
        if anchor:
            # Until its end an alias of it would lie in itself.
            self.anchors.pop(anchor, None)
        self.open.append(_Open(node, anchor, self.made))
        self.made += 1
        self.end = node.start

    def _close(self, event: Any) -> None:
        closed = self.open.pop()
        node = closed.node
        node.end = event.end_mark.index if node.flow else self.end
        size = self.made - closed.before
        if closed.anchor:
            self.anchors[closed.anchor] = _Anchored(node, size, closed.depth)
        self._put(node, node.start, node.end, closed.depth)

    def _alias(self, event: Any) -> None:
        start: int = event.start_mark.index
        end: int = event.end_mark.index
        meant = self.anchors.get(event.anchor)
        if meant is None or not self._bearable(meant):
            # An alias of nothing, of what holds it, or of too much: none has a value.
            self.made += 1
            self._put(ScalarNode(self.source, start, end, "", "'", "!alias"), start, end)
            return
        self.made += meant.size
        self.aliased += meant.size
        _share(meant.node)
        self._put(meant.node, start, end, meant.depth)

    def _bearable(self, meant: _Anchored) -> bool:
        """Whether what an alias stands for may be had once more, at the place that is read."""
        return self.aliased + meant.size <= MANY and len(self.open) + meant.depth <= DEPTH

    def _put(self, node: Node, start: int, end: int, depth: int = 1) -> None:
        """Give a finished node to the collection that holds it."""
        self.end = end
        if not self.open:
            self.documents.append(node)
            return
        holder = self.open[-1]
        if depth >= holder.depth:
            holder.depth = depth + 1
        parent = holder.node
        if isinstance(parent, SequenceNode):
            parent.items.append(node)
        elif holder.key is None:
            holder.key = node if isinstance(node, ScalarNode) else _key(node)
        else:
            parent.entries.append(Entry(holder.key, node, start, end))
            holder.key = None


def _share(root: Node) -> None:
    """Mark a node and all below it as shared."""
    waiting: list[Node] = [root]
    while waiting:
        node = waiting.pop()
        if node.shared:
            continue
        node.shared = True
        if isinstance(node, MappingNode):
            waiting.extend(entry.value for entry in node.entries)
        elif isinstance(node, SequenceNode):
            waiting.extend(node.items)


def _key(node: MappingNode | SequenceNode) -> ScalarNode:
    """A key that is a collection (Jinja braces) can only be skipped."""
    return ScalarNode(node.source, node.start, node.end, "", "'", "!collection")


def _tag(tag: str | None) -> str:
    """A tag of the document's own language; YAML's own are not of interest."""
    return tag if tag and not tag.startswith(_STANDARD_TAG) else ""


def _json_text(written: str, otherwise: str) -> str:
    try:
        text = json.loads(written)
    except ValueError:
        return otherwise
    return str(text)


def descendants(root: Node) -> Iterator[Node]:
    """A node and all below it, each once, in no order that matters."""
    seen: set[Node] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        yield node
        if isinstance(node, MappingNode):
            waiting.extend(entry.value for entry in node.entries)
        elif isinstance(node, SequenceNode):
            waiting.extend(node.items)
