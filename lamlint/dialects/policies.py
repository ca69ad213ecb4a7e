"""Policy documents as they are written, in any language that has IAM's own words for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from lamlint.dialects import values
from lamlint.dialects.outcome import Outcome, Scope
from lamlint.dialects.properties import Properties
from lamlint.dialects.tree import slots
from lamlint.dialects.tree.node import Entry, MappingNode, ScalarNode, SequenceNode
from lamlint.dialects.tree.yaml import descendants
from lamlint.model import Block, Choice, Document, Later, Origin, Slot, Value
from lamlint.text import Span
from lamlint.text.dataclass import replace
from lamlint.text.regex import Regex

UNWRITTEN = "2008-10-17"
"""The version of the policy language that IAM takes where a policy names none."""
_VARIABLE = Regex(r"\$\{!?([a-z][a-z0-9.-]{0,60}:[A-Za-z][^${}:]{0,80})\}")
"""A policy variable; where `${…}` has a meaning of its own, one is written `${!…}`."""


def document(node: MappingNode, scope: Scope, *, trust: bool, writable: bool = True) -> Document:
    """A policy document, whatever is written in it.

    It is not `writable` where it stands in a text of another language.
    """
    given = Properties(node, scope, node.span)
    blocks: list[Block] = []
    for one in given.outcomes("Statement"):
        if isinstance(one.node, SequenceNode):
            outcomes = [each for item in one.node.items for each in one.scope.outcomes(item)]
        else:
            outcomes = [one]
        inside = (Properties.of(each, node.span) for each in outcomes)
        blocks += (_block(each, writable) for each in inside if each is not None)
    version = given.text("Version", default=UNWRITTEN)
    return Document(
        version=version if writable else _fixed(version),
        elements=_elements(node, writable),
        blocks=tuple(blocks),
        variable_places=_variables(node),
        trust=trust,
        span=node.span,
    )


def _fixed(value: Value[str]) -> Value[str]:
    choices = (replace(choice, slot=None) for choice in value.choices)
    return replace(value, choices=tuple(choices))


def _block(given: Properties, writable: bool) -> Block:
    return Block(
        elements=_elements(given.mapping, writable),
        effect=given.text("Effect"),
        actions=tuple(_texts(given, "Action")),
        resources=tuple(_texts(given, "Resource")),
        complete=given.scope.whole(given.mapping),
        span=given.mapping.span,
    )


def _elements(mapping: MappingNode, writable: bool) -> dict[str, Value[str]]:
    """The keys of a mapping, each as a value that can be changed."""
    found: dict[str, Value[str]] = {}
    for name, entry in mapping.table.items():
        if not name.startswith("Fn::"):
            origin = Origin.INHERITED if mapping.shared or entry.inherited else Origin.WRITTEN
            place, slot = entry.key.span, Later(partial(_slot, entry)) if writable else None
            found[name] = Value((Choice(name, place, origin, slot),), place)
    return found


def _slot(entry: Entry) -> Slot:
    """Where a key is renamed: a plain one stays plain, also where values are not."""
    place = entry.key.span
    plain = entry.key.source.text[place.start : place.end] == entry.name
    return Slot(place, str) if plain else slots.of(entry.key)


def _texts(given: Properties, name: str) -> Iterator[Value[str]]:
    """The texts of an element that is one text, or a list of them."""
    for one in given.outcomes(name):
        if isinstance(one.node, SequenceNode):
            for item in one.node.items:
                yield _text(one.scope.outcomes(item), item.span)
        elif not one.absent:
            yield _text((one,), given.place(name))


def _text(found: tuple[Outcome, ...], place: Span) -> Value[str]:
    return values.value(found, place, values.text, None)


def places(found: Iterable[Outcome]) -> dict[str, Span]:
    """Where each text of an element stands, by how it is written."""
    there: dict[str, Span] = {}
    for one in found:
        for item in one.node.items if isinstance(one.node, SequenceNode) else [one.node]:
            if item is not None:
                there.update((each.written, item.span) for each in one.scope.outcomes(item))
    return there


def _variables(node: MappingNode) -> dict[str, Span]:
    found: dict[str, Span] = {}
    if not _VARIABLE.search(node.source.text[node.start : node.end]):
        return found  # most have none, and to look into each of their texts takes its time
    for each in descendants(node):
        if isinstance(each, ScalarNode) and "${" in each.text:
            for hit in _VARIABLE.finditer(each.text):
                found.setdefault(hit[1], each.span)
    return found
