"""Names that are known in part: whether two of them may be one.

A text has `UNTOLD` in the place of each part of it that is not known, in code as in templates.
"""

from __future__ import annotations

from itertools import product

from lamlint.model import UNTOLD, Function, Literal, Part, Parts, Variable, fits
from lamlint.text.regex import Regex

_MOST = 40
"""As many texts are put together of what the variables in one may be."""
_TELLING = Regex(r"[A-Za-z0-9]{2}")
_OF_AN_ARN = ":function:"


def spellings(parts: Parts, caller: Function) -> tuple[str, ...]:
    """What a text of the code may be that names a function, run as another one.

    Of an ARN it is the name in it; none where nothing is known that tells one from another.
    """
    each = [_each(part, caller) for part in parts]
    count = 1
    for one in each:
        count *= len(one)
    chosen = product(*each) if count <= _MOST else [tuple(map(_as_written, parts))]
    names = (_name("".join(one)) for one in chosen)
    return tuple(dict.fromkeys(filter(tells, names)))


def names_of(function: Function) -> tuple[str, ...]:
    """What a function may be called, as far as its template tells."""
    name = function.physical_name
    return tuple(filter(tells, (one.value for one in (*name.choices, *name.partly))))


def tells(name: str) -> bool:
    """Whether what is known of a name tells one function from another."""
    return any(_TELLING.search(part) for part in name.split(UNTOLD))


def may_be(one: str, other: str) -> bool:
    """Whether two names may be the same, whatever the parts are that are not known."""
    here, there = one.split(UNTOLD), other.split(UNTOLD)
    if len(here) == 1:
        return one == other if len(there) == 1 else fits(one, there)
    if len(there) == 1:
        return fits(other, here)
    return _begin_alike(here[0], there[0]) and _begin_alike(here[-1][::-1], there[-1][::-1])


def surely_is(one: str, other: str) -> bool:
    """Whether two names that may be the same have the same parts, or one has them all."""
    known = UNTOLD not in one or UNTOLD not in other
    return known or _merged(one) == _merged(other)


def _begin_alike(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _merged(name: str) -> tuple[str, ...]:
    first, *inner, last = name.split(UNTOLD)
    return first, *filter(None, inner), last


def _name(text: str) -> str:
    """The name in an ARN, or ahead of a qualifier; nothing of an ARN that is cut elsewhere."""
    _, found, behind = text.partition(_OF_AN_ARN)
    if found:
        return behind.partition(":")[0]
    return "" if text.startswith("arn:") else text.partition(":")[0]


def _each(part: Part, caller: Function) -> tuple[str, ...]:
    """What a part may be: of a variable, what the function has in it."""
    if isinstance(part, Literal):
        return (part.text,)
    given = part.taken_from
    value = caller.environment.variables.get(given.name) if isinstance(given, Variable) else None
    known = () if value is None else (*value.ever, *value.partly)
    return tuple(dict.fromkeys(one.value for one in known)) or (UNTOLD,)


def _as_written(part: Part) -> str:
    return part.text if isinstance(part, Literal) else UNTOLD
