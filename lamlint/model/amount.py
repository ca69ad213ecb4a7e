"""A number of the configuration as it is written, compared with what Lambda accepts."""

from __future__ import annotations

from typing import TypeAlias

from lamlint.catalog.quotas import Range
from lamlint.text.regex import Regex

Scalar: TypeAlias = "str | int | float | bool"
"""A configuration scalar as written; rules decide whether it is acceptable."""

_WHOLE = Regex(r"[+-]?\d+(?:\.0*)?")
_BEGINS_AS_NUMBER = Regex(r"[+-]?\d[\w.]*")
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

    A text that does not begin as a number may be a placeholder that something
    replaces before the deployment.
    """
    whole = whole_number(written)
    if whole is not None:
        return not limits.least <= whole <= limits.most
    return not isinstance(written, str) or _BEGINS_AS_NUMBER.fullmatch(written.strip()) is not None


def amount(written: Scalar) -> float | None:
    """The number that is written, broken ones included; None where it is none."""
    if isinstance(written, float) and abs(written) < _LARGE:
        return written
    return whole_number(written)


def shown(written: Scalar, unit: str) -> str:
    """What is written, for a message: a number with its unit."""
    if isinstance(written, bool):
        return str(written).lower()
    whole = whole_number(written)
    if whole is not None:
        return f"{whole:,} {unit}".rstrip()
    return f"{written!r}" if isinstance(written, str) else f"{written} {unit}".rstrip()
