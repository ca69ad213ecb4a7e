"""The resources of a template."""

from __future__ import annotations

import dataclasses
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from lamlint.templates.globals import ignored_globals, merge
from lamlint.templates.intrinsics import is_intrinsic, list_items, substituted
from lamlint.templates.node import Entry, MappingNode, Node, ScalarNode, SequenceNode, share
from lamlint.templates.properties import Properties
from lamlint.templates.scope import Scope
from lamlint.templates.yaml import Broken, compose
from lamlint.text import Span, Unreadable


@dataclass(frozen=True)
class Resource:
    """A resource of a template: its logical id, type and properties."""

    name: str
    kind: str
    entry: Entry
    mapping: MappingNode
    properties: Properties

    @property
    def scope(self) -> Scope:
        """Where names in it are looked up."""
        return self.properties.scope

    @property
    def identity(self) -> str:
        """The resource's identity in the project."""
        return self.scope.identity(self.name)

    @property
    def span(self) -> Span:
        """The logical id."""
        return self.entry.key.span

    @property
    def block(self) -> Span:
        """The whole resource."""
        return self.entry.key.source.span(self.entry.key.start, self.entry.end)


def resources(scope: Scope) -> Iterator[Resource]:
    """The resources of a template, SAM's Globals merged in."""
    section = scope.section("Resources")
    defaults = scope.section("Globals")
    if defaults is not None:
        share(defaults)
    for entry, inner in _declared(section, scope):
        if isinstance(entry.value, MappingNode):
            kind = entry.value.get("Type")
            if isinstance(kind, ScalarNode):
                yield _resource(entry, entry.value, kind.text, defaults, inner)


def _declared(section: MappingNode | None, scope: Scope) -> Iterator[tuple[Entry, Scope]]:
    """The entries of a section, with what loops and includes in it stand for."""
    for entry in section if section is not None else ():
        if entry.name.startswith("Fn::ForEach::"):
            yield from _looped(entry.value, scope)
        elif entry.name == "Fn::Transform":
            yield from _declared(included(entry.value, scope), scope)
        else:
            yield entry, scope


def _looped(node: Node, scope: Scope) -> Iterator[tuple[Entry, Scope]]:
    """The resources that a Fn::ForEach over a known list makes."""
    items = node.items if isinstance(node, SequenceNode) else []
    if len(items) != 3 or not isinstance(items[0], ScalarNode):
        return
    variable, body = items[0].text, items[2]
    share(body)
    for found in list_items(items[1], scope) or ():
        if len(found) != 1 or found[0].text is None or not isinstance(body, MappingNode):
            continue
        inner = scope.within({variable: found[0].text})
        for entry, deeper in _declared(body, inner):
            name = substituted(entry.name, deeper.loops)
            key = dataclasses.replace(entry.key, text=name)
            yield Entry(key, entry.value, entry.start, entry.end), deeper


def included(node: Node, scope: Scope) -> MappingNode | None:
    """The mapping of a local file that AWS::Include puts in its place."""
    if not isinstance(node, MappingNode):
        return None
    name, parameters = node.get("Name"), node.get("Parameters")
    location = parameters.get("Location") if isinstance(parameters, MappingNode) else None
    if not isinstance(name, ScalarNode) or name.text != "AWS::Include":
        return None
    if not isinstance(location, ScalarNode) or "://" in location.text:
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(scope.template), location.text))
    source = scope.tree.read(path)
    documents = Broken("", 0) if isinstance(source, Unreadable) else compose(source)
    if isinstance(documents, Broken) or len(documents) != 1:
        return None
    (document,) = documents
    return document if isinstance(document, MappingNode) else None


def _resource(
    entry: Entry, mapping: MappingNode, kind: str, defaults: MappingNode | None, scope: Scope
) -> Resource:
    owner = entry.key.span
    written = mapping.get("Properties")
    lead: tuple[str, ...] = ()
    complete = True
    if isinstance(written, MappingNode) and not is_intrinsic(written):
        properties = written
    else:
        # Nothing is written: what is added goes below a new `Properties` key.
        complete = written is None or (isinstance(written, ScalarNode) and written.value is None)
        lead = ("Properties",) if written is None else ()
        properties = MappingNode(mapping.source, mapping.start, mapping.end)
        properties.written = mapping
        properties.shared = mapping.shared or written is not None
    if "Fn::Transform" in properties.table:
        complete = False
    if defaults is not None and kind.startswith("AWS::Serverless::"):
        shared = defaults.get(kind.removeprefix("AWS::Serverless::"))
        if isinstance(shared, MappingNode):
            ignored = ignored_globals(mapping)
            properties = merge(shared, properties, ignored)
    return Resource(
        entry.name, kind, entry, mapping, Properties(properties, scope, owner, lead, complete)
    )
