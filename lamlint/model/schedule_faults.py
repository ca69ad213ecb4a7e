"""Why EventBridge refuses a schedule, and what was probably meant."""

from __future__ import annotations

from collections.abc import Sequence

from lamlint.model.cron_fields import MONTHS, WEEKDAYS, day_fields, named, numbers
from lamlint.model.schedule import schedule
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

_CALL = Regex(r"\s*(\w+)\s*\((.*)\)\s*\Z")
_RATE = Regex(r"\s*(\S+)\s+(\w+)\s*\Z")
_COUNT = Regex(r"[0-9]{1,9}\Z")
_UNITS = ("minute", "hour", "day")
_FILLED_IN = ("${", "{{", "<", "%")
"""What something else may put a value in place of before the deployment."""
_LONGEST = 256


@dataclass(frozen=True)
class Fault:
    """What is wrong with a schedule, and the one that was probably meant, if that is known."""

    reason: str
    better: str = ""


def fault(expression: str, *, scheduler: bool) -> Fault | None:
    """What is wrong with an expression; None where nothing is, or that cannot be told.

    One that is empty is none yet: something else gives it, or leaves its schedule out.

    `scheduler`: it is for EventBridge Scheduler, which also takes `at(…)`.
    """
    if not expression.strip() or any(mark in expression for mark in _FILLED_IN):
        return None
    if len(expression) > _LONGEST:
        return Fault(f"has more than {_LONGEST} characters")
    call = _CALL.match(expression)
    if call is None or call[1] not in _READERS:
        also = ", or at()" if scheduler else ""
        return Fault(f"is neither rate() nor cron(){also}")
    if call[1] == "at":
        return _at(expression, scheduler=scheduler)
    return _rate(call[2], scheduler=scheduler) if call[1] == "rate" else _cron(call[2])


_READERS = ("rate", "cron", "at")


def _at(expression: str, *, scheduler: bool) -> Fault | None:
    if not scheduler:
        return Fault("is for EventBridge Scheduler, and rules have no at()")
    right = schedule(expression) is not None
    return None if right else Fault("has no time like 2030-12-31T23:59:59")


def _rate(inner: str, *, scheduler: bool) -> Fault | None:
    found = _RATE.match(inner)
    if found is None:
        return Fault("is not a number and a unit")
    count, unit = found.groups()
    single = unit.removesuffix("s")
    if not _COUNT.match(count) or int(count) < 1:
        return Fault("has no whole number of at least 1 before its unit")
    if single not in _UNITS:
        return Fault(f"counts in {unit}, and there are only minutes, hours and days")
    wanted = single if int(count) == 1 else f"{single}s"
    if unit == wanted or scheduler:
        return None
    return Fault(f"has {unit} for a count of {int(count):,}", f"rate({count} {wanted})")


def _cron(inner: str) -> Fault | None:
    fields = inner.upper().split()
    if len(fields) != 6:
        return Fault(f"has {len(fields)} fields instead of 6", _with_year(inner.split()))
    days, weekdays = fields[2], fields[4]
    if days != "?" and weekdays != "?":
        reason = "says both the day of the month and that of the week"
        return Fault(reason, _one_day(inner.split()))
    if days == weekdays:
        return Fault("says neither the day of the month nor that of the week")
    wrong = _wrong_field(fields)
    return Fault(f"cannot have {wrong}") if wrong else None


def _with_year(fields: Sequence[str]) -> str:
    """A cron expression of other systems as AWS has it; empty where its days are counted."""
    if len(fields) != 5 or fields[4] != "*":
        return ""
    minutes, hours, days, months, _ = fields
    return _right(f"cron({minutes} {hours} {days} {months} ? *)")


def _one_day(fields: Sequence[str]) -> str:
    """The expression with `?` for the day that says nothing."""
    changed = list(fields)
    for place in (4, 2):
        if changed[place] == "*":
            changed[place] = "?"
            return _right(f"cron({' '.join(changed)})")
    return ""


def _right(expression: str) -> str:
    return expression if schedule(expression) is not None else ""


def _wrong_field(fields: Sequence[str]) -> str:
    """The first field that is out of its range, and what it is of; empty where none is."""
    minutes, hours, days, months, weekdays, years = fields
    ranged = (
        (minutes, minutes, 0, 59, "minutes"),
        (hours, hours, 0, 23, "hours"),
        (months, named(months, MONTHS), 1, 12, "months"),
        (years, years, 1970, 2199, "years"),
    )
    for written, field, least, most, what in ranged:
        if not numbers(field, least, most):
            return f"{written} for the {what}"
    if "L-" in days or day_fields(days, named(weekdays, WEEKDAYS)):
        return ""
    return f"{days} for the days of the month" if days != "?" else f"{weekdays} for the weekdays"
