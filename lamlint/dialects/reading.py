"""Reads all templates of a project: functions, and what is wrong with the files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lamlint.dialects.cloudformation import discovery
from lamlint.dialects.cloudformation.discovery import Nearness
from lamlint.dialects.cloudformation.function import DIALECTS, function
from lamlint.dialects.cloudformation.links import link
from lamlint.dialects.cloudformation.nested import export, nest
from lamlint.dialects.cloudformation.resource import Resource, resources
from lamlint.dialects.cloudformation.samconfig import overrides
from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.tree.node import MappingNode, Node
from lamlint.dialects.tree.yaml import Broken, compose
from lamlint.files.kinds import is_test
from lamlint.model import Function, Role
from lamlint.text import (
    Finding,
    Severity,
    Source,
    Span,
    Tree,
    Unread,
    Unreadable,
    internal_error,
)

UNREADABLE = "unreadable-template"


@dataclass
class Declared:
    """What all templates of a project declare."""

    functions: list[Function] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    problems: list[Finding] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)
    """The templates of which not all is in here: they are broken, far from the paths
    given, or make too much of their expressions."""


def read(tree: Tree, targets: Sequence[str]) -> Declared:
    """What the templates of a project declare that concern some paths (all, without any)."""
    declared = Declared()
    scopes: list[tuple[Scope, Nearness]] = []
    pending: set[int] = set()
    for path, near in discovery.templates(tree, targets):
        if near is Nearness.FAR or isinstance(source := tree.read(path), Unreadable):
            declared.left_out.add(path)
            continue
        documents = compose(source)
        if isinstance(documents, Broken):
            declared.left_out.add(path)
            meant = near is Nearness.NAMED and not is_test(path)
            if meant and discovery.clearly_meant(source):
                declared.problems.append(_unreadable(source, documents))
            else:
                reason = f"it is no YAML: {documents.reason}"
                tree.unread.add(Unread(_place(source, documents), reason))
            continue
        scopes.extend((scope, near) for scope in _scopes(path, documents, tree, pending))
    _connect([scope for scope, _ in scopes], tree, pending)
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
        else:
            declared.left_out.add(scope.template)
    linked, roles = _linked(found, everything, declared.problems)
    declared.functions.extend(linked)
    declared.roles.extend(roles)
    declared.left_out.update(scope.template for scope, _ in scopes if scope.refused)
    return declared


def _scopes(path: str, documents: Sequence[Node], tree: Tree, pending: set[int]) -> Iterator[Scope]:
    given = overrides(path, tree)
    for document in documents:
        if isinstance(document, MappingNode) and "Resources" in document.table:
            yield Scope(path, document, tree, given, pending=pending)


def _connect(scopes: Sequence[Scope], tree: Tree, pending: set[int]) -> None:
    """Tell templates of each other, and of those without functions that they import from."""
    nest(scopes)
    further: list[Scope] = []
    for path in discovery.exporting(tree, {scope.template for scope in scopes}):
        source = tree.read(path)
        documents = Broken("", 0) if isinstance(source, Unreadable) else compose(source)
        if not isinstance(documents, Broken):
            further.extend(_scopes(path, documents, tree, pending))
    export([*scopes, *further])


def _linked(
    functions: Sequence[Function], everything: Sequence[Resource], problems: list[Finding]
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
            problems.append(_failed(scope, error))
            sound = [resource for resource in sound if resource.scope is not scope]
    kept = {resource.scope.template for resource in sound}
    try:
        return link([one for one in functions if one.template in kept], sound)
    except Exception as error:  # noqa: BLE001  what is left are functions without their links
        problems.append(_failed(sound[0].scope, error))
        return functions, ()


def _failed(scope: Scope, error: Exception) -> Finding:
    what = f"the template {scope.template} could not be read"
    return internal_error(what, error, scope.root.span)


def _concerned(functions: Sequence[Function], targets: Sequence[str]) -> bool:
    return any(
        function.code.path and discovery.concerns(function.code.path, targets)
        for function in functions
    )


def _unreadable(source: Source, broken: Broken) -> Finding:
    return Finding(
        f"this template cannot be read ({broken.reason}), so none of its functions is checked: "
        "mend what is written here",
        _place(source, broken),
        severity=Severity.ERROR,
        rule=UNREADABLE,
    )


def _place(source: Source, broken: Broken) -> Span:
    """From where a text is no YAML to the end of the line."""
    start = min(broken.offset, len(source.text))
    line = source.position(start).line
    end = source.offset(line) + len(source.line(line))
    return source.span(start, max(end, start))
