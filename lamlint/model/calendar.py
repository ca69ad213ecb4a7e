"""On which days a cron expression of AWS runs: a bit for each day of some years.

However many schedules there are, the days are gone through once for each thing that a part of
a field may say.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta
from functools import cache, reduce
from operator import or_

from lamlint.model.cron_fields import numbers

_FIRST = date(2024, 1, 1)
DAYS = 8 * 365 + 2
"""Eight years, two of them leap years: whatever a calendar repeats, it repeats in them."""


def running(months: Collection[int], days: str, weekdays: str) -> int:
    """The days on which an expression runs, and the one before them as the lowest bit.

    Its years do not count.
    """
    parts = (
        map(_days_of_month, days.split(",")) if days != "?" else map(_weekdays, weekdays.split(","))
    )
    return _any(map(_month, months)) & _any(parts)


def _days_of_month(part: str) -> int:
    """The days for a part of the field for days of the month: `1`, `2-6`, `L`, `15W`."""
    if part == "L":
        return _last()
    if part == "LW":
        return _near_last()
    if part.endswith("W"):
        return _near(int(part[:-1]))
    return _any(map(_day, numbers(part, 1, 31) or ()))


def _weekdays(part: str) -> int:
    """The days for a part of the field for days of the week: `2-6`, `L`, `6L`, `3#2`."""
    if part == "L":
        return _weekday(7)
    if part.endswith("L"):
        return _weekday(int(part[:-1])) & _last_week()
    if "#" in part:
        number, _, week = part.partition("#")
        return _weekday(int(number)) & _week(int(week))
    return _any(map(_weekday, numbers(part, 1, 7) or ()))


def _any(each: Iterable[int]) -> int:
    return reduce(or_, each, 0)


def _where(is_one: Callable[[date], bool]) -> int:
    days = (_FIRST + timedelta(days=number) for number in range(-1, DAYS))
    return _any(1 << place for place, day in enumerate(days) if is_one(day))


@cache
def _month(number: int) -> int:
    return _where(lambda day: day.month == number)


@cache
def _day(number: int) -> int:
    return _where(lambda day: day.day == number)


@cache
def _weekday(number: int) -> int:
    return _where(lambda day: day.isoweekday() % 7 + 1 == number)


@cache
def _week(number: int) -> int:
    return _where(lambda day: (day.day - 1) // 7 + 1 == number)


@cache
def _last() -> int:
    return _where(lambda day: day.day == _last_of_month(day))


@cache
def _last_week() -> int:
    return _where(lambda day: day.day > _last_of_month(day) - 7)


@cache
def _near_last() -> int:
    return _where(lambda day: day == _weekday_near(day.replace(day=_last_of_month(day))))


@cache
def _near(number: int) -> int:
    return _where(
        lambda day: number <= _last_of_month(day) and day == _weekday_near(day.replace(day=number))
    )


def _weekday_near(day: date) -> date:
    """The day from Monday to Friday that is nearest to one, in the same month."""
    for distance in (0, -1, 1, -2, 2):
        near = day + timedelta(days=distance)
        if near.month == day.month and near.isoweekday() <= 5:
            return near
    return day


def _last_of_month(day: date) -> int:
    following = day.replace(day=28) + timedelta(days=4)
    return (following - timedelta(days=following.day)).day
