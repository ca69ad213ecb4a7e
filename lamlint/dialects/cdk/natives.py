"""What is known of Python's own functions, and of what can be gone through."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from lamlint.dialects.cdk.objects import (
    Items,
    Keyed,
    Made,
    Member,
    Plain,
    Primitive,
    Thing,
    Unknown,
)
from lamlint.dialects.cdk.operators import shown, truth

Apply: TypeAlias = "Callable[[Made], Thing]"
LONGEST_RANGE = 1_000
"""Longer lists are not gone through."""
_FARTHEST = 1_000_000_000
"""Of what is counted to larger numbers nothing is known."""


def unknown(made: Made) -> Unknown:
    """What a call gives that is not looked into."""
    return Unknown("it is computed", made.at)


def iterated(thing: Thing) -> Sequence[Thing] | None:
    """The items of a thing in order; None where they are not all known."""
    match thing:
        case Items() if thing.whole:
            return thing.values
        case Keyed() if thing.whole:
            return [Plain(name, one.key) for name, one in thing.members.items()]
        case Plain(value=str() as written) if len(written) < LONGEST_RANGE:
            return [Plain(letter, thing.at) for letter in written]
        case _:
            return None


# --- functions of Python


def as_dict(made: Made) -> Keyed:
    """`dict(…)`."""
    found = Keyed(dict[Primitive, Member](made.named.items()), made.at, made.whole)
    for one in made.positional:
        if isinstance(one, Keyed):
            found.members = one.members | found.members
        found.whole = found.whole and isinstance(one, Keyed) and one.whole
    return found


def _list(made: Made) -> Thing:
    if not made.positional:
        return Items([], made.at)
    items = iterated(made.positional[0])
    return Items(list(items), made.at) if items is not None else Items([], made.at, whole=False)


def _range(made: Made) -> Thing:
    given = [one.value for one in made.positional if isinstance(one, Plain)]
    numbers = [one for one in given if isinstance(one, int)]
    if len(numbers) != len(made.positional) or not 1 <= len(numbers) <= 3 or numbers[2:] == [0]:
        return unknown(made)
    if max(map(abs, numbers)) > _FARTHEST:
        return unknown(made)
    counted = range(*numbers)
    if len(counted) > LONGEST_RANGE:
        return unknown(made)
    return Items([Plain(number, made.at) for number in counted], made.at)


def _enumerate(made: Made) -> Thing:
    items = iterated(made.positional[0]) if made.positional else None
    if items is None:
        return unknown(made)
    pairs = [Items([Plain(n, made.at), one], made.at) for n, one in enumerate(items)]
    return Items(list(pairs), made.at)


def _zip(made: Made) -> Thing:
    lists = [iterated(one) for one in made.positional]
    known = [one for one in lists if one is not None]
    if len(known) != len(lists):
        return unknown(made)
    return Items([Items(list(row), made.at) for row in zip(*known, strict=False)], made.at)


def _str(made: Made) -> Thing:
    return shown(made.positional[0]) if made.positional else unknown(made)


def _int(made: Made) -> Thing:
    match made.positional:
        case (Plain(value=str() as written),) if written.strip().isdecimal() and len(written) < 20:
            return Plain(int(written), made.at)
        case (Plain(value=int() | float() as number),):
            return Plain(int(number), made.at) if abs(number) < 1e15 else unknown(made)
        case _:
            return unknown(made)


def _len(made: Made) -> Thing:
    items = iterated(made.positional[0]) if made.positional else None
    return Plain(len(items), made.at) if items is not None else unknown(made)


def _bool(made: Made) -> Thing:
    found = truth(made.positional[0]) if made.positional else None
    return Plain(found, made.at) if found is not None else unknown(made)


def _first(made: Made) -> Thing:
    return made.positional[0] if made.positional else unknown(made)


BUILTINS: Mapping[str, Apply] = {
    "dict": as_dict,
    "list": _list,
    "tuple": _list,
    "set": _list,
    "sorted": _list,
    "reversed": _list,
    "range": _range,
    "enumerate": _enumerate,
    "zip": _zip,
    "str": _str,
    "int": _int,
    "len": _len,
    "bool": _bool,
    "print": unknown,
}
"""Functions that every module has."""
