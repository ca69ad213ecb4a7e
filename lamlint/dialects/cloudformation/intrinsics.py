"""CloudFormation's intrinsic functions, as far as they can be known without deploying."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from lamlint.dialects.budget import TOO_MUCH
from lamlint.dialects.cloudformation import joining, references
from lamlint.dialects.cloudformation.conditions import case
from lamlint.dialects.cloudformation.expansion import expanded, included
from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.cloudformation.syntax import intrinsic
from lamlint.dialects.encoded import encoded
from lamlint.dialects.outcome import Outcome, together, unknown
from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode, SequenceNode
from lamlint.model.condition import IN_ANY, Case, both


def evaluate(node: Node, scope: Scope) -> Iterable[Outcome]:
    """What a node can be: the outcomes of the function it calls, or the node itself."""
    call = intrinsic(node)
    if call is None:
        return (references.literal(node, scope),)
    name, argument = call
    function = _FUNCTIONS.get(name)
    if function is None:
        return (unknown(node, scope, f"{name} is not evaluated"),)
    return function(node, argument, scope)


def _if(node: Node, argument: Node, scope: Scope) -> Iterator[Outcome]:
    if isinstance(argument, SequenceNode) and len(argument.items) == 3:
        name, *branches = argument.items
        for branch, met in zip(branches, (True, False), strict=True):
            when = case(name.text.strip(), met, scope) if isinstance(name, ScalarNode) else IN_ANY
            yield from (one.under(when) for one in scope.outcomes(branch))
        return
    yield unknown(node, scope, "it is malformed")


def _find_in_map(node: Node, argument: Node, scope: Scope) -> Iterator[Outcome]:
    items = argument.items if isinstance(argument, SequenceNode) else []
    if len(items) < 3:
        yield unknown(node, scope, "it is malformed")
        return
    section = scope.section("Mappings")
    default = (
        items[3].get("DefaultValue")
        if len(items) > 3 and isinstance(items[3], MappingNode)
        else None
    )
    places: Iterable[_Place] = [_Place(section)] if section is not None else []
    for key in items[:3]:
        places = _looked_up(places, scope.outcomes(key), scope)
    if default is not None:
        places = itertools.chain(places, [_Place(default)])
    found = False
    for place in places:
        found = True
        if place.node is None:
            yield unknown(node, scope, TOO_MUCH)
            continue
        for one in scope.outcomes(place.node):
            yield one.inherited().under(place.when)
    if not found:
        yield unknown(node, scope, "the mapping has no such key")


class _Place(NamedTuple):
    """A node of a mapping, and what holds where it is looked up; none for all further ones."""

    node: Node | None
    when: Case = IN_ANY


def _looked_up(
    places: Iterable[_Place], keys: tuple[Outcome, ...], scope: Scope
) -> Iterator[_Place]:
    """The values below some places for every key that they can be looked up by."""
    for place in places:
        if place.node is None or not scope.affords(characters=len(keys)):
            yield _Place(None)
            return
        if isinstance(place.node, MappingNode):
            for one in keys:
                when = both(place.when, one.when)
                if one.text is None:
                    yield from (_Place(entry.value, when) for entry in place.node)
                elif (value := place.node.get(one.text)) is not None:
                    yield _Place(value, when)


def _transform(node: Node, argument: Node, scope: Scope) -> Iterator[Outcome]:
    file = included(argument, scope)
    if file is None:
        yield unknown(node, scope, "a macro makes it")
    else:
        yield Outcome(expanded(file, scope), scope, node.shared)


def _to_json(node: Node, argument: Node, scope: Scope) -> Iterator[Outcome]:
    for one in scope.outcomes(argument):
        text = encoded(one)
        if text is None:
            yield unknown(node, scope, "some of it is not known")
        else:
            yield together(node, scope, [(text,)], one.when)


def _without_value(node: Node, _argument: Node, scope: Scope) -> Iterator[Outcome]:
    yield unknown(node, scope, "its alias stands for nothing, for what holds it, or for too much")


_FUNCTIONS: dict[str, Callable[[Node, Node, Scope], Iterator[Outcome]]] = {
    "Ref": references.ref,
    "Fn::GetAtt": references.get_att,
    "Fn::ImportValue": references.import_value,
    "Fn::Sub": joining.sub,
    "Fn::Join": joining.join,
    "Fn::Split": joining.split,
    "Fn::Select": joining.select,
    "Fn::If": _if,
    "Fn::FindInMap": _find_in_map,
    "Fn::ToJsonString": _to_json,
    "Fn::Transform": _transform,
    "Fn::alias": _without_value,
}
