"""The join: what templates declare and what modules say, as one Project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from lamlint.model import EventSource, Function, Role
from lamlint.rule import Rule, Subject
from lamlint.text import Finding, Span, Tree

if TYPE_CHECKING:
    from lamlint.catalog import Catalog


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

    def subjects(self, rule: Rule) -> Iterator[tuple[object, str, Span]]:
        """What a rule is to be run on: the subject, its name and its place."""
        match rule.subject:
            case Subject.FUNCTION:
                for function in self.functions:
                    yield function, f"the function {function.name}", function.span
            case Subject.EVENT_SOURCE:
                for event in self.event_sources:
                    yield event, f"the event source {event.name}", event.span
            case Subject.ROLE:
                for role in self.roles:
                    yield role, f"the role {role.name}", role.span
            case Subject.PROJECT:
                yield self, "the project", Span("", 0, 0)
            case Subject.HANDLER | Subject.PACKAGE | Subject.MODULE | Subject.ENGINE:
                return

    def names_of(self, subject: object) -> tuple[str, ...]:
        """The functions that a finding on a subject is about, when the rule names none."""
        if isinstance(subject, Function):
            return (subject.name,)
        if isinstance(subject, Role):
            return subject.functions
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
