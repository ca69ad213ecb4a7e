"""AWS SAM and CloudFormation: all templates of a project, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field

from lamlint.dialects.budget import Budget
from lamlint.dialects.cloudformation import assembly, discovery, messaging, nested
from lamlint.dialects.cloudformation.dangling import dangling
from lamlint.dialects.cloudformation.function import KINDS, function
from lamlint.dialects.cloudformation.intrinsics import evaluate
from lamlint.dialects.cloudformation.links import link
from lamlint.dialects.cloudformation.resource import Resource, resources
from lamlint.dialects.cloudformation.samconfig import overrides
from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.cloudformation.twice import twice
from lamlint.dialects.dialect import Declared, failed
from lamlint.dialects.nearness import Nearness, concerned, concerns
from lamlint.dialects.tree.node import MappingNode, Node
from lamlint.dialects.tree.yaml import Broken, composed
from lamlint.dialects.unreadable import TEMPLATE, told
from lamlint.files.kinds import is_test
from lamlint.model import Function, Replaced, Role
from lamlint.text import Finding, Source, Tree, Unreadable
from lamlint.text.dataclass import dataclass, replace


def read(tree: Tree, targets: Sequence[str]) -> Declared:
    """What the templates of a project declare that concern some paths (all, without any)."""
    for source in discovery.named_for_one(tree, targets):
        documents = composed(source)
        if isinstance(documents, Broken):
            told(TEMPLATE, source, documents, tree, meant=False)
    return _declared(tree, targets, discovery.templates(tree, targets))


def read_synthesized(tree: Tree, targets: Sequence[str]) -> Declared:
    """What those templates declare that the CDK has written for apps of a project.

    Code that lies in the project, too, is looked at there.
    """
    found = assembly.templates(tree)
    declared = _declared(tree, (), ((path, Nearness.NAMED) for path in found))
    if not declared.functions:
        return declared
    homes = assembly.Homes.of(tree)
    at_home = [assembly.at_home(one, homes, tree) for one in declared.functions]
    # Of code in the template, or in a store, nothing else lies here.
    kept = tuple(
        one for one in at_home if concerns(one.template, targets) or concerned([one], targets)
    )
    return replace(declared, functions=kept)


def _declared(
    tree: Tree, targets: Sequence[str], templates: Iterable[tuple[str, Nearness]]
) -> Declared:
    reading = _Reading(tree)
    scopes = list(reading.scopes(templates))
    beside = _connect([scope for scope, _ in scopes], reading)
    lost = reading.twice(scopes)
    everything: list[Resource] = []
    found: list[Function] = []
    for scope, near in scopes:
        try:
            inside = list(resources(scope))
            functions = [function(one) for one in inside if one.kind in KINDS]
        except Exception as error:  # noqa: BLE001  one template must not hide the others
            reading.failed(scope, error)
            continue
        if near is Nearness.NAMED or concerned(functions, targets):
            everything.extend(inside)
            found.extend(functions)
        else:
            reading.left_out.add(scope.template)
    around = [one for scope in beside if found for one in reading.inside(scope)]
    linked, roles = _linked(found, [*everything, *around], reading)
    refused = {scope.template for scope, _ in scopes if scope.budget.refused}
    return Declared(
        tuple(linked),
        tuple(roles),
        tuple(reading.problems),
        frozenset(reading.left_out | refused),
        dangling=tuple(dangling(everything, frozenset(lost))),
        replaced=tuple(lost),
        resources=messaging.declared([*everything, *around]),
    )


@dataclass
class _Reading:
    """The templates of a project as they are read, and what is wrong with them so far."""

    tree: Tree
    problems: list[Finding] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)
    pending: set[Node] = field(default_factory=set)

    def scopes(self, templates: Iterable[tuple[str, Nearness]]) -> Iterator[tuple[Scope, Nearness]]:
        """What can be read of some templates."""
        for path, near in templates:
            if near is Nearness.FAR or isinstance(
                source := self.tree.read(path, discovery.clearly_meant), Unreadable
            ):
                self.left_out.add(path)
                continue
            documents = composed(source)
            if isinstance(documents, Broken):
                self.left_out.add(path)
                self._broken(source, documents, near)
                continue
            yield from ((scope, near) for scope in self.of(path, documents))

    def of(self, path: str, documents: Sequence[Node]) -> Iterator[Scope]:
        """The templates in one file."""
        given = overrides(path, self.tree)
        for document in documents:
            if isinstance(document, MappingNode) and "Resources" in document.table:
                budget = Budget.of(len(document.source.text))
                yield Scope(
                    path,
                    document,
                    self.tree,
                    evaluate,
                    given,
                    pending=self.pending,
                    budget=budget,
                )

    def further(self, path: str) -> list[Scope]:
        """The templates in a file beside those with functions; of a broken one nothing is told."""
        source = self.tree.read(path) if self.tree.is_file(path) else None
        documents = composed(source) if isinstance(source, Source) else None
        return (
            []
            if documents is None or isinstance(documents, Broken)
            else [*self.of(path, documents)]
        )

    def inside(self, scope: Scope) -> list[Resource]:
        """The resources of a template without functions, as far as they can be read."""
        try:
            return list(resources(scope))
        except Exception as error:  # noqa: BLE001  one template must not hide the others
            self.failed(scope, error)
            return []

    def twice(self, scopes: Sequence[tuple[Scope, Nearness]]) -> list[Replaced]:
        """What has no effect as another of the same key stands behind it; each is told of."""
        lost: list[Replaced] = []
        for scope, near in scopes:
            if near is Nearness.NAMED and not is_test(scope.template):
                problems, replaced = twice(scope)
                self.problems += problems
                lost += replaced
        return lost

    def _broken(self, source: Source, documents: Broken, near: Nearness) -> None:
        meant = near is Nearness.NAMED and discovery.clearly_meant(source)
        self.problems += told(TEMPLATE, source, documents, self.tree, meant=meant)

    def failed(self, scope: Scope, error: Exception) -> None:
        """Tell of a template whose reading failed."""
        self.problems.append(failed(scope.template, error, scope.root.span))


def _connect(scopes: Sequence[Scope], reading: _Reading) -> list[Scope]:
    """Tell templates of each other, and of those without functions that they import from.

    Returns those that make stacks of them, or are stacks beside them, without those that several
    stacks are made of: what is in these differs.
    """
    read = {scope.template for scope in scopes}
    makers = discovery.nesting(reading.tree, read)
    beside = nested.beside(scopes, makers, reading.further)
    several = nested.nest([*scopes, *beside])
    read |= {scope.template for scope in beside}
    exporting = discovery.exporting(reading.tree, read)
    nested.export([*scopes, *beside, *(one for path in exporting for one in reading.further(path))])
    return [one for one in beside if one.template not in several]


def _linked(
    functions: Sequence[Function], everything: Sequence[Resource], reading: _Reading
) -> tuple[Sequence[Function], Sequence[Role]]:
    """The functions with all that others say of them, without the templates where that fails."""
    try:
        return link(functions, everything)
    except Exception:  # noqa: BLE001  one template must not hide the others
        sound = list(everything)
    for scope in dict.fromkeys(resource.scope for resource in everything):
        own = [resource for resource in everything if resource.scope is scope]
        try:
            link([one for one in functions if one.template == scope.template], own)
        except Exception as error:  # noqa: BLE001  each is told of
            reading.failed(scope, error)
            sound = [resource for resource in sound if resource.scope is not scope]
    kept = {resource.scope.template for resource in sound}
    try:
        return link([one for one in functions if one.template in kept], sound)
    except Exception as error:  # noqa: BLE001  what is left are functions without their links
        reading.failed(sound[0].scope, error)
        return functions, ()
