"""What lies at an address of a document: `custom.tables.${sls:stage}.name`."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lamlint.dialects.outcome import TOO_LONG, Outcome
from lamlint.dialects.serverless.syntax import Text, Variable
from lamlint.dialects.serverless.variables import Answer, Missing, Place, few, in_stage, stage
from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode, SequenceNode
from lamlint.model.condition import IN_ANY, Case, both, possible

_LONGEST = 30
"""Addresses of more names lead nowhere."""
_OF_ONE = 4
"""So many names of an address lead as deep as one variable."""
_NOTHING = "nothing is written there"
COMMON = "default"
"""What holds for all stages that are not named stands under this name."""


class Start(NamedTuple):
    """A node on the way of an address, and where the way leads there."""

    node: Node
    when: Case = IN_ANY


class _Key(NamedTuple):
    """A name in an address; None for one that is not known, and may be any."""

    name: str | None
    when: Case = IN_ANY
    of_stage: bool = False
    """Whether it is the name of the stage, so that other stages have other names."""


def walk(start: Start, address: Text, place: Place) -> Iterator[Answer]:
    """What lies at an address below a node: nothing but a null is nothing, too."""
    segments = list(itertools.islice(_segments(address), _LONGEST + 1))
    if len(segments) > _LONGEST:
        yield place.unknown(TOO_LONG)
        return
    weight = len(segments) // _OF_ONE
    place.variables.depth += weight
    try:
        found = few(_below(start, segments, place), place)
    finally:
        place.variables.depth -= weight
    yield from found


def _segments(address: Text) -> Iterator[Text]:
    """The names of an address, each of texts and variables."""
    current: list[str | Variable] = []
    for piece in address:
        if isinstance(piece, Variable):
            current.append(piece)
            continue
        first, *others = piece.split(".")
        current.append(first)
        for name in others:
            yield tuple(one for one in current if one)
            current = [name]
    if any(current):
        yield tuple(one for one in current if one)


def _below(at: Start, segments: list[Text], place: Place) -> Iterator[Answer]:
    if not place.scope.affords(nodes=1):
        yield place.unknown("the template makes too much of its expressions")
        return
    for one in place.scope.outcomes(at.node):
        when = both(at.when, one.when)
        if not possible(when):
            continue
        if not segments:
            null = isinstance(one.node, ScalarNode) and one.node.value is None
            yield Missing(_NOTHING, when) if null else one.inherited().under(when)
        elif one.node is None and not one.absent:
            yield one.under(when)
        else:
            yield from _inside(one, when, segments, place)


def _inside(outcome: Outcome, when: Case, segments: list[Text], place: Place) -> Iterator[Answer]:
    """What lies further on, for every name that the first one can be."""
    first, *rest = segments
    seen: list[Case] = []
    of_stages = False
    for key in _keys(first, outcome.node, place):
        joined = both(when, key.when)
        named = list(_named(outcome.node, key.name)) if possible(joined) else []
        for node in named:
            yield from _below(Start(node, joined), rest, place)
        if key.of_stage and named and key.name is not None:
            seen.append(in_stage(key.name, place.scope, holds=False))
        elif not key.of_stage and not named:
            yield Missing(_NOTHING, joined)
        of_stages = of_stages or key.of_stage
    if of_stages or first == ():
        yield Missing(_NOTHING, functools.reduce(both, seen, when))


def _keys(segment: Text, node: Node | None, place: Place) -> Iterator[_Key]:
    """The names that a segment can be in a node: those of further stages, too."""
    (first, *others) = segment
    if isinstance(first, str) and not others:
        yield _Key(first)
        return
    named = list(place.variables.texts(segment, place))
    of_stage = not others and all(stage(place.scope) in one.targets for one in named)
    yield from (_Key(one.text, one.when, of_stage) for one in named if one.text or not of_stage)
    if of_stage and isinstance(node, MappingNode):
        known = {one.text for one in named}
        for entry in node:
            if entry.name not in known and entry.name != COMMON:
                yield _Key(entry.name, in_stage(entry.name, place.scope), of_stage)


def _named(node: Node | None, name: str | None) -> Iterable[Node]:
    """What a node holds under a name; all of it under one that is not known."""
    if isinstance(node, MappingNode):
        if name is None:
            return [entry.value for entry in node]
        found = _of_mapping(node, name)
        return [] if found is None else [found]
    if isinstance(node, SequenceNode) and name is not None and name.isdecimal():
        return node.items[int(name) : int(name) + 1] if len(name) < 6 else []
    return []


def _of_mapping(node: MappingNode, name: str) -> Node | None:
    """The value at a name, which a variable may have made of several: `dev.table`."""
    found: Node | None = node
    for part in name.split("."):
        found = found.get(part) if isinstance(found, MappingNode) else None
    return found
