"""What an expression comes out as, whatever the language it is written in.

An expression has one or several outcomes (the branches of a condition, the
allowed values of a parameter). An outcome is a node that stands somewhere, or
nothing (`AWS::NoValue`), or parts of which some are known only in the cloud.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Protocol

from lamlint.dialects.budget import TOO_MUCH
from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode, SequenceNode
from lamlint.model.condition import IN_ANY, Case, both
from lamlint.model.parts import (
    Literal,
    Part,
    Parts,
    Placed,
    Symbol,
    merged,
    placed,
    symbol,
    whole,
    written,
)
from lamlint.text.dataclass import dataclass

LONG = 100_000
"""Longer texts of expressions are unknown, and so are texts of longer lists."""
TOO_LONG = "it is too long"

_MOST_SOURCES = 8
"""Of so many values it is known that something is calculated from them."""
_SHOWN = 5_000
"""How much of an expression is looked at to show it, its blanks included."""


class Scope(Protocol):
    """Where names inside a node are looked up: what readers of values ask of any language."""

    @property
    def template(self) -> str:
        """The path of the file."""

    @property
    def beside(self) -> Sequence[str]:
        """The keys behind which a new one reads well, the best first."""

    def outcomes(self, node: Node) -> tuple[Outcome, ...]:
        """What a node can be, the expression at its top evaluated; never nothing."""

    def items(self, node: Node) -> Sequence[tuple[Outcome, ...]] | None:
        """The items of a list, each with its outcomes; None when the list is not known."""

    def whole(self, mapping: MappingNode) -> bool:
        """Whether all keys of a mapping are known: nothing stands for keys not read."""

    def identity(self, name: str) -> str:
        """The identity of what is declared under a name, in the whole project."""

    def affords(self, *, characters: int = 0, nodes: int = 0) -> bool:
        """Whether so much more may be made of the file."""


@dataclass(eq=False, slots=True)
class Outcome:
    """One thing that an expression can be. It never changes; to be frozen would cost the most.

    `node` is None when it is not known, or absent on purpose. `scope` is where
    names inside the node are to be looked up. One that is shared is written where
    others have it from, too. `targets` are further identities, `when` is what holds
    where the expression comes out so. One that is offered is an allowed value of a
    parameter that is not its default: somebody has to choose it.
    """

    node: Node | None
    scope: Scope
    shared: bool = False
    parts: Parts = ()
    absent: bool = False
    targets: frozenset[str] = frozenset()
    when: Case = IN_ANY
    offered: bool = False

    def inherited(self) -> Outcome:
        """The same, shared with others."""
        return self if self.shared else self.but(shared=True)

    def under(self, when: Case) -> Outcome:
        """The same, where something more holds."""
        return self.but(when=both(self.when, when)) if when else self

    def but(
        self, *, shared: bool | None = None, parts: Parts | None = None, when: Case | None = None
    ) -> Outcome:
        """The same but for some of it: written out, as it is made for every second value."""
        return Outcome(
            self.node,
            self.scope,
            self.shared if shared is None else shared,
            self.parts if parts is None else parts,
            self.absent,
            self.targets,
            self.when if when is None else when,
            self.offered,
        )

    @property
    def text(self) -> str | None:
        """The text, when all of it is known."""
        return whole(self.parts) if self.parts else None

    @property
    def symbol(self) -> Symbol | None:
        """The first part that is not known."""
        return symbol(self.parts)

    @property
    def written(self) -> str:
        """The text, with what is not known as it is written."""
        return written(self.parts)

    def standing(self, place: Placed) -> Outcome:
        """The same; those of its parts that stand nowhere yet stand at a place."""
        parts = placed(self.parts, place)
        return self if parts is self.parts else self.but(parts=parts)


def plain(node: ScalarNode, scope: Scope) -> Outcome:
    """The outcome of a text that calls nothing."""
    return Outcome(node, scope, node.shared, (Literal(node.text, node),))


def unknown(node: Node, scope: Scope, reason: str) -> Outcome:
    """The outcome of an expression that cannot be evaluated, shown as it is written."""
    source = node.source.text[node.start : min(node.end, node.start + _SHOWN)]
    text = f"{node.tag} {' '.join(source.split())}".strip()
    part = Symbol(f"${{{text[:500]}}}", reason, place=node)
    return Outcome(None, scope, node.shared, (part,))


def computed(place: Node, text: str, given: Iterable[Outcome] = ()) -> ScalarNode:
    """A text that an expression at a place comes out as, calculated from what it is given."""
    return ScalarNode(
        place.source,
        place.start,
        place.end,
        text,
        shared=place.shared,
        computed=True,
        layout=place.layout,
        drawn_from=_sources(given),
    )


def _sources(given: Iterable[Outcome]) -> tuple[ScalarNode, ...]:
    """The scalars that something is calculated from, and what those were, up to some."""
    nodes = [one.node for one in given if isinstance(one.node, ScalarNode)]
    found = {id(one): one for node in nodes for one in (node, *node.drawn_from)}
    return tuple(itertools.islice(found.values(), _MOST_SOURCES))


def list_at(place: Node, items: Iterable[Node], tag: str = "") -> SequenceNode:
    """A list that an expression at a place comes out as."""
    return SequenceNode(
        place.source, place.start, place.end, list(items), True, tag, layout=place.layout
    )


def mapping_at(place: Node, *, shared: bool = False) -> MappingNode:
    """A mapping, empty so far, that an expression at a place comes out as."""
    return MappingNode(
        place.source, place.start, place.end, [], True, shared=shared, layout=place.layout
    )


def together(
    node: Node,
    scope: Scope,
    pieces: Iterable[Iterable[str | Part]],
    when: Case = IN_ANY,
    given: Iterable[Outcome] = (),
) -> Outcome:
    """The outcome of an expression that comes out as text, piece by piece.

    What stands nowhere else, as what is made here of several, stands where the expression does.
    """
    parts: list[Part] = []
    size = 0
    for piece in pieces:
        for part in piece:
            known = Literal(part) if isinstance(part, str) else part
            size += 1 + len(known.text)
            parts.append(known)
        if size > LONG:
            return unknown(node, scope, TOO_LONG)
    if not scope.affords(characters=size, nodes=1):
        return unknown(node, scope, TOO_MUCH)
    joined = placed(merged(parts), node)
    text = whole(joined)
    made = computed(node, text, given) if text is not None else None
    return Outcome(made, scope, node.shared, joined, when=when)
