"""Reads all templates of a project: functions, and what is wrong with the files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lamlint.model import Function, Role
from lamlint.templates import discovery
from lamlint.templates.cloudformation import DIALECTS, function
from lamlint.templates.discovery import Nearness
from lamlint.templates.links import link
from lamlint.templates.nested import nest
from lamlint.templates.node import MappingNode
from lamlint.templates.resource import Resource, resources
from lamlint.templates.samconfig import overrides
from lamlint.templates.scope import Scope
from lamlint.templates.yaml import Broken, compose
from lamlint.text import Finding, Severity, Source, Tree, Unreadable

UNREADABLE = "unreadable-template"


@dataclass
class Declared:
    """What all templates of a project declare."""

    functions: list[Function] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    problems: list[Finding] = field(default_factory=list)


def read(tree: Tree, targets: Sequence[str]) -> Declared:
    """What the templates of a project declare that concern some paths (all, without any)."""
    declared = Declared()
    scopes: list[tuple[Scope, Nearness]] = []
    for path, near in discovery.templates(tree, targets):
        source = tree.read(path)
        if isinstance(source, Unreadable):
            continue
        documents = compose(source)
        if isinstance(documents, Broken):
            if near is Nearness.NAMED and discovery.clearly_meant(source):
                declared.problems.append(_unreadable(source, documents))
            continue
        given = overrides(path, tree)
        scopes.extend(
            (Scope(path, document, tree, given), near)
            for document in documents
            if isinstance(document, MappingNode) and "Resources" in document.table
        )
    nest([scope for scope, _ in scopes])
    everything: list[Resource] = []
    found: list[Function] = []
    for scope, near in scopes:
        try:
            inside = list(resources(scope))
            functions = [function(one) for one in inside if one.kind in DIALECTS]
        except Exception as error:  # noqa: BLE001  one template must not hide the others
            declared.problems.append(_failed(scope, error))
            continue
        if near is Nearness.NAMED or _concerned(functions, targets):
            everything.extend(inside)
            found.extend(functions)
    linked, roles = link(found, everything)
    declared.functions.extend(linked)
    declared.roles.extend(roles)
    return declared


def _failed(scope: Scope, error: Exception) -> Finding:
    from lamlint.check import internal_error

    what = f"the template {scope.template} could not be read"
    return internal_error(what, error, scope.root.span)


def _concerned(functions: Sequence[Function], targets: Sequence[str]) -> bool:
    return any(
        function.code.path and discovery.concerns(function.code.path, targets)
        for function in functions
    )


def _unreadable(source: Source, broken: Broken) -> Finding:
    start = min(broken.offset, len(source.text))
    line = source.position(start).line
    end = source.offset(line) + len(source.line(line))
    return Finding(
        f"this template cannot be read ({broken.reason}): none of its functions is checked",
        source.span(start, max(end, start)),
        severity=Severity.ERROR,
        rule=UNREADABLE,
    )
