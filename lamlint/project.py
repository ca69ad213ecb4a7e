"""The join: what templates declare and what modules say, as one Project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from lamlint.model import EventSource, Function, Role
from lamlint.rule import Rule, Subject
from lamlint.text import Finding, Span, Tree

if TYPE_CHECKING:
    from lamlint.catalog import Catalog
    from lamlint.packages import Package


@dataclass(frozen=True)
class Project:
    """Everything rules may look at. Pure data and lazy reading; nothing is ever written.

    `problems` are the findings of reading itself, each with its rule's name
    (syntax-error, unreadable-template, internal-error).
    """

    tree: Tree
    catalog: Catalog
    today: date
    functions: tuple[Function, ...]
    roles: tuple[Role, ...]
    problems: tuple[Finding, ...]

    @property
    def event_sources(self) -> Iterator[EventSource]:
        """All triggers of all functions."""
        for function in self.functions:
            yield from function.events

    @cached_property
    def packages(self) -> tuple[Package, ...]:
        """What Lambda unpacks for each function that is no image."""
        from lamlint.packages import packages

        return tuple(packages(self.functions, self.tree, self.catalog))

    def subjects(self, rule: Rule) -> Iterator[tuple[object, str, Span]]:
        """What a rule is to be run on: the subject, its name and its place."""
        if rule.subject is Subject.PROJECT:
            yield self, "the project", Span("", 0, 0)
        for word, found in self._subjects(rule.subject):
            yield found, f"the {word} {found.name}", found.span

    def _subjects(
        self, kind: Subject
    ) -> Iterator[tuple[str, Function | EventSource | Role | Package]]:
        """The subjects of a kind, each with the word for it."""
        match kind:
            case Subject.FUNCTION:
                yield from (("function", one) for one in self.functions)
            case Subject.EVENT_SOURCE:
                yield from (("event source", one) for one in self.event_sources)
            case Subject.ROLE:
                yield from (("role", one) for one in self.roles)
            case Subject.PACKAGE:
                yield from (("package of", one) for one in self.packages)
            case Subject.PROJECT | Subject.HANDLER | Subject.MODULE | Subject.ENGINE:
                return

    def names_of(self, subject: object) -> tuple[str, ...]:
        """The functions that a finding on a subject is about, when the rule names none."""
        if isinstance(subject, Function):
            return (subject.name,)
        if isinstance(subject, Role):
            return subject.functions
        from lamlint.packages import Package

        if isinstance(subject, Package):
            return (subject.name,)
        return ()


def build(
    tree: Tree,
    targets: Sequence[str],
    catalog: Catalog,
    today: date,
) -> Project:
    """Read a project.

    `targets` are the paths, relative to the root, that are to be reported on;
    templates above and below them are read.
    """
    from lamlint.templates.reading import read

    declared = read(tree, targets)
    return Project(
        tree=tree,
        catalog=catalog,
        today=today,
        functions=tuple(declared.functions),
        roles=tuple(declared.roles),
        problems=tuple(declared.problems),
    )
