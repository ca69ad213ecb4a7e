"""The functions that put texts together and take them apart."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lamlint.dialects.budget import TOO_MUCH
from lamlint.dialects.cloudformation.references import (
    DEPLOYED,
    attribute,
    dynamic_parts,
    reference,
)
from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.outcome import Outcome, computed, together, unknown
from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode, SequenceNode
from lamlint.dialects.tree.stretch import stretches
from lamlint.model.condition import IN_ANY, Case, both
from lamlint.model.parts import Literal, Parts, Placed, Symbol, placed
from lamlint.text.regex import Regex

_VARIABLE = Regex(r"\$\{([^{}]*)\}")


def sub(node: Node, argument: Node, scope: Scope) -> Iterator[Outcome]:
    """`Fn::Sub`."""
    variables: MappingNode | None = None
    if isinstance(argument, SequenceNode) and argument.items:
        second = argument.items[1] if len(argument.items) > 1 else None
        variables = second if isinstance(second, MappingNode) else None
        argument = argument.items[0]
    if not isinstance(argument, ScalarNode):
        yield unknown(node, scope, "the text is computed")
        return
    # What lies between the variables, and in every second place a variable.
    pieces = _VARIABLE.split(argument.text)
    wholes = [f"${{{piece}}}" if number % 2 else piece for number, piece in enumerate(pieces)]
    choices: list[tuple[_Piece, ...]] = []
    for number, (piece, place) in enumerate(zip(pieces, stretches(argument, wholes), strict=True)):
        if number % 2:
            choices.append(_variable(piece, variables, scope, place))
        else:
            choices.append((_plain(piece, place),))
    for combination in itertools.product(*choices):
        yield together(node, scope, (one.parts for one in combination), _when(combination))


class _Piece(NamedTuple):
    """A piece of a text, and what holds where it is that."""

    parts: Parts
    when: Case = IN_ANY


def _plain(text: str, place: Placed) -> _Piece:
    return _Piece(placed(tuple(dynamic_parts(text)), place))


def _when(pieces: Iterable[_Piece | Outcome]) -> Case:
    """What holds where a text has all of some pieces."""
    return functools.reduce(both, (piece.when for piece in pieces), IN_ANY)


def _variable(
    name: str, variables: MappingNode | None, scope: Scope, place: Placed
) -> tuple[_Piece, ...]:
    """What one `${…}` of a text can be."""
    if name.startswith("!"):
        return (_Piece((Literal(f"${{{name[1:]}}}", place),)),)
    name = name.strip()
    given = variables.get(name) if variables is not None else None
    found: tuple[Outcome, ...]
    if given is not None:
        found = scope.outcomes(given)
    elif "." in name:
        found = tuple(attribute(name, scope))
    else:
        found = tuple(reference(name, scope))
    return tuple(_Piece(placed(_parts(one), place), one.when) for one in found)


def _parts(outcome: Outcome) -> Parts:
    if outcome.absent:
        return (Literal(""),)
    if outcome.parts:
        return outcome.parts
    return (Symbol("${?}", "it is no text"),)


def join(node: Node, argument: Node, scope: Scope) -> Iterator[Outcome]:
    """`Fn::Join`."""
    if not isinstance(argument, SequenceNode) or len(argument.items) != 2:
        yield unknown(node, scope, "it is malformed")
        return
    delimiter, listed = argument.items
    items = scope.items(listed)
    if items is None or not isinstance(delimiter, ScalarNode):
        yield unknown(node, scope, "the list is known only when the stack is deployed")
        return
    for combination in itertools.product(*items):
        given = [_parts(one) for one in combination if not one.absent]
        between: Parts = (Literal(delimiter.text, delimiter),)
        pieces = (piece for one in given for piece in (between, one))
        yield together(node, scope, itertools.islice(pieces, 1, None), _when(combination))


def split(node: Node, argument: Node, scope: Scope) -> Iterator[Outcome]:
    """`Fn::Split`."""
    if isinstance(argument, SequenceNode) and len(argument.items) == 2:
        delimiter, text = argument.items
        for one in scope.outcomes(text):
            if isinstance(delimiter, ScalarNode) and delimiter.text and one.text is not None:
                count = one.text.count(delimiter.text) + 1
                if not scope.affords(characters=len(one.text), nodes=count):
                    yield unknown(node, scope, TOO_MUCH)
                    continue
                pieces: list[Node] = [
                    computed(node, piece) for piece in one.text.split(delimiter.text)
                ]
                made = SequenceNode(node.source, node.start, node.end, pieces, True)
                yield Outcome(made, scope, one.shared, when=one.when)
            else:
                yield unknown(node, scope, DEPLOYED)
        return
    yield unknown(node, scope, "it is malformed")


def select(node: Node, argument: Node, scope: Scope) -> Iterator[Outcome]:
    """`Fn::Select`."""
    if isinstance(argument, SequenceNode) and len(argument.items) == 2:
        items = scope.items(argument.items[1])
        for one in scope.outcomes(argument.items[0]):
            index = one.text
            if items is None:
                yield unknown(node, scope, _why_no_list(argument.items[1], scope))
            elif index is None or not index.isdecimal():
                yield unknown(node, scope, DEPLOYED)
            elif int(index) < len(items):
                yield from (item.under(one.when) for item in items[int(index)])
            else:
                yield unknown(node, scope, "the list has no such item")
        return
    yield unknown(node, scope, "it is malformed")


def _why_no_list(node: Node, scope: Scope) -> str:
    (first, *others) = scope.outcomes(node)
    if first.symbol is not None:
        return first.symbol.reason
    # A list that is known was not read.
    known = not others and isinstance(first.node, (ScalarNode, SequenceNode))
    return TOO_MUCH if known else DEPLOYED
