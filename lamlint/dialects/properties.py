"""The properties of a resource, asked for by path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from typing import Any, TypeVar

from lamlint.dialects import values
from lamlint.dialects.budget import READ, TOO_MUCH
from lamlint.dialects.outcome import Outcome, Scope
from lamlint.dialects.tree import slots
from lamlint.dialects.tree.node import Entry, MappingNode, Node, ScalarNode, SequenceNode
from lamlint.dialects.writer import Writer
from lamlint.model import NOT_SET, Choice, Later, Origin, Scalar, Value
from lamlint.model.condition import IN_ANY, Case, both, cases, possible
from lamlint.model.parts import Part, Symbol
from lamlint.text import Span
from lamlint.text.dataclass import dataclass, replace

T = TypeVar("T")
_SMALL = 100
"""Lists and mappings of so many entries are read without counting, however often."""


@dataclass(frozen=True)
class Properties:
    """A mapping of properties in a scope.

    `owner` is the place to show for what is not written; `lead` are the keys
    that a new property needs above it (`Properties`, when there is none).
    `complete` is false when a part is not known, so that absence means nothing.
    What is `shared` is written where others have it from, too; `when` is what holds
    where the properties are these.
    """

    mapping: MappingNode
    scope: Scope
    owner: Span
    lead: tuple[str, ...] = ()
    complete: bool = True
    shared: bool = False
    when: Case = IN_ANY

    @classmethod
    def of(cls, outcome: Outcome, owner: Span) -> Properties | None:
        """The mapping that an expression comes out as; None where it is none."""
        if not isinstance(outcome.node, MappingNode):
            return None
        return cls(outcome.node, outcome.scope, owner, shared=outcome.shared, when=outcome.when)

    def lacks(self, *path: str) -> bool:
        """Whether the first key of a path is surely not written, as most are not."""
        return bool(path) and path[0] not in self.mapping.table and self._whole

    @cached_property
    def _whole(self) -> bool:
        """Whether all keys of the mapping are known."""
        return self.complete and self.scope.whole(self.mapping)

    def outcomes(self, *path: str) -> tuple[Outcome, ...]:
        """What the property at a path can be; one that is not written is absent."""
        return self._absent if self.lacks(*path) else self._written(path)

    def _written(self, path: tuple[str, ...]) -> tuple[Outcome, ...]:
        """What the property at a path can be that may be written."""
        shared = self.shared or self.mapping.shared
        first = self.mapping.table.get(path[0]) if path else None
        found: tuple[Outcome, ...]
        if first is not None:
            found, path = _entered(first, self.scope, shared, self.when), path[1:]
        else:
            found = (Outcome(self.mapping, self.scope, shared, when=self.when),)
        for name in path:
            found = tuple([inner for one in found for inner in _below(one, name)])
        if not self.complete and all(one.absent for one in found):
            return ()
        return found

    @cached_property
    def _absent(self) -> tuple[Outcome, ...]:
        """What a key that is surely not written comes out as."""
        return (Outcome(None, self.scope, absent=True, when=self.when),)

    @cached_property
    def unset(self) -> Value[Any]:
        """The value of a key that is surely not written and has no default."""
        return Value((), self.owner, NOT_SET)

    @cached_property
    def _not_there(self) -> Value[bool]:
        """That a key is surely not written."""
        return Value((_presence(False, (self.when,), self.owner),), self.owner)

    def value(
        self, path: tuple[str, ...], convert: Callable[[Node], T | None], default: T | None = None
    ) -> Value[T]:
        """The value at a path, or its default with the place where it would be written."""
        lacking = self.lacks(*path)
        if lacking and default is None:
            return self.unset
        missing = self._missing(path, default) if default is not None else None
        if lacking and missing is not None:
            known = values.made_when(missing, (self.when,)) if self.when else missing
            return Value((known,), self.owner)
        found = self._written(path)
        if not found:
            return Value((), self.owner, "a part of the resource could not be read")
        return values.value(found, self.place(*path), convert, missing)

    def _missing(self, path: tuple[str, ...], default: T) -> Choice[T]:
        """What holds where nothing is written at a path, and where it would be."""
        lacking, slot = (*self.lead, *path), None
        if not self.shared:
            slot = slots.insertion(self.mapping, lacking, self.scope.beside)
        return Choice(default, self.owner, Origin.DEFAULT, slot)

    def text(self, *path: str, default: str | None = None) -> Value[str]:
        """A text."""
        return self.value(path, values.text, default)

    def content(self, *path: str) -> Value[str]:
        """A text, and what is known of it where parts of it are not."""
        return values.content(self.outcomes(*path), self.place(*path))

    def wording(self, *path: str) -> Value[str]:
        """A text, and what is known of it where something is known of each that it can be."""
        return values.wording(self.outcomes(*path), self.place(*path))

    def number(self, *path: str, default: Scalar | None = None) -> Value[Scalar]:
        """A number, or whatever scalar stands in its place."""
        return self.value(path, values.scalar, default)

    def with_room(
        self, found: Value[T], path: tuple[str, ...], make: Callable[[Any], object] | None = None
    ) -> Value[T]:
        """A value, with the place where it would be written if it is written nowhere.

        `make` gives of a new value what is to be written at the path, where that is more.
        """
        if found.choices or found.reason != NOT_SET or self.shared:
            return found
        slot = slots.insertion(self.mapping, (*self.lead, *path), self.scope.beside)
        if slot is not None and make is not None:
            slot = slot.by(partial(Writer, make))
        return replace(found, vacant=slot)

    def with_own_place(self, found: Value[T], name: str) -> Value[T]:
        """A value that others share, with the place where it would be written here alone."""
        entry, own = self.mapping.table.get(name), self.mapping.written or self.mapping
        if entry is None or not found.inherited or self.shared or own.shared:
            return found
        slot: Later | None = None
        if entry.inherited:
            slot = slots.insertion(self.mapping, (*self.lead, name), self.scope.beside)
        elif not entry.value.shared and any(one.value is entry.value for one in own.entries):
            slot = Later(partial(slots.of, entry.value))
        return replace(found, vacant=slot)

    def has(self, *path: str) -> Value[bool]:
        """Whether a property is there, in each case that can be."""
        if self.lacks(*path):
            return self._not_there
        place = self.place(*path)
        there: dict[bool, list[Case]] = {}
        for one in self.outcomes(*path):
            there.setdefault(not one.absent, []).append(one.when)
        if not there:
            return Value((), self.owner, "a part of the resource could not be read")
        return Value(tuple(_presence(*one, place) for one in there.items()), place)

    def place(self, *path: str) -> Span:
        """Where the value at a path stands, or the owner's place."""
        node: Node | None = self.mapping
        for name in path:
            node = node.get(name) if isinstance(node, MappingNode) else None
        return node.span if node is not None else self.owner

    def only(self, *path: str) -> Outcome | None:
        """The one outcome at a path whose node is known."""
        found = self.outcomes(*path)
        return found[0] if len(found) == 1 and found[0].node is not None else None

    def child(self, *path: str) -> Properties | None:
        """The mapping at a path as properties of its own."""
        found = self.only(*path)
        if found is None or found.node is None:
            return None
        return Properties.of(found, found.node.span)

    def items(self, *path: str) -> Iterator[tuple[Node, tuple[Outcome, ...]]]:
        """The items of the list at a path, each with its outcomes."""
        found = self.only(*path)
        if found is None or found.node is None:
            return
        node, scope = found.node, found.scope
        if isinstance(node, SequenceNode):
            for place, item in enumerate(node.items):
                inherited = found.shared or place < node.inherited
                yield item, _inside(scope.outcomes(item), inherited, found.when)
        else:
            for listed in scope.items(node) or ():
                yield node, _inside(listed, found.shared, found.when)

    def mappings(self, *path: str) -> Iterator[Properties]:
        """The mappings in the list at a path, each as properties of its own."""
        for node, found in self.items(*path):
            for one in found:
                inside = Properties.of(one, node.span)
                if inside is not None:
                    yield inside

    def texts(self, *path: str) -> tuple[Value[str], ...]:
        """The texts of the list at a path."""
        return tuple(
            values.value(found, node.span, values.text, None) for node, found in self.items(*path)
        )


def _inside(found: tuple[Outcome, ...], inherited: bool, when: Case) -> tuple[Outcome, ...]:
    """What stands in something: shared where that is inherited, and where that can be so."""
    if not (inherited or when):
        return found
    known = [one.under(when) for one in found if possible(both(one.when, when))]
    return tuple([one.inherited() for one in known] if inherited else known)


def _entered(entry: Entry, scope: Scope, shared: bool, when: Case) -> tuple[Outcome, ...]:
    """What the value of an entry can be, in a mapping that is shared or not."""
    found = _inside(scope.outcomes(entry.value), shared or entry.inherited, when)
    return tuple([one if _affordable(one, scope) else _costly(entry, scope, when) for one in found])


def _costly(entry: Entry, scope: Scope, when: Case) -> Outcome:
    """What is not read of an entry, as it would be too much."""
    parts = (Symbol("${…}", TOO_MUCH, place=entry.value),)
    return Outcome(None, scope, parts=parts, when=when)


def _below(outcome: Outcome, name: str) -> Sequence[Outcome]:
    """What a key of an outcome's mapping can be."""
    node, scope = outcome.node, outcome.scope
    if outcome.absent:
        return (outcome,)
    if not isinstance(node, MappingNode):
        return (_unread(outcome, *outcome.parts),)
    entry = node.table.get(name)
    if entry is not None:
        return _entered(entry, scope, outcome.shared, outcome.when)
    if scope.whole(node):
        return (Outcome(None, scope, absent=True, when=outcome.when),)
    return (_unread(outcome),)


def _unread(outer: Outcome, *parts: Part) -> Outcome:
    """What is not known below something."""
    return Outcome(None, outer.scope, parts=parts, when=outer.when)


def _presence(answer: bool, when: Iterable[Case], place: Span) -> Choice[bool]:
    origin = Origin.WRITTEN if answer else Origin.DEFAULT
    return Choice(answer, place, origin, when=cases(when))


def _affordable(outcome: Outcome, scope: Scope) -> bool:
    """Whether a long list or mapping may be read once more: many functions may share it."""
    match outcome.node:
        case ScalarNode() | None:
            return True
        case SequenceNode(items=listed) | MappingNode(entries=listed) if len(listed) > _SMALL:
            return scope.affords(nodes=len(listed) * READ)
        case _:
            return True
