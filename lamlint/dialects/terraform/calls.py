"""The functions of Terraform, as far as what they give follows from the project alone."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence

from lamlint.dialects.budget import TOO_MUCH
from lamlint.dialects.outcome import Outcome
from lamlint.dialects.terraform import collections, texts
from lamlint.dialects.terraform.files import FILES
from lamlint.dialects.terraform.scope import APPLIED, Scope, bound, combined, text_at, unread
from lamlint.dialects.terraform.steps import follow
from lamlint.dialects.tree import tags
from lamlint.dialects.tree.node import Node, ScalarNode, SequenceNode

_SAME = frozenset(
    {"tostring", "tonumber", "tobool", "toset", "tolist", "tomap", "sensitive", "nonsensitive",
     "ephemeralasnull", "jsonencode", "yamlencode", "distinct", "sort", "abspath", "pathexpand",
     "one", "alltrue", "anytrue"}
)  # fmt: skip
"""Functions that give what they are given, as far as it matters here."""


def call(
    name: str, node: SequenceNode, arguments: Sequence[Node], scope: Scope
) -> Iterator[Outcome]:
    """What a call gives."""
    if name in ("one", "alltrue", "anytrue") or name not in _SAME:
        yield from _call(name, node, arguments, scope)
    elif len(arguments) == 1:
        yield from scope.outcomes(arguments[0])
    else:
        yield unread(node, scope, APPLIED)


def _call(
    name: str, node: SequenceNode, arguments: Sequence[Node], scope: Scope
) -> Iterator[Outcome]:
    lazy = _LAZY.get(name)
    if lazy is not None:
        yield from lazy(node, arguments, scope)
        return
    spread = _spread(arguments, scope)
    found = None if spread is None else combined([scope.outcomes(one) for one in spread])
    if found is None:
        yield unread(node, scope, "what it is called with is not known")
        return
    for given, when in found:
        made = _made(name, node, given, scope)
        yield (made if made is not None else _unknown(node, given, scope)).under(when)


def _spread(arguments: Sequence[Node], scope: Scope) -> list[Node] | None:
    """The arguments, with the items of one that is a list of them (`merge(list...)`)."""
    found: list[Node] = []
    for one in arguments:
        if not isinstance(one, SequenceNode) or one.tag != tags.SPREAD:
            found.append(one)
            continue
        listed = scope.outcomes(one.items[0])
        if len(listed) != 1 or not isinstance(listed[0].node, SequenceNode):
            return None
        if not scope.goes_through(listed[0]):
            return None
        found.extend(bound(item, listed[0].scope) for item in listed[0].node.items)
    return found


def _made(name: str, node: SequenceNode, given: Sequence[Outcome], scope: Scope) -> Outcome | None:
    """What one combination of arguments gives; None where it cannot be known."""
    if not scope.goes_through(*given):
        return None
    if name in collections.FUNCTIONS:
        return collections.FUNCTIONS[name](node, given, scope)
    if name in texts.PIECES:
        return texts.PIECES[name](node, given, scope)
    if name in FILES:
        return FILES[name](node, given, scope)
    plain = [one.text for one in given]
    known = [text for text in plain if text is not None]
    function = texts.PLAIN.get(name)
    if function is None or len(known) < len(plain):
        return None
    try:
        text = function(*known)
    except (TypeError, ValueError, OverflowError, IndexError):
        return None  # it is called as it cannot be
    if text is None or not scope.affords(characters=len(text), nodes=1):
        return None
    return text_at(node, text, scope, given)


def _unknown(node: Node, given: Sequence[Outcome], scope: Scope) -> Outcome:
    symbol = next((one.symbol for one in given if one.symbol is not None), None)
    reason = symbol.reason if symbol is not None else "it is not evaluated"
    targets = frozenset(itertools.chain.from_iterable(
        one.symbol.targets for one in given if one.symbol is not None))  # fmt: skip
    return unread(node, scope, reason if not scope.use.budget.refused else TOO_MUCH, targets)


# --- functions that do not need all that they are given


def _try(node: SequenceNode, arguments: Sequence[Node], scope: Scope) -> Iterator[Outcome]:
    """`try`: the first argument that can be evaluated."""
    for number, one in enumerate(arguments):
        found = scope.outcomes(one)
        last = number == len(arguments) - 1
        missing = [each for each in found if each.absent]
        yield from (each for each in found if last or each not in missing)
        if not (missing or _is_open(one, found) or _seeks_unknown(one, scope)):
            return
    if not arguments:
        yield unread(node, scope, APPLIED)


def _coalesce(node: SequenceNode, arguments: Sequence[Node], scope: Scope) -> Iterator[Outcome]:
    """`coalesce`: the first argument that is something."""
    for number, one in enumerate(arguments):
        last = number == len(arguments) - 1
        found = scope.outcomes(one)
        empty = [each for each in found if each.absent or each.text == ""]
        yield from (each for each in found if each not in empty or last)
        if not empty and not _is_open(one, found):
            return
    if not arguments:
        yield unread(node, scope, APPLIED)


def _is_open(argument: Node, found: Sequence[Outcome]) -> bool:
    """Whether an argument is a variable, or lies in one, that may be given any value or none."""
    first = argument.items[0] if isinstance(argument, SequenceNode) and argument.items else argument
    named = isinstance(first, ScalarNode) and first.tag == tags.NAME and first.text == "var"
    return named and any(one.node is None and not one.absent for one in found)


def _seeks_unknown(argument: Node, scope: Scope) -> bool:
    """Whether an argument asks for an item under a key that is not known: it may not be there."""
    if not isinstance(argument, SequenceNode) or argument.tag != tags.GET:
        return False
    keys = (one for one in argument.items[1:] if one.tag and one.tag != tags.SPLAT)
    return any(each.text is None for one in keys for each in scope.outcomes(one))


def _can(node: SequenceNode, arguments: Sequence[Node], scope: Scope) -> Iterator[Outcome]:
    del arguments
    yield unread(node, scope, APPLIED)


def _lookup(node: SequenceNode, arguments: Sequence[Node], scope: Scope) -> Iterator[Outcome]:
    """`lookup(map, key, default)`."""
    if len(arguments) < 2:
        yield unread(node, scope, APPLIED)
        return
    mapping, key, *default = arguments
    held = scope.outcomes(mapping)
    found = list(follow(held, [bound(key, scope)], node, scope))
    yield from (one for one in found if not (one.absent and default))
    missing = any(one.absent for one in found) or _is_open(mapping, held)
    if default and (missing or any(one.text is None for one in scope.outcomes(key))):
        yield from scope.outcomes(default[0])


_LAZY: dict[str, Callable[[SequenceNode, Sequence[Node], Scope], Iterator[Outcome]]] = {
    "try": _try,
    "coalesce": _coalesce,
    "can": _can,
    "lookup": _lookup,
}
