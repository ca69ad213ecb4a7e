"""What names mean in one template, and what its expressions come out as."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from typing import TypeAlias

from lamlint.dialects.budget import Budget
from lamlint.dialects.cloudformation.syntax import expands
from lamlint.dialects.outcome import Outcome, together, unknown
from lamlint.dialects.tree.node import MappingNode, Node, SequenceNode
from lamlint.model.condition import Case
from lamlint.text import Tree
from lamlint.text.dataclass import dataclass

MANY = 16
"""More outcomes than this are as good as unknown."""
DEEPEST = 50
"""Expressions that lead deeper into each other are unknown."""
_BESIDE = (
    "Timeout",
    "MemorySize",
    "Runtime",
    "Handler",
    "CodeUri",
    "PackageType",
    "FunctionName",
    "Type",
)


@dataclass(frozen=True)
class Overrides:
    """Parameter values from a configuration file.

    `complete` is false when a file that may hold more could not be read.
    """

    values: Mapping[str, Node]
    complete: bool = True


Evaluate: TypeAlias = "Callable[[Node, Scope], Iterable[Outcome]]"


@dataclass(eq=False)
class Scope:
    """The names of one template: its parameters, mappings, conditions and resources.

    `evaluate` tells the outcomes of the function that a node calls; in a tuple, where all
    of their parts have a place.
    `overrides` are parameter values from a configuration file. `bound` are those
    that the template which nests this one gives, each with its own scope, `nested` the
    scopes of local nested stacks by their logical id, `exports` what the
    templates of the project export, by the names that others import it by.
    `cases` is what holds where a condition is met, or is not, of those asked for so far.
    `pending` are the nodes that are being evaluated, here and in the templates
    that asked. `beside` are the keys behind which a new one reads well, the best first.
    `by_commas` is whether a text may stand for a list, as that of a CommaDelimitedList
    parameter does.
    """

    template: str
    root: MappingNode
    tree: Tree
    evaluate: Evaluate
    overrides: Overrides = field(default_factory=lambda: Overrides({}))
    bound: Mapping[str, tuple[Node, Scope]] = field(default_factory=dict)
    nested: dict[str, Scope] = field(default_factory=dict)
    exports: dict[str, tuple[Node, Scope]] = field(default_factory=dict)
    memo: dict[Node, tuple[Outcome, ...]] = field(default_factory=dict)
    cases: dict[tuple[str, bool], Case] = field(default_factory=dict)
    pending: set[Node] = field(default_factory=set)
    budget: Budget = field(default_factory=Budget.of)
    beside: Sequence[str] = _BESIDE
    by_commas: bool = True

    def outcomes(self, node: Node) -> tuple[Outcome, ...]:
        """What a node can be, the function at its top evaluated."""
        known = self.memo.get(node)
        if known is not None:
            return known
        if node in self.pending:
            return (unknown(node, self, "it refers to itself"),)
        if len(self.pending) >= DEEPEST:
            return (unknown(node, self, "it leads too deep into other expressions"),)
        self.pending.add(node)
        try:
            made = self.evaluate(node, self)
            if not isinstance(made, tuple):
                first = itertools.islice(made, MANY + 1)
                made = tuple([one.standing(node) for one in first])
        finally:
            self.pending.discard(node)
        if not made or len(made) > MANY:
            made = (unknown(node, self, "it can be too many things"),)
        self.memo[node] = made
        return made

    def items(self, node: Node) -> list[tuple[Outcome, ...]] | None:
        """The items of a list, each with its outcomes; None when the list is not known."""
        (first, *others) = self.outcomes(node)
        if others:
            return None
        if isinstance(first.node, SequenceNode):
            if not self.affords(nodes=len(first.node.items)):
                return None
            return [
                tuple(one.under(first.when) for one in first.scope.outcomes(item))
                for item in first.node.items
            ]
        if self.by_commas and first.text is not None and first.node is not None:
            if not self.affords(nodes=first.text.count(",") + 1):
                return None
            pieces = [piece.strip() for piece in first.text.split(",")]
            return [(together(first.node, self, [(piece,)], first.when),) for piece in pieces]
        return None

    def whole(self, mapping: MappingNode) -> bool:
        """Whether all keys of a mapping are known: nothing stands for keys not read."""
        return mapping.merges and not expands(mapping)

    def affords(self, *, characters: int = 0, nodes: int = 0) -> bool:
        """Whether so much more may be made of the template; if so, it counts as made."""
        return self.budget.affords(characters=characters, nodes=nodes)

    def section(self, name: str) -> MappingNode | None:
        """A top-level section of the template."""
        node = self.root.get(name)
        return node if isinstance(node, MappingNode) else None

    def parameter(self, name: str) -> MappingNode | None:
        """The declaration of a parameter."""
        return _child(self.section("Parameters"), name)

    def identity(self, name: str) -> str:
        """The identity of a resource or parameter in the project."""
        return f"{self.template}#{name}"


def _child(section: MappingNode | None, name: str) -> MappingNode | None:
    node = section.get(name) if section is not None else None
    return node if isinstance(node, MappingNode) else None
