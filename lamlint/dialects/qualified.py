"""What names a function, with a version or an alias behind it or without."""

from __future__ import annotations

from lamlint.dialects.properties import Properties
from lamlint.dialects.values import targets_of
from lamlint.model import Literal, Parts, Symbol, Value
from lamlint.text.dataclass import replace
from lamlint.text.regex import Regex

_QUALIFIED = Regex(r"(:function:[\w-]{1,140}|\A):[\w$-]{1,128}\Z")


def unqualified(parts: Parts) -> Parts:
    """What names a function, without the version or alias behind it."""
    match parts:
        case (Symbol() as named, Literal(text=":"), Symbol()):
            return (named,)
        case (*before, Literal(text=text)) if found := _QUALIFIED.search(text):
            if not (before or found[1]):
                return parts  # it begins so
            left = text[: found.start()] + found[1]
            return (*before, Literal(left)) if left else tuple(before)
        case _:
            return parts


def invoked(given: Properties, *path: str) -> Value[str]:
    """What the property at a path names that is invoked, also where it is a version of that."""
    value = given.text(*path)
    plain = [one.but(parts=unqualified(one.parts)) for one in given.outcomes(*path)]
    return replace(value, targets=value.targets | targets_of(plain))
