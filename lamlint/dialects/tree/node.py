"""A tree of what a text says that knows where each part stands, whatever the language.

Aliases of YAML are the same object in several places, so a document that would unfold
to billions of nodes is as small as its text; nothing here ever unfolds one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from typing import Protocol, TypeAlias

from lamlint.model import Later, Room, Slot
from lamlint.text import Source, Span
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

Plain: TypeAlias = "str | int | float | bool | None"

_DECIMAL = Regex(r"[-+]?(?:0|[1-9][0-9_]*)\Z")
_OCTAL = Regex(r"[-+]?0[0-7_]+\Z")
_HEXADECIMAL = Regex(r"[-+]?0x[0-9a-fA-F_]+\Z")
_FLOAT = Regex(r"[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?\Z")
_EXPONENT = Regex(r"-?[0-9]+(?:\.[0-9]+)?[eE][-+]?[0-9]+\Z")
_TRUE = frozenset({"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"})
_FALSE = frozenset({"false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"})
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
MERGE = "<<"


class Layout(Protocol):
    """How a language that is neither YAML nor JSON writes values."""

    def slot(self, node: Node) -> Slot:
        """Where and how another value is written in place of one."""

    def insertion(
        self, mapping: MappingNode, path: Sequence[str], beside: Sequence[str]
    ) -> Later | None:
        """Where the value of a path that a mapping lacks would be written, if there is a way.

        It is behind the first of some keys, or behind the last one.
        """

    def room(self, mapping: MappingNode, path: Sequence[str], beside: Sequence[str]) -> Room | None:
        """Where new keys of the mapping at a path would be written, it being there or not."""


@dataclass(eq=False, slots=True)
class ScalarNode:
    """A scalar. `style` is "" for a plain one, else its first character: ' " | or >.

    `start` and `end` leave out tag and anchor. A shared node is one that aliases
    lead to from elsewhere, or stands for one: that is known once a document is composed,
    and never changes then.
    """

    source: Source
    start: int
    end: int
    text: str
    style: str = ""
    tag: str = ""
    shared: bool = False
    computed: bool = False
    """Made by an intrinsic function; the place is that of the function."""
    writable: bool = True
    """Whether the text at the place can be exchanged for another value."""
    layout: Layout | None = None
    """How another one is written here, in a language that is neither YAML nor JSON."""
    drawn_from: tuple[ScalarNode, ...] = ()
    """What it was calculated from, as far as that is known: it changes with those."""

    @property
    def span(self) -> Span:
        """The place in the file."""
        return self.source.span(self.start, self.end)

    @property
    def value(self) -> Plain:
        """The value as YAML 1.1 has it; quoted scalars are text."""
        if self.style or self.computed:
            return self.text
        return _plain(self.text)

    @property
    def is_null(self) -> bool:
        """Whether the value is nothing."""
        return self.text in _NULL and not (self.style or self.computed)


@dataclass(eq=False, slots=True)
class Entry:
    """A key and its value. `start` and `end` are the value's place in this mapping.

    They differ from the value's own place when it is written as an alias.
    An inherited one is written in a place that others share.
    """

    key: ScalarNode
    value: Node
    start: int
    end: int
    inherited: bool = False

    @property
    def name(self) -> str:
        """The key's text."""
        return self.key.text


@dataclass(eq=False, slots=True)
class MappingNode:
    """A mapping: its entries as written, merge keys and duplicate keys among them.

    `written` is the mapping that stands at `start` when this one was made by
    merging several; a new key belongs there.
    """

    source: Source
    start: int
    end: int
    entries: list[Entry] = field(default_factory=list)
    flow: bool = False
    tag: str = ""
    shared: bool = False
    written: MappingNode | None = None
    layout: Layout | None = None
    """How new keys are written, in a language that is neither YAML nor JSON."""
    _table: dict[str, Entry] | None = None
    _behind: dict[tuple[str, ...], Entry | None] | None = None

    @property
    def span(self) -> Span:
        """The place in the file."""
        return self.source.span(self.start, self.end)

    @property
    def table(self) -> dict[str, Entry]:
        """The entries by key as a loader has them: the last of equals, merges filled in."""
        if self._table is None:
            self._table = {}
            merged: dict[str, Entry] = {}
            own: dict[str, Entry] = {}
            for entry in self.entries:
                key = entry.key
                if key.text == MERGE and not key.style:
                    for source in _merged(entry.value):
                        for name, inherited in source.table.items():
                            merged.setdefault(name, inherited)
                else:
                    own[key.text] = entry
            self._table = {**merged, **own} if merged else own
        return self._table

    @property
    def merges(self) -> bool:
        """Whether all that its merge keys name are mappings, so that there are no further keys."""
        for entry in self.entries:
            if entry.key.text == MERGE and not entry.key.style:
                value = entry.value
                named = value.items if isinstance(value, SequenceNode) else (value,)
                if not all(isinstance(one, MappingNode) for one in named):
                    return False
        return True

    def behind(
        self, beside: Sequence[str], find: Callable[[MappingNode, Sequence[str]], Entry | None]
    ) -> Entry | None:
        """The entry behind which a new one is to stand; found once, as functions lack many keys."""
        if self._behind is None:
            self._behind = {}
        keys = tuple(beside)
        if keys not in self._behind:
            self._behind[keys] = find(self, keys)
        return self._behind[keys]

    def get(self, name: str) -> Node | None:
        """The value of a key, or None."""
        table = self._table if self._table is not None else self.table
        entry = table.get(name)
        return entry.value if entry is not None else None

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.table.values())


@dataclass(eq=False, slots=True)
class SequenceNode:
    """A sequence and its items, of which the first may be written where others share them."""

    source: Source
    start: int
    end: int
    items: list[Node] = field(default_factory=list)
    flow: bool = False
    tag: str = ""
    shared: bool = False
    inherited: int = 0
    """How many of its first items are written in a place that others share."""
    layout: Layout | None = None
    """How a value is written in its place, in a language that is neither YAML nor JSON."""

    @property
    def span(self) -> Span:
        """The place in the file."""
        return self.source.span(self.start, self.end)


Node: TypeAlias = "ScalarNode | MappingNode | SequenceNode"


def _merged(node: Node) -> Iterator[MappingNode]:
    """The mappings that a merge key names; the first one wins."""
    if isinstance(node, MappingNode):
        yield node
    elif isinstance(node, SequenceNode):
        for item in node.items:
            if isinstance(item, MappingNode):
                yield item


def _plain(text: str) -> Plain:
    if text in _NULL:
        return None
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    digits = text.replace("_", "")
    try:
        if _DECIMAL.match(text):
            return int(digits)
        if _OCTAL.match(text):
            return int(digits, 8)
        if _HEXADECIMAL.match(text):
            return int(digits, 16)
        if _FLOAT.match(text) or _EXPONENT.match(text):
            return float(digits)
    except ValueError:  # more digits than Python converts
        return text
    return text
