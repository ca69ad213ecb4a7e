"""What an expression comes out as, whatever the language it is written in.

An expression has one or several outcomes (the branches of a condition, the
allowed values of a parameter). An outcome is a node that stands somewhere, or
nothing (`AWS::NoValue`), or parts of which some are known only in the cloud.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from lamlint.dialects.budget import TOO_MUCH
from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode
from lamlint.model.condition import IN_ANY, Case, both

LONG = 100_000
"""Longer texts of expressions are unknown, and so are texts of longer lists."""
TOO_LONG = "it is too long"

_SHOWN = 5_000
"""How much of an expression is looked at to show it, its blanks included."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """A part of a text that is not known: how it is written, why, and what it stands for."""

    text: str
    reason: str
    targets: frozenset[str] = frozenset()


Parts: TypeAlias = "tuple[str | Symbol, ...]"


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


@dataclass(frozen=True, slots=True)
class Outcome:
    """One thing that an expression can be.

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
        return self if self.shared else dataclasses.replace(self, shared=True)

    def under(self, when: Case) -> Outcome:
        """The same, where something more holds."""
        return dataclasses.replace(self, when=both(self.when, when)) if when else self

    @property
    def text(self) -> str | None:
        """The text, when all of it is known."""
        if not self.parts or any(isinstance(part, Symbol) for part in self.parts):
            return None
        return "".join(part for part in self.parts if isinstance(part, str))

    @property
    def symbol(self) -> Symbol | None:
        """The first part that is not known."""
        return next((part for part in self.parts if isinstance(part, Symbol)), None)

    @property
    def written(self) -> str:
        """The text, with what is not known as it is written."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)


def unknown(node: Node, scope: Scope, reason: str) -> Outcome:
    """The outcome of an expression that cannot be evaluated, shown as it is written."""
    written = node.source.text[node.start : min(node.end, node.start + _SHOWN)]
    text = f"{node.tag} {' '.join(written.split())}".strip()
    return Outcome(None, scope, node.shared, (Symbol(f"${{{text[:500]}}}", reason),))


def computed(place: Node, text: str) -> ScalarNode:
    """A text that an expression at a place comes out as."""
    return ScalarNode(
        place.source, place.start, place.end, text, "", "", place.shared, computed=True
    )


def together(node: Node, scope: Scope, pieces: Iterable[Parts], when: Case = IN_ANY) -> Outcome:
    """The outcome of an expression that comes out as text, piece by piece."""
    parts: list[str | Symbol] = []
    size = 0
    for piece in pieces:
        size += sum(1 + len(part if isinstance(part, str) else part.text) for part in piece)
        if size > LONG:
            return unknown(node, scope, TOO_LONG)
        parts.extend(piece)
    if not scope.affords(characters=size, nodes=1):
        return unknown(node, scope, TOO_MUCH)
    joined = _joined(parts)
    if any(isinstance(part, Symbol) for part in joined):
        return Outcome(None, scope, node.shared, joined, when=when)
    text = "".join(part for part in joined if isinstance(part, str))
    return Outcome(computed(node, text), scope, node.shared, (text,), when=when)


def _joined(parts: Iterable[str | Symbol]) -> Parts:
    """The parts of a text with those that are known and side by side made one."""
    joined: list[str | Symbol] = []
    for known, side_by_side in itertools.groupby(parts, lambda part: isinstance(part, str)):
        if known:
            joined.append("".join(part for part in side_by_side if isinstance(part, str)))
        else:
            joined.extend(side_by_side)
    return tuple(joined)
