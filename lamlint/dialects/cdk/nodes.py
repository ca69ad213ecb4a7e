"""From what a stack's code comes out as to the nodes that readers of templates take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field

from lamlint.dialects.budget import TOO_MUCH, Budget
from lamlint.dialects.cdk.machine import negated
from lamlint.dialects.cdk.objects import (
    SYNTHESIZED,
    Either,
    Folder,
    Items,
    Keyed,
    Made,
    Nothing,
    Part,
    Plain,
    Text,
    Thing,
    Unknown,
    construct,
)
from lamlint.dialects.cdk.place import Place
from lamlint.dialects.cdk.writing import InCode, Keys
from lamlint.dialects.cloudformation import references
from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.outcome import Outcome
from lamlint.dialects.python_literals import literal, quoted
from lamlint.dialects.tree.node import MERGE, Entry, MappingNode, Node, ScalarNode, SequenceNode
from lamlint.model import Slot
from lamlint.model.condition import IN_ANY, Case
from lamlint.model.parts import Literal, Parts, Symbol
from lamlint.text.dataclass import dataclass, replace

STANDS_FOR = (
    "current_version",
    "latest_version",
    "function_arn",
    "function_name",
    "attr_arn",
    "ref",
)
"""Attributes of a function that stand for it, or a version of it."""
_NAMES = ("_name", "_arn", "_id", "_url", "_uri", "ref", "_endpoint", "_value")
"""How the attributes end that stand for what they are of."""
_CALLED = ("_name", "_arn", "_id", "_url", "_uri")
"""Those of them by which AWS calls it: they are there once it is made."""
_LOWERED = 2
"""For how many nodes one counts here: it may stand behind a key."""
_DEEPEST = 100
"""Lists and dictionaries that lie deeper in each other are unknown."""


@dataclass(frozen=True)
class Way:
    """One thing that an expression comes out as: a node, or parts of a text; where that holds.

    `refers` is the logical id of the resource that it stands for.
    """

    node: Node | None = None
    parts: Parts = ()
    absent: bool = False
    refers: str = ""
    when: Case = IN_ANY


@dataclass(eq=False, slots=True)
class Evaluated(ScalarNode):
    """An expression that is no plain value, with all that it can be."""

    ways: tuple[Way, ...] = ()


def evaluate(node: Node, scope: Scope) -> Iterable[Outcome]:
    """What a node can be."""
    if not isinstance(node, Evaluated):
        return (references.literal(node, scope),)
    return _each_way(node, scope)


def _each_way(node: Evaluated, scope: Scope) -> Iterator[Outcome]:
    for way in node.ways:
        if way.node is not None:
            yield from (one.under(way.when) for one in scope.outcomes(way.node))
            continue
        parts = tuple(_resolved(part, scope) for part in way.parts)
        made = Outcome(None, scope, node.shared, parts, way.absent, when=way.when)
        yield made.standing(node)


def _resolved(part: Literal | Symbol, scope: Scope) -> Literal | Symbol:
    """A part whose logical id is exchanged for all identities of the resource."""
    if isinstance(part, Literal) or not part.targets:
        return part
    found = [references.resource_targets(name, scope) for name in part.targets]
    return replace(part, targets=frozenset().union(*found))


@dataclass(frozen=True)
class Lowering:
    """Makes nodes of things: it knows which logical id stands for what a library made.

    `near` are the calls to which a value is given: what is written elsewhere is shared.
    `pending` are the lists and dictionaries around a thing.
    """

    logical: Mapping[int, str]
    near: tuple[Place, ...]
    budget: Budget
    pending: set[int] = field(default_factory=set)

    def node(self, thing: Thing) -> Node:
        """The node of a thing."""
        return self.once(thing, self._node)

    def once(self, thing: Thing, make: Callable[[Thing], Node]) -> Node:
        """What is made of a thing; what holds itself is not known."""
        if id(thing) in self.pending:
            return self.unknown(thing.at, "it holds itself")
        if len(self.pending) > _DEEPEST or not self.budget.affords(nodes=_LOWERED):
            return self.unknown(thing.at, TOO_MUCH)
        self.pending.add(id(thing))
        try:
            return make(thing)
        finally:
            self.pending.discard(id(thing))

    def _node(self, thing: Thing) -> Node:
        match thing:
            case Plain(value=None) | Nothing():
                return self._evaluated(thing.at, (Way(absent=True),))
            case Plain():
                return self._plain(thing)
            case Folder():
                return self._evaluated(thing.at, (Way(parts=(self._elsewhere(thing),)),))
            case Items() if thing.whole:
                at = thing.at
                items = [self.node(one) for one in thing.values]
                return SequenceNode(at.source, *at.bounds, items, shared=self._shared(at))
            case Keyed():
                return self.keyed(thing)
            case Either():
                return self.each(thing, self.node)
            case Text():
                return self._evaluated(thing.at, (Way(parts=self._parts(thing)),))
            case _:
                return self._evaluated(thing.at, (Way(parts=(self.symbol(thing),)),))

    def keyed(self, thing: Keyed) -> MappingNode:
        """The mapping of a dictionary."""
        at = thing.at
        made = MappingNode(at.source, *at.bounds, shared=self._shared(at))
        made.entries.extend(
            self.entry(str(name), one.key, self.node(one.value))
            for name, one in thing.members.items()
        )
        if not thing.whole:
            made.entries.append(self.more(at))
        writable = thing.last is not None and not made.shared
        keys = Keys(at, thing.last.end) if writable and thing.last is not None else None
        made.layout = InCode(new=keys)
        return made

    def entry(self, name: str, key: Place, value: Node) -> Entry:
        """An entry whose key stands at a place."""
        scalar = ScalarNode(key.source, *key.bounds, name, '"')
        return Entry(scalar, value, value.start, value.end, inherited=self._shared(key))

    def more(self, at: Place) -> Entry:
        """What stands for keys that are not known."""
        unread = self._evaluated(at, (Way(parts=(Symbol("${…}", "more is given"),)),))
        key = ScalarNode(at.source, at.start, at.start, MERGE)
        return Entry(key, unread, *at.bounds)

    def mapping(self, at: Place, entries: Mapping[str, Node | None]) -> MappingNode:
        """A mapping that stands at a place as a whole."""
        made = MappingNode(at.source, *at.bounds, layout=InCode())
        for name, node in entries.items():
            if node is not None:
                key = ScalarNode(at.source, node.start, node.end, name, '"')
                made.entries.append(Entry(key, node, node.start, node.end))
        return made

    def listed(self, at: Place, nodes: list[Node]) -> SequenceNode:
        """A list that stands at a place as a whole."""
        return SequenceNode(at.source, *at.bounds, nodes)

    def scalar(self, at: Place, text: str) -> ScalarNode:
        """A text that something at a place means."""
        return self._scalar(at, text)

    def number(self, at: Place, number: float, slot: Slot | None) -> ScalarNode:
        """A number that something at a place means."""
        return ScalarNode(
            at.source,
            *at.bounds,
            _figure(number),
            shared=self._shared(at),
            writable=slot is not None,
            layout=InCode(slot),
        )

    def text(self, at: Place, text: str, slot: Slot | None) -> ScalarNode:
        """A text that something at a place means, and the way to write another one."""
        return ScalarNode(
            at.source,
            *at.bounds,
            text,
            '"',
            shared=self._shared(at),
            writable=slot is not None,
            layout=InCode(slot),
        )

    def unknown(self, at: Place, reason: str) -> Node:
        """What is not known of something at a place."""
        return self._evaluated(at, (Way(parts=(self.symbol(Unknown(reason, at)),)),))

    def each(self, thing: Thing, convert: Callable[[Thing], Node]) -> Node:
        """What is made of a thing, or of each that it can be."""
        if not isinstance(thing, Either):
            return convert(thing)
        ways = tuple(Way(convert(one), when=case) for one, case in thing.choices)
        return self._evaluated(thing.at, ways)

    def chosen(self, at: Place, node: Node, other: Node | None, case: Case) -> Node:
        """What is one thing where a case holds, and elsewhere another, or not there."""
        otherwise = negated(case) or IN_ANY
        ways = (Way(node, when=case), Way(other, absent=other is None, when=otherwise))
        return self._evaluated(at, ways)

    def refer(self, at: Place, name: str) -> Node:
        """What stands for the resource of a logical id."""
        symbol = Symbol(f"${{{name}}}", references.DEPLOYED, frozenset({name}))
        return self._evaluated(at, (Way(parts=(symbol,)),))

    def handed(self, at: Place, node: Node) -> Node:
        """What stands for a construct, at the place where that is handed over."""
        if not isinstance(node, Evaluated):
            return node
        return replace(node, source=at.source, start=at.start, end=at.end, shared=self._shared(at))

    def function(self, thing: Thing) -> Node:
        """What stands for a function, or for a version of it."""
        known = construct(thing)
        while isinstance(known, Part) and known.name in STANDS_FOR:
            known = construct(known.of)
        return self.node(known)

    def log_group(self, at: Place, name: str) -> Node:
        """The name of the log group of the function of a logical id."""
        symbol = Symbol(f"${{{name}}}", references.DEPLOYED, frozenset({name}))
        return self._evaluated(at, (Way(parts=(Literal("/aws/lambda/"), symbol)),))

    def around(self, at: Place, *parts: str | Thing) -> Node:
        """A text of which only what is around some things is known."""
        known = tuple(
            Literal(part) if isinstance(part, str) else self.symbol(part) for part in parts
        )
        return self._evaluated(at, (Way(parts=known),))

    def symbol(self, thing: Thing) -> Symbol:
        """What is known of a thing that is no plain value."""
        written = f"${{{thing.at.outline}}}"
        if isinstance(thing, Unknown):
            return Symbol(written, thing.reason, place=thing.at)
        if isinstance(thing, Plain):
            return Symbol(written, "what it is when the stack is made is not known", place=thing.at)
        of = thing.of if isinstance(thing, Part) and thing.name.endswith(_NAMES) else thing
        of = construct(of)
        name = self.logical.get(id(of)) if isinstance(of, Made) else None
        if name is not None:
            plain = thing is not of and thing.at.outline == thing.at.text
            called = written if plain else _called(name)
            filled = isinstance(thing, Part) and thing.name.endswith(_CALLED)
            targets = frozenset({name})
            return Symbol(called, references.DEPLOYED, targets, place=thing.at, filled=filled)
        while isinstance(of, Part):
            of = of.of
        reason = of.reason if isinstance(of, Unknown) else references.DEPLOYED
        return Symbol(written, reason, place=thing.at)

    def _elsewhere(self, folder: Folder) -> Symbol:
        """A path of the machine that synthesizes, where its text is asked for."""
        return Symbol(f"${{{folder.at.outline}}}", SYNTHESIZED, place=folder.at)

    def _parts(self, thing: Text) -> Parts:
        return tuple(
            Literal(str(one.value), one.at)
            if isinstance(one, Plain) and one.value is not None
            else self.symbol(one)
            for one in thing.parts
        )

    def _plain(self, thing: Plain) -> ScalarNode:
        at = thing.at
        slot = None
        if thing.written:
            slot = Slot(
                at.span,
                quoted(at.text) if isinstance(thing.value, str) else literal,
            )
        if isinstance(thing.value, str):
            return self.text(at, thing.value, slot)
        figure = str(thing.value).lower() if isinstance(thing.value, bool) else None
        node = self.number(at, thing.value or 0, slot)
        node.text = figure or node.text
        return node

    def _scalar(self, at: Place, text: str) -> ScalarNode:
        return ScalarNode(at.source, *at.bounds, text, '"', shared=self._shared(at), writable=False)

    def _evaluated(self, at: Place, ways: tuple[Way, ...]) -> Evaluated:
        return Evaluated(
            at.source, *at.bounds, "", shared=self._shared(at), writable=False, ways=ways
        )

    def _shared(self, at: Place) -> bool:
        return not any(one.holds(at) for one in self.near)


def _called(logical: str) -> str:
    """What a message calls a construct: its id, of which some may be unknown."""
    own = logical.rpartition("/")[2]
    return own if "${" in own else f"${{{own}}}"


def _figure(number: float) -> str:
    whole = isinstance(number, int) or float(number).is_integer()
    return str(int(number)) if whole else repr(float(number))
