"""Constructs that are one resource each: what is given to them stands in the template as it is."""

from __future__ import annotations

from collections.abc import Callable

from lamlint.dialects.cdk.kinds import pascal
from lamlint.dialects.cdk.nodes import Lowering
from lamlint.dialects.cdk.objects import Frame, Items, Keyed, Made, Thing
from lamlint.dialects.cdk.template import IDS, SCOPES, Template
from lamlint.dialects.cdk.writing import Arguments, InCode
from lamlint.dialects.python_literals import literal
from lamlint.dialects.tree.node import MappingNode, Node

_DATA = ("Variables", "EventPattern", "PolicyDocument", "AssumeRolePolicyDocument", "Tags")
"""What holds an author's own keys."""


def properties(made: Made, template: Template) -> MappingNode:
    """The properties of a resource."""
    lowering = template.lowering(made)
    found = _struct(made, lowering)
    found.layout = InCode(new=_new(made, template.frame(made.at)))
    return found


def _struct(made: Made, lowering: Lowering) -> MappingNode:
    found = MappingNode(made.at.source, made.at.start, made.at.end, layout=InCode())
    for name, member in made.named.items():
        if name not in (*SCOPES, *IDS):
            value = node(pascal(name), member.value, lowering)
            found.entries.append(lowering.entry(pascal(name), member.key, value))
    if not made.whole:
        found.entries.append(lowering.more(made.at))
    return found


def node(key: str, thing: Thing, lowering: Lowering) -> Node:
    """What a property is set to: the keys of its structs as CloudFormation has them."""
    match thing:
        case Made() if thing.receiver is None and thing.name.endswith("Property"):
            return lowering.once(thing, lambda _: _struct(thing, lowering))
        case Keyed() if key not in _DATA:
            return lowering.once(thing, lambda _: _keyed(thing, lowering))
        case Items() if thing.whole:
            return lowering.once(thing, lambda _: _listed(key, thing, lowering))
        case _:
            return lowering.node(thing)


def _listed(key: str, thing: Items, lowering: Lowering) -> Node:
    return lowering.listed(thing.at, [node(key, one, lowering) for one in thing.values])


def _keyed(thing: Keyed, lowering: Lowering) -> Node:
    found = MappingNode(thing.at.source, thing.at.start, thing.at.end, layout=InCode())
    for name, member in thing.members.items():
        inner = node(pascal(str(name)), member.value, lowering)
        found.entries.append(lowering.entry(pascal(str(name)), member.key, inner))
    if not thing.whole:
        found.entries.append(lowering.more(thing.at))
    return found


def _new(made: Made, frame: Frame | None) -> Arguments | None:
    words = ("runtime", "handler", "timeout", "memory_size")
    names: dict[tuple[str, ...], tuple[str, Callable[[object], str]]] = {
        (pascal(word),): (word, literal) for word in words
    }
    return Arguments.of(made, frame, names)
