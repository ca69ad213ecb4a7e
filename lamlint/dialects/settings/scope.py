"""A file of settings in which nothing is an expression: what stands there is what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from lamlint.dialects.budget import Budget
from lamlint.dialects.outcome import Outcome, plain
from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode
from lamlint.text.dataclass import dataclass


@dataclass(eq=False)
class Settings:
    """Where the values of a file of settings are looked up.

    A value that stages decide is a node that stands for all it can be.
    """

    template: str
    budget: Budget
    beside: Sequence[str] = ()
    _decided: dict[Node, tuple[Outcome, ...]] = field(default_factory=dict)

    def decide(self, node: Node, outcomes: tuple[Outcome, ...]) -> None:
        """Let a node stand for what the stages make of it."""
        self._decided[node] = outcomes

    def plain(self, node: Node) -> Outcome:
        """What a node is that stands in the file."""
        if isinstance(node, ScalarNode) and node.value is not None:
            return plain(node, self)
        return Outcome(node, self, node.shared)

    def outcomes(self, node: Node) -> tuple[Outcome, ...]:
        """What a node can be."""
        return self._decided.get(node) or (self.plain(node),)

    def items(self, node: Node) -> None:
        """Lists are written as lists, or are none."""

    def whole(self, mapping: MappingNode) -> bool:
        """Whether all keys of a mapping are known."""
        return mapping.merges

    def identity(self, name: str) -> str:
        """The identity of what is declared under a name, in the whole project."""
        return f"{self.template}#{name}"

    def affords(self, *, characters: int = 0, nodes: int = 0) -> bool:
        """Whether so much more may be made of the file."""
        return self.budget.affords(characters=characters, nodes=nodes)
