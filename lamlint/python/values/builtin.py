"""What methods of texts and builtin functions make of what is known."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lamlint.python.values.kinds import UNKNOWN, Kind, Many, Values, elements, truth

_METHODS: Mapping[str, Callable[..., Any]] = {
    "lower": str.lower, "upper": str.upper, "strip": str.strip, "casefold": str.casefold,
    "lstrip": str.lstrip, "rstrip": str.rstrip, "title": str.title, "capitalize": str.capitalize,
    "removeprefix": str.removeprefix, "removesuffix": str.removesuffix,
    "startswith": str.startswith, "endswith": str.endswith, "isdigit": str.isdigit,
    "split": str.split,
}  # fmt: skip
_HOLDING = frozenset({"list", "tuple", "set", "frozenset", "sorted"})
BUILTINS = frozenset({"bool", "str", "int"}) | _HOLDING
_LONGEST = 1_000
"""Of longer texts nothing is made."""
_DIGITS = 18


def is_method(name: str) -> bool:
    """Whether a method of texts is known, by its name."""
    return name in _METHODS


def method(name: str, of: Values, given: Sequence[Values]) -> Values:
    """What a method of a text gives."""
    found: set[object] = set()
    for text, *arguments in itertools.product(of, *given):
        plain = all(isinstance(one, str) and len(one) <= _LONGEST for one in (text, *arguments))
        if not plain or (name == "split" and "" in arguments) or len(arguments) > 1:
            return UNKNOWN
        made = _METHODS[name](text, *arguments)
        if isinstance(made, list):
            parts = frozenset[object](made)
            made = Many(parts, parts, some=bool(parts))
        found.add(made)
    return frozenset(found)


def builtin(name: str, of: Values) -> Values:
    """What a builtin function gives of one argument."""
    return frozenset(_made(name, one) for one in of)


def _made(name: str, one: object) -> object:
    if name == "bool":
        is_true = truth(one)
        return Kind.UNKNOWN if is_true is None else is_true
    if name == "str":
        return one if isinstance(one, str) or one is Kind.TEXT else Kind.UNKNOWN
    if name == "int":
        digits = one.strip() if isinstance(one, str) else ""
        plain = digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS
        return int(digits) if plain else (one if type(one) is int else Kind.UNKNOWN)
    return (
        one
        if isinstance(one, Many)
        else (Kind.EMPTY if one is Kind.EMPTY or one == () else Kind.UNKNOWN)
    )


def together(one: object, added: Values) -> object:
    """A list or set to which something may have been added."""
    held = frozenset([one])
    if isinstance(one, Many):
        return Many(one.may | added, one.must, one.some)
    return Many(elements(held) | added, frozenset(), some=False)
