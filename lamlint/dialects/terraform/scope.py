"""What names mean in one use of a module, and what its expressions come out as."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from typing import TypeAlias

from lamlint.dialects import outcome
from lamlint.dialects.budget import Budget
from lamlint.dialects.outcome import Outcome, computed
from lamlint.dialects.terraform.module import Module
from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode, SequenceNode
from lamlint.dialects.tree.tags import MORE
from lamlint.model.condition import Case, both, possible
from lamlint.model.parts import Literal, Parts, Symbol
from lamlint.text import Tree
from lamlint.text.dataclass import dataclass, replace

MANY = 16
"""More outcomes than this are as good as unknown."""
DEEPEST = 80
"""Expressions that lead deeper into each other are unknown."""
APPLIED = "it is known only when the configuration is applied"
_LOOKED_AT = 2
"""So many items that are only looked at count for one that is made."""
_BESIDE = ("timeout", "memory_size", "runtime", "handler", "package_type", "function_name")
_SHOWN = 500

Evaluate: TypeAlias = "Callable[[Node, Scope], Iterable[Outcome]]"
_Row: TypeAlias = "tuple[_Row | None, Outcome]"
"""What was chosen last, behind what was chosen before."""
Names: TypeAlias = "Mapping[str, tuple[Outcome, ...]]"


@dataclass(eq=False, slots=True)
class Bound(SequenceNode):
    """An expression together with where its names are looked up, as an item of something made."""

    scope: outcome.Scope | None = None
    node: Node | None = None


def bound(node: Node, scope: outcome.Scope) -> Node:
    """A node that may be put into what another scope makes."""
    if isinstance(node, Bound) or (isinstance(node, ScalarNode) and not _evaluates(node)):
        return node
    return Bound(node.source, node.start, node.end, [], True, "!bound", scope=scope, node=node)


def _evaluates(node: ScalarNode) -> bool:
    return bool(node.tag) or ("{" in node.text and node.source.path.endswith(".json"))


@dataclass
class Use:
    """What all scopes below one root module share.

    `tree` are the files of the project, `root` the folder in which Terraform runs, `scripts`
    the files with commands. `given` are the values of its variables by the files that set
    them, `pending` the expressions that are being evaluated, `reached` the folders of the
    modules that are used. `beside` is the folder of which Terragrunt copies the files over the
    root module's, `copied` whether it may copy those of another that is not known.
    """

    tree: Tree
    root: str
    evaluate: Evaluate
    modules: Mapping[str, Module]
    scripts: Sequence[str] = ()
    given: Mapping[str, tuple[tuple[Node, Case], ...]] = field(default_factory=dict)
    budget: Budget = field(default_factory=Budget.of)
    pending: set[tuple[int, int]] = field(default_factory=set)
    reached: set[str] = field(default_factory=set)
    beside: str | None = None
    copied: bool = False


@dataclass(eq=False)
class Scope:
    """The names of one use of a module: its variables, locals, resources, and calls.

    `arguments` are what a call gives its variables; None for a root module. `address` begins
    the names of all that is declared here (`module.album.`). `names` are what each, count and
    loops bind; `calls` the uses of further modules, by their name and instance. `shared` says
    that its blocks stand for several things, so that what is written in one is all of theirs;
    it is `open` where variables may be given values that are not read.
    """

    use: Use
    module: Module
    address: str = ""
    arguments: Mapping[str, tuple[Node, Scope]] | None = None
    names: Names = field(default_factory=dict)
    shared: bool = False
    open: bool = False
    outer: Scope | None = None
    calls: dict[str, dict[str, Scope]] = field(default_factory=dict)
    memo: dict[Node, tuple[Outcome, ...]] = field(default_factory=dict)

    @property
    def template(self) -> str:
        """What tells the texts of this use of a module from those of others."""
        return f"{self.use.root or '.'}#{self.address}"

    @property
    def beside(self) -> Sequence[str]:
        """The keys behind which a new one reads well, the best first."""
        return _BESIDE

    def outcomes(self, node: Node) -> tuple[Outcome, ...]:
        """What a node can be, the expression at its top evaluated."""
        if isinstance(node, Bound) and node.scope is not None and node.node is not None:
            return node.scope.outcomes(node.node)
        known = self.memo.get(node)
        if known is not None:
            return known
        pending, own = self.use.pending, (id(self), id(node))
        if own in pending:
            return (unread(node, self, "it refers to itself"),)
        if len(pending) >= DEEPEST:
            return (unread(node, self, "it leads too deep into other expressions"),)
        pending.add(own)
        try:
            made = list(itertools.islice(self.use.evaluate(node, self), MANY + 1))
        finally:
            pending.discard(own)
        found = tuple([one for one in made if not one.when or possible(one.when)])
        if not found or len(found) > MANY:
            found = (unread(node, self, "it can be too many things"),)
        self.memo[node] = found
        return found

    def items(self, node: Node) -> list[tuple[Outcome, ...]] | None:
        """The items of a list, each with its outcomes; None when the list is not known."""
        (first, *others) = self.outcomes(node)
        if others or first.node is None:
            return None
        if isinstance(first.node, SequenceNode):
            if not self.affords(nodes=len(first.node.items)):
                return None
            return [
                tuple(one.under(first.when) for one in first.scope.outcomes(item))
                for item in first.node.items
            ]
        return [(first,)] if isinstance(first.node, MappingNode) else None

    def whole(self, mapping: MappingNode) -> bool:
        """Whether all keys of a mapping are known: nothing stands for keys not read."""
        return mapping.merges and not any(entry.key.tag == MORE for entry in mapping.entries)

    def affords(self, *, characters: int = 0, nodes: int = 0) -> bool:
        """Whether so much more may be made of the module; if so, it counts as made."""
        return self.use.budget.affords(characters=characters, nodes=nodes)

    def goes_through(self, *given: Outcome) -> bool:
        """Whether there is time to look at all items of some lists and mappings once more."""
        return self.use.budget.spends(nodes=sum(map(_size, given)) // _LOOKED_AT)

    def identity(self, name: str) -> str:
        """The identity of what is declared under a name, in the whole project."""
        return f"{self.template}{name}"

    def with_names(self, names: Names) -> Scope:
        """The scope inside of something that binds names."""
        return replace(self, names={**self.names, **names}, outer=self.top, memo={})

    @property
    def top(self) -> Scope:
        """The scope of the whole use of the module, in which nothing else is bound."""
        return self.outer or self


def _size(one: Outcome) -> int:
    match one.node:
        case MappingNode(entries=inside) | SequenceNode(items=inside):
            return len(inside)
        case _:
            return 0


def unread(
    node: Node,
    scope: Scope,
    reason: str,
    targets: frozenset[str] = frozenset(),
    *,
    filled: bool = False,
) -> Outcome:
    """The outcome of an expression that cannot be evaluated, shown as it is written."""
    part = Symbol(written(node), reason, targets, place=node, filled=filled)
    return Outcome(None, scope, node.shared, (part,))


def text_at(node: Node, text: str, scope: Scope, given: Iterable[Outcome] = ()) -> Outcome:
    """The outcome of an expression that comes out as a text, where it stands."""
    return Outcome(computed(node, text, given), scope, parts=(Literal(text, node),))


def written(node: Node) -> str:
    """How an expression is shown in a text that is not wholly known."""
    text = node.source.text[node.start : min(node.end, node.start + _SHOWN)]
    return f"${{{' '.join(text.split())}}}"


def parts_of(one: Outcome) -> Parts:
    """What an outcome is as a piece of a text."""
    if one.parts:
        return one.parts
    if one.absent:
        return (Literal(""),)
    if isinstance(one.node, ScalarNode):
        return (Literal(one.node.text, one.node),)
    return (Symbol("${…}", "it is no text"),)


def combined(
    choices: Sequence[tuple[Outcome, ...]],
) -> list[tuple[tuple[Outcome, ...], Case]] | None:
    """All that several expressions can be at once, each with where that is so; None: too many."""
    found: list[tuple[_Row | None, Case]] = [(None, frozenset())]
    for outcomes in choices:
        longer: list[tuple[_Row | None, Case]] = [
            ((before, one), when)
            for before, known in found
            for one in outcomes
            if possible(when := both(known, one.when))
        ]
        if len(longer) > MANY:
            return None
        found = longer
    return [(_row(last), when) for last, when in found]


def _row(last: _Row | None) -> tuple[Outcome, ...]:
    """What was chosen, the first first."""
    found: list[Outcome] = []
    while last is not None:
        last, one = last
        found.append(one)
    return tuple(reversed(found))
