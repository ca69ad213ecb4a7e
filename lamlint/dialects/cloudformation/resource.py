"""The resources of a template."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.dialects.budget import READ
from lamlint.dialects.cloudformation.conditions import case
from lamlint.dialects.cloudformation.expansion import expanded
from lamlint.dialects.cloudformation.globals import ignored_globals, merge
from lamlint.dialects.cloudformation.merged import is_part
from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.cloudformation.syntax import is_intrinsic
from lamlint.dialects.properties import Properties
from lamlint.dialects.tree.node import Entry, MappingNode, Node, ScalarNode
from lamlint.dialects.tree.yaml import descendants
from lamlint.model.condition import IN_ANY, Case
from lamlint.text import Span
from lamlint.text.dataclass import dataclass


@dataclass(frozen=True)
class Resource:
    """A resource of a template: its logical id, type and properties."""

    name: str
    kind: str
    entry: Entry
    mapping: MappingNode
    properties: Properties
    scope: Scope

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
    defaults = scope.section("Globals") or ()
    shared = {entry.name: _Defaults.of(entry.value) for entry in defaults}
    for entry in expanded(section, scope) if section is not None else ():
        if isinstance(entry.value, MappingNode):
            kind = entry.value.get("Type")
            if isinstance(kind, ScalarNode):
                own = shared.get(kind.text.removeprefix("AWS::Serverless::"))
                given = own if kind.text.startswith("AWS::Serverless::") else None
                yield _resource(entry, entry.value, kind.text, given, scope)


@dataclass(frozen=True)
class _Defaults:
    """What Globals says for a type of resource, and how many nodes that is."""

    mapping: MappingNode | None
    size: int

    @classmethod
    def of(cls, node: Node) -> _Defaults:
        size = sum(1 for _ in descendants(node))
        return cls(node if isinstance(node, MappingNode) else None, size)


def _resource(
    entry: Entry, mapping: MappingNode, kind: str, defaults: _Defaults | None, scope: Scope
) -> Resource:
    owner = entry.key.span
    written = mapping.get("Properties")
    if isinstance(written, MappingNode):
        (found,) = scope.outcomes(written) if not is_intrinsic(written) else (None,)
        written = found.node if found is not None and found.node is not None else written
    lead: tuple[str, ...] = ()
    complete = True
    if isinstance(written, MappingNode) and not is_intrinsic(written):
        properties = written
    else:
        # Nothing is written: what is added goes below a new `Properties` key.
        complete = written is None or (isinstance(written, ScalarNode) and written.value is None)
        lead = ("Properties",) if written is None else ()
        shared = mapping.shared or written is not None
        properties = MappingNode(
            mapping.source, mapping.start, mapping.end, shared=shared, written=mapping
        )
    complete = complete and properties.merges
    if defaults is not None and defaults.mapping is not None:
        complete = complete and defaults.mapping.merges
        if scope.affords(nodes=defaults.size * READ):
            merged = merge(defaults.mapping, properties, ignored_globals(mapping))
            properties = expanded(merged, scope)
        else:
            complete = False
    complete = (
        complete and scope.whole(properties) and not is_part(kind, properties, scope.template)
    )
    given = Properties(properties, scope, owner, lead, complete, when=_when(mapping, scope))
    return Resource(entry.name, kind, entry, mapping, given, scope)


def _when(mapping: MappingNode, scope: Scope) -> Case:
    """What holds where a resource is there at all."""
    name = mapping.get("Condition")
    return case(name.text.strip(), True, scope) if isinstance(name, ScalarNode) else IN_ANY
