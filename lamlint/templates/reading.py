"""Reads all templates of a project: functions, and what is wrong with the files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lamlint.model import Function, Role
from lamlint.templates import cloudformation, discovery
from lamlint.templates.node import MappingNode
from lamlint.templates.scope import Scope
from lamlint.templates.yaml import Broken, compose
from lamlint.text import Finding, Tree, Unreadable


@dataclass
class Declared:
    """What all templates of a project declare."""

    functions: list[Function] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    problems: list[Finding] = field(default_factory=list)


def read(tree: Tree, targets: Sequence[str]) -> Declared:
    """Everything that the templates of a project declare."""
    declared = Declared()
    for path in discovery.templates(tree, targets):
        for scope in _scopes(tree, path):
            declared.functions.extend(cloudformation.functions(scope))
    return declared


def _scopes(tree: Tree, path: str) -> Iterator[Scope]:
    source = tree.read(path)
    if isinstance(source, Unreadable):
        return
    documents = compose(source)
    if isinstance(documents, Broken):
        return
    for document in documents:
        if isinstance(document, MappingNode) and "Resources" in document.table:
            yield Scope(path, document, tree)
