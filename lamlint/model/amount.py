"""A number of the configuration as it is written, compared with what Lambda accepts."""

from __future__ import annotations

import re
from typing import TypeAlias

from lamlint.catalog.quotas import Range
from lamlint.text.regex import Regex

Scalar: TypeAlias = "str | int | float | bool"
"""A configuration scalar as written; rules decide whether it is acceptable."""


class Listed(str):
    """A list as it is written in the place of a number, which it never is."""

    __slots__ = ()


_WHOLE = Regex(r"[+-]?\d+(?:\.0*)?")
_BEGINS_AS_NUMBER = Regex(r"[+-]?\d[\w.,]{0,60}(?:[ \t]{1,4}[A-Za-z]{1,20}\.?)?")
"""A number with a unit, whatever that is: `128MB`, `1 GB`, `5 minutes`."""
_DURATION = Regex(r"P(?=[\dT])(?:\d+[YMWD])*(?:T(?:\d+[HMS])+)?")
"""A duration of ISO 8601: `PT5M`."""
_WORDS = Regex(r"[A-Z]?[a-z]+(?:[ \t]+[a-z]+)*")
_OF_A_PLACEHOLDER = Regex(
    r"place|holder|replace|change|fill|todo|fixme|insert|template|your|value|timeout|memory|size"
    r"|second|function|lambda|here|me\b",
    re.IGNORECASE,
)
"""What somebody names so that it is filled in, or by what is filled in there."""
_LARGE = 1e15


def whole_number(written: Scalar) -> int | None:
    """The whole number that CloudFormation makes of what is written, texts included."""
    if isinstance(written, bool):
        return None
    if isinstance(written, str):
        written = written.strip()
        return int(float(written)) if _WHOLE.fullmatch(written) and len(written) < 16 else None
    return int(written) if written == written // 1 and abs(written) < _LARGE else None


def refused(written: Scalar, limits: Range) -> bool:
    """Whether Lambda certainly refuses what is written.

    A text may be a placeholder that something replaces before the deployment. None are a
    number with a unit, a duration, and plain words that name nothing to fill in.
    """
    whole = whole_number(written)
    if whole is not None:
        return not limits.least <= whole <= limits.most
    if isinstance(written, Listed):
        return True
    return not isinstance(written, str) or _surely_none(written.strip())


def _surely_none(written: str) -> bool:
    """Whether a text is no number, and no placeholder for one."""
    if any(form.fullmatch(written) for form in (_BEGINS_AS_NUMBER, _DURATION)):
        return True
    words = _WORDS.fullmatch(written) is not None
    return words and _OF_A_PLACEHOLDER.search(written) is None


def amount(written: Scalar) -> float | None:
    """The number that is written, broken ones included; None where it is none."""
    if isinstance(written, float) and abs(written) < _LARGE:
        return written
    return whole_number(written)


def with_unit(written: object, unit: str) -> str:
    """What is written, with a unit where it is a number."""
    number = isinstance(written, (str, int, float)) and amount(written) is not None
    return f"{written} {unit}" if number else str(written)


def shown(written: Scalar, unit: str) -> str:
    """What is written, for a message: a number with its unit."""
    if isinstance(written, bool):
        return str(written).lower()
    whole = whole_number(written)
    if whole is not None:
        return f"{whole:,} {unit}".rstrip()
    return f"{written!r}" if isinstance(written, str) else f"{written} {unit}".rstrip()
