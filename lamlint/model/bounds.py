"""Which range holds for a function, and what is certainly outside of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from lamlint.catalog.quotas import Quota, Range
from lamlint.model.function import Function, Scalar
from lamlint.model.value import Choice, Value
from lamlint.text import Severity
from lamlint.text.regex import Regex

_WHOLE = Regex(r"[+-]?\d+(?:\.0*)?")
_BEGINS_AS_NUMBER = Regex(r"[+-]?\d[\w.]*")

_LARGE = 1e15


@dataclass(frozen=True)
class Refused:
    """Choices of a value that Lambda certainly refuses, and the range that holds for them."""

    value: Value[Scalar]
    limits: Range
    always: bool
    """Whether every choice is refused; else the deployment fails only in some cases."""

    @property
    def severity(self) -> Severity | None:
        """That of the rule where every deployment fails, and a warning where some do."""
        return None if self.always else Severity.WARNING

    def said(self, what: str, unit: str) -> str:
        """What is written, and what comes of it, as the first half of a message."""
        written = shown(self.value, unit)
        if self.always:
            return f"{what} is {written}, so the deployment fails"
        return f"{what} is {written} in some deployments, which fail"


def refused(function: Function, value: Value[Scalar], quota: Quota) -> Iterator[Refused]:
    """What Lambda refuses of a property's choices, each judged by what holds where it is made."""
    choices = [choice for choice in value.choices if choice.possible]
    found: dict[Range, list[Choice[Scalar]]] = {}
    for choice in choices:
        limits = bounds(function, quota, choice)
        if is_refused(choice.value, limits):
            found.setdefault(limits, []).append(choice)
    always = sum(map(len, found.values())) == len(choices)
    for limits, those in found.items():
        yield Refused(dataclasses.replace(value, choices=tuple(those)), limits, always)


def bounds(function: Function, quota: Quota, choice: Choice[Scalar]) -> Range:
    """The range that holds for a function where a property is a choice.

    It is the widest that may, where that is not known.
    """
    may = [quota.edge if function.edge.where(choice).is_in([True]) else quota.function]
    if not function.managed_instances.where(choice).is_in([False]):
        may.append(quota.managed_instances)
    if not function.accelerated.where(choice).is_in([False]):
        may.append(quota.accelerated)
    return Range(min(one.least for one in may), max(one.most for one in may))


def number(written: Scalar) -> int | None:
    """The whole number that CloudFormation makes of what is written, texts included."""
    if isinstance(written, bool):
        return None
    if isinstance(written, str):
        written = written.strip()
        return int(float(written)) if _WHOLE.fullmatch(written) and len(written) < 16 else None
    return int(written) if written == written // 1 and abs(written) < _LARGE else None


def is_refused(written: Scalar, limits: Range) -> bool:
    """Whether Lambda certainly refuses what is written.

    A text that does not begin as a number may be a placeholder that something
    replaces before the deployment.
    """
    whole = number(written)
    if whole is not None:
        return not limits.least <= whole <= limits.most
    return not isinstance(written, str) or _BEGINS_AS_NUMBER.fullmatch(written.strip()) is not None


def over(value: Value[Scalar], limits: Range) -> bool:
    """Whether every choice is a whole number beyond the range's end."""
    return value.all(lambda written: (number(written) or 0) > limits.most)


def nearest(value: Value[Scalar], limits: Range) -> int | None:
    """The accepted number nearest to what is written; None where that is not one number."""
    amounts = {_amount(choice.value) for choice in value.choices}
    amount = amounts.pop() if len(amounts) == 1 else None
    return None if amount is None else limits.nearest(amount)


def _amount(written: Scalar) -> float | None:
    if isinstance(written, float) and abs(written) < _LARGE:
        return written
    return number(written)


def shown(value: Value[Scalar], unit: str) -> str:
    """What is written, for a message: numbers with their unit; several choices with "or"."""
    return " or ".join(dict.fromkeys(_shown(choice.value, unit) for choice in value.choices))


def _shown(written: Scalar, unit: str) -> str:
    if isinstance(written, bool):
        return str(written).lower()
    whole = number(written)
    if whole is not None:
        return f"{whole:,} {unit}"
    return f"{written!r}" if isinstance(written, str) else f"{written} {unit}"
