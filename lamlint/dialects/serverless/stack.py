"""The stack of a service: what `resources` declares, as one template of CloudFormation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lamlint.dialects.outcome import Outcome, Scope
from lamlint.dialects.properties import Properties
from lamlint.dialects.tree.node import Entry, MappingNode, Node, ScalarNode, SequenceNode
from lamlint.text.dataclass import replace

_SECTIONS = ("Parameters", "Mappings", "Conditions", "Resources", "Outputs")
_EXTENSIONS = "extensions"


def template(service: Properties, root: MappingNode) -> MappingNode:
    """The sections of all templates that `resources` names, put together."""
    parts = list(_parts(service))
    entries: list[Entry] = []
    for name in _SECTIONS:
        inside = [entry for part in parts for entry in _section(part, name)]
        if inside:
            key = inside[0].key
            section = MappingNode(key.source, key.start, inside[0].end, inside, shared=True)
            named = ScalarNode(key.source, key.start, key.end, name)
            entries.append(Entry(named, section, key.start, inside[0].end))
    return MappingNode(root.source, root.start, root.end, entries, shared=True)


def changes(service: Properties) -> Iterator[Entry]:
    """What may be said of the resources that the framework makes, by their logical ids."""
    for part in _parts(service):
        yield from _section(part, "Resources")
        yield from _section(part, _EXTENSIONS)


def _parts(service: Properties) -> Iterator[Outcome]:
    for one in service.outcomes("resources"):
        items = one.node.items if isinstance(one.node, SequenceNode) else None
        if items is None:
            yield one
        else:
            yield from (inner for item in items for inner in one.scope.outcomes(item))


def _section(part: Outcome, name: str) -> Iterator[Entry]:
    node = part.node.get(name) if isinstance(part.node, MappingNode) else None
    for one in part.scope.outcomes(node) if node is not None else ():
        for entry in one.node if isinstance(one.node, MappingNode) else ():
            yield _resolved(entry, part.scope, ("Properties",))


def _resolved(entry: Entry, scope: Scope, inner: Sequence[str]) -> Entry:
    """An entry whose value, and what it holds under some names, is what variables stand for."""
    if isinstance(entry.value, ScalarNode):
        (found, *others) = scope.outcomes(entry.value)
        if others or not isinstance(found.node, MappingNode):
            return entry
        return _resolved(replace(entry, value=found.node), scope, inner)
    if not isinstance(entry.value, MappingNode) or not inner:
        return entry
    mapping = entry.value
    changed = [
        _resolved(each, scope, ()) if each.name in inner and _stands_for(each.value) else each
        for each in mapping
    ]
    if all(one is other for one, other in zip(changed, mapping, strict=True)):
        return entry
    made = MappingNode(
        mapping.source, mapping.start, mapping.end, changed, mapping.flow, "", True, mapping
    )
    return replace(entry, value=made)


def _stands_for(node: Node) -> bool:
    return isinstance(node, ScalarNode) and "${" in node.text
