"""What lies behind the steps that lead into a value: `.name`, `["key"]`, `[0]`, `[*]`."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from lamlint.dialects.outcome import Outcome, list_at, plain
from lamlint.dialects.terraform.scope import APPLIED, MANY, Scope, bound, unread
from lamlint.dialects.tree import tags
from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode, SequenceNode


def follow(
    found: Sequence[Outcome], steps: Sequence[Node], node: Node, scope: Scope
) -> Iterator[Outcome]:
    """What lies behind some steps into what a value can be."""
    waiting = list(found)
    for place, step in enumerate(steps):
        if isinstance(step, ScalarNode) and step.tag == tags.SPLAT:
            for one in waiting:
                yield from _each(one, steps[place + 1 :], node, scope)
            return
        further = _further(waiting, step, node, scope) if waiting else iter(())
        waiting = list(itertools.islice(further, MANY + 1))
        if len(waiting) > MANY:
            yield unread(node, scope, "it leads to too many things")
            return
    yield from waiting


def _further(waiting: Sequence[Outcome], step: Node, node: Node, scope: Scope) -> Iterator[Outcome]:
    """What lies one step further."""
    for key in _keys(step, scope):
        for one in waiting:
            yield from (each.under(key.when) for each in _step(one, key, node, scope))


def _keys(step: Node, scope: Scope) -> tuple[Outcome, ...]:
    """What a step may lead to: a name, or what an expression comes out as."""
    if isinstance(step, ScalarNode) and not step.tag:
        return (plain(step, scope),)
    return scope.outcomes(step)


def _step(one: Outcome, key: Outcome, node: Node, scope: Scope) -> Iterator[Outcome]:
    """What lies in a list or a mapping under a key."""
    place, name = one.node, key.text
    if isinstance(place, MappingNode) and (name is not None or one.scope.whole(place)):
        yield from _in_mapping(one, place, name, node, scope)
    elif isinstance(place, SequenceNode) and name is not None and name.isdecimal():
        if int(name) < len(place.items):
            found = one.scope.outcomes(place.items[int(name)])
            yield from _inside(one, found, one.shared)
        else:
            yield unread(node, scope, "the list has no such item").under(one.when)
    elif one.absent:
        yield Outcome(None, scope, absent=True, when=one.when)
    else:
        symbol = one.symbol or key.symbol
        targets = one.symbol.targets if one.symbol is not None else frozenset()
        reason = symbol.reason if symbol is not None else APPLIED
        yield unread(node, scope, reason, targets).under(one.when)


def _in_mapping(
    one: Outcome, mapping: MappingNode, name: str | None, node: Node, scope: Scope
) -> Iterator[Outcome]:
    """What a mapping has under a name; any of its values where only the deployment knows which."""
    if name is None:
        for entry in mapping:
            yield from _inside(one, one.scope.outcomes(entry.value), True)
        return
    found = mapping.table.get(name)
    if found is not None:
        yield from _inside(one, one.scope.outcomes(found.value), one.shared or found.inherited)
    elif scope.goes_through(one) and one.scope.whole(mapping):
        yield Outcome(None, scope, absent=True, when=one.when)
    else:
        yield unread(node, scope, APPLIED).under(one.when)


def _inside(outer: Outcome, found: Sequence[Outcome], shared: bool) -> Iterator[Outcome]:
    """What stands in something: where that is so, and shared where that is."""
    for one in found:
        yield (one.inherited() if shared else one).under(outer.when)


def _each(one: Outcome, rest: Sequence[Node], node: Node, scope: Scope) -> Iterator[Outcome]:
    """`list[*].name`: the same steps into each item."""
    if isinstance(one.node, SequenceNode) and scope.goes_through(one):
        made = list_at(node, [])
        for item in one.node.items:
            steps = list_at(node, [bound(item, one.scope), *rest], tags.GET)
            made.items.append(bound(steps, scope) if rest else bound(item, one.scope))
        yield Outcome(made, scope, one.shared, when=one.when)
        return
    symbol = one.symbol
    yield unread(node, scope, symbol.reason if symbol else APPLIED,
                 symbol.targets if symbol else frozenset())  # fmt: skip
