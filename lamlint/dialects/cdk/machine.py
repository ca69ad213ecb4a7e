"""What a stack's code is read with: the names around it, the calls seen so far, and the bounds."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import field

from lamlint.dialects.budget import NODE, TOO_MUCH, Budget
from lamlint.dialects.cdk.objects import (
    Either,
    Frame,
    Items,
    Keyed,
    Made,
    Nothing,
    Plain,
    Thing,
    Unknown,
)
from lamlint.dialects.cdk.place import Place
from lamlint.dialects.cdk.program import Program
from lamlint.model.condition import IN_ANY, Case, Fact, both, possible
from lamlint.text import Tree
from lamlint.text.dataclass import dataclass

DEEPEST = 120
"""Expressions, statements and calls that lie deeper in each other are unknown."""
_STEP = 20
"""What a step counts for, in characters that are made."""
MOST_CHOICES = 16
"""What can be more things than so many can be anything."""


@dataclass(eq=False)
class Machine:
    """One reading of an app: the verbs that call each other, and what came of it so far.

    `root` is the folder that paths start from, `context` what cdk.json says, `imported` loads a
    module by its name from the place of another one, `calls` are the calls of libraries in order
    (from the place `alone` on those of constructs that nothing makes), `noted` where they are
    written, `files` the project's files of Python by the last part of their names. An app without
    a cdk.json is `loose`: it may be run in any folder. One that changes its folder has `moved`.
    """

    root: str
    tree: Tree
    budget: Budget
    context: Mapping[str, Thing]
    evaluate: Callable[[ast.expr, Frame, Machine], Thing]
    execute: Callable[[list[ast.stmt], Frame, Machine], bool]
    call: Callable[[Thing, Made, Frame, Machine], Thing]
    imported: Callable[[str, Program, Machine], Frame | None]
    calls: list[Made] = field(default_factory=list)
    alone: int = 0
    modules: dict[str, Frame | None] = field(default_factory=dict)
    files: dict[str, list[str]] = field(default_factory=dict)
    noted: set[ast.AST] = field(default_factory=set)
    entered: set[ast.AST] = field(default_factory=set)
    running: list[ast.AST] = field(default_factory=list)
    depth: int = 0
    loose: bool = False
    moved: bool = False

    @property
    def folder(self) -> str | None:
        """The folder that code is in as it runs: the CDK runs an app where its cdk.json lies."""
        return None if self.loose or self.moved else self.root

    def deeper(self) -> bool:
        """Whether another level may be entered; who enters one leaves it, too."""
        return self.depth < DEEPEST and self.budget.affords(characters=_STEP)

    def kept(self, made: Thing) -> Thing:
        """A value that was made at once, of any size; unknown where too much is made."""
        return made if self.budget.spends(nodes=size(made)) else Unknown(TOO_MUCH, made.at)


def size(thing: Thing) -> int:
    """For how many nodes a value counts by what lies in it."""
    match thing:
        case Items():
            return len(thing.values)
        case Keyed():
            return len(thing.members)
        case Plain(value=str() as text):
            return len(text) // NODE
        case _:
            return 0


def bind(names: dict[str, Thing], name: str, value: Thing, case: Case) -> None:
    """Give a name a value where a case holds; elsewhere it keeps the values it had."""
    before = names.get(name)
    names[name] = value if before is None else mixed(before, value, case)


def mixed(before: Thing, value: Thing, case: Case) -> Thing:
    """What something is that was one thing, and is another where a case holds."""
    if not case:
        return value
    kept: list[tuple[Thing, Case]] = []
    otherwise = negated(case)
    for thing, when in choices(before):
        if case <= when:
            continue
        left = both(when, otherwise) if otherwise is not None else when
        if possible(left):
            kept.append((thing, left))
    return either([*kept, (value, case)], value.at)


def negated(case: Case) -> Case | None:
    """What holds where a case does not; None where that is not one fact."""
    if len(case) != 1:
        return None
    (fact,) = case
    return frozenset({Fact(fact.subject, fact.value, not fact.holds)})


def choices(thing: Thing) -> tuple[tuple[Thing, Case], ...]:
    """All that a thing can be."""
    return thing.choices if isinstance(thing, Either) else ((thing, IN_ANY),)


def either(found: list[tuple[Thing, Case]], at: Place) -> Thing:
    """One of several things; each is there once."""
    flat: list[tuple[Thing, Case]] = []
    for thing, case in found:
        for inner, when in choices(thing):
            joined = both(case, when)
            if possible(joined) and not any(one is inner and w == joined for one, w in flat):
                flat.append((inner, joined))
                if len(flat) > MOST_CHOICES:
                    return Unknown("it can be too many things", at)
    if not flat:
        return Nothing(at)
    return flat[0][0] if len(flat) == 1 else Either(tuple(flat), at)


def within(thing: Thing, case: Case) -> Thing:
    """What a thing can be where a case holds."""
    if not isinstance(thing, Either) or not case:
        return thing
    left = [(one, when) for one, when in thing.choices if possible(when | case)]
    return either(left, thing.at) if left else thing
