"""What an expression may be: constants, and kinds of what is none."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from lamlint.text.dataclass import dataclass

Values = frozenset[object]
"""All that an expression may be."""
_MOST = 64
"""Of what may be more than that, nothing is known."""


class Kind(Enum):
    """What a value is of which no more is known."""

    UNKNOWN = "unknown"
    THERE = "there"
    """Something that is true, and not None."""
    EMPTY = "empty"
    """A list, dict or set with nothing in it."""
    TEXT = "text"
    """A text, which may be empty."""

    __hash__ = object.__hash__  # there is one of each; that of enumerations takes far longer


@dataclass(frozen=True, slots=True)
class Many:
    """A list, tuple, set or dict: what may be in it, what surely is, and whether anything is."""

    may: Values
    must: Values
    some: bool


UNKNOWN: Values = frozenset([Kind.UNKNOWN])
EITHER: Values = frozenset([Kind.UNKNOWN, Kind.TEXT])
"""Kinds of what may be true, and may not."""
OPPOSITE = {True: False, False: True, None: None}
_KINDS = (Kind, Many)


def union(found: Iterable[Values]) -> Values:
    """All that one of several is; unknown when there is none, or too much."""
    whole = frozenset[object]().union(*found)
    return whole if 0 < len(whole) <= _MOST else UNKNOWN


def truth(value: object) -> bool | None:
    """Whether a value is true; None when that is not known."""
    if isinstance(value, Many):
        return True if value.some else (None if value.may else False)
    if isinstance(value, Kind):
        return None if value in EITHER else value is Kind.THERE
    return bool(value)


def agreed(answers: Iterable[bool | None]) -> bool | None:
    """What all answers are; None where they differ, or there is none."""
    found = {*answers}
    return found.pop() if len(found) == 1 else None


def same(left: Values, right: Values) -> bool | None:
    """Whether two values are always the same, or never; what there is, is not None."""
    return agreed(_is_same(one, other) for one in left for other in right)


def _is_same(one: object, other: object) -> bool | None:
    if Kind.UNKNOWN in (one, other):
        return None
    if isinstance(one, _KINDS) or isinstance(other, _KINDS):
        if Kind.THERE in (one, other) and False in (truth(one), truth(other)):
            return False
        return False if None in (one, other) or _is_text_and_none(one, other) else None
    return one == other


def _is_text_and_none(one: object, other: object) -> bool:
    """Whether one of two values is a text and the other is none: `os.environ["X"] is True`."""
    return any(
        here is Kind.TEXT and not isinstance(there, (str, *_KINDS))
        for here, there in ((one, other), (other, one))
    )


def among(element: Values, held: Values) -> bool | None:
    """Whether a value is always in another one, or never."""
    return agreed(_is_among(one, whole) for one in element for whole in held)


def _is_among(one: object, whole: object) -> bool | None:
    if whole is Kind.EMPTY or whole == ():
        return False
    if isinstance(one, _KINDS):
        return None
    if isinstance(whole, Many):
        if one in whole.must:
            return True
        return False if same(frozenset([one]), whole.may) is False or not whole.may else None
    if isinstance(one, str) and isinstance(whole, str):
        return one in whole
    return None


def elements(values: Values) -> Values:
    """What an element of a value may be; nothing where it has none."""
    found: set[object] = set()
    for one in values:
        if isinstance(one, Many):
            found |= one.may
        elif one is not Kind.EMPTY and one != ():
            return UNKNOWN
    return frozenset(found)
