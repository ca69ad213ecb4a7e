"""What names mean in one template, and what expressions come out as.

An expression has one or several outcomes (the branches of a condition, the
allowed values of a parameter). An outcome is a node that stands somewhere, or
nothing (`AWS::NoValue`), or parts of which some are known only in the cloud.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode
from lamlint.text import Tree

MOST_MADE = 10_000_000
"""How much expressions, loops and Globals may make of one template, in characters."""
NODE = 50
"""What a node that is made counts for, beside its text."""
READ = 4
"""How many nodes a value counts for that a function reads of what others share."""


TOO_MUCH = "the template makes too much of its expressions"


@dataclass(frozen=True, slots=True)
class Symbol:
    """A part of a text that is not known: how it is written, why, and what it stands for."""

    text: str
    reason: str
    targets: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Outcome:
    """One thing that an expression can be.

    `node` is None when it is not known, or absent on purpose. `scope` is where
    names inside the node are to be looked up. `targets` are further identities.
    """

    node: Node | None
    scope: Scope
    shared: bool = False
    parts: tuple[str | Symbol, ...] = ()
    absent: bool = False
    targets: frozenset[str] = frozenset()

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


@dataclass(frozen=True)
class Overrides:
    """Parameter values from a configuration file.

    `complete` is false when a file that may hold more could not be read.
    """

    values: Mapping[str, Node]
    complete: bool = True


@dataclass(eq=False)
class Scope:
    """The names of one template in one use of it.

    `overrides` are parameter values of a configuration file, `bound` those
    that a parent stack passes (read in the parent's scope), `nested` the
    scopes of local nested stacks by their logical id, `exports` what the
    templates of the project export, by the names that others import it by.
    `pending` are the nodes that are being evaluated, here and in the templates
    that asked; `made` is how much was made of this template, `refused` whether
    more was asked for than it may make.
    """

    template: str
    root: MappingNode
    tree: Tree
    overrides: Overrides = field(default_factory=lambda: Overrides({}))
    bound: Mapping[str, tuple[Node, Scope]] = field(default_factory=dict)
    nested: dict[str, Scope] = field(default_factory=dict)
    exports: dict[str, tuple[Node, Scope]] = field(default_factory=dict)
    memo: dict[int, tuple[Node, tuple[Outcome, ...]]] = field(default_factory=dict)
    pending: set[int] = field(default_factory=set)
    made: int = 0
    refused: bool = False

    def affords(self, *, characters: int = 0, nodes: int = 0) -> bool:
        """Whether so much more may be made of the template; if so, it counts as made."""
        made = self.made + characters + nodes * NODE
        if made > MOST_MADE:
            self.refused = True
            return False
        self.made = made
        return True

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


def computed(place: Node, text: str) -> ScalarNode:
    """A text that an expression at a place comes out as."""
    return ScalarNode(
        place.source, place.start, place.end, text, "", "", place.shared, computed=True
    )
