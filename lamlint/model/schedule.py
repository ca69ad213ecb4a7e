"""How often schedules run a function: EventBridge's `rate(…)`, `cron(…)` and `at(…)`.

A cron expression of AWS has six fields: minutes, hours, day of the month, month,
day of the week (1 is Sunday) and year; one of the two day fields is `?`.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import TypeAlias

from lamlint.model.cron_fields import MONTHS, WEEKDAYS, day_fields, named, numbers
from lamlint.model.value import UNTOLD
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

_WRITTEN = Regex(r"\s*(rate|cron|at)\s*\(([^()]*)\)\s*\Z")
_RATE = Regex(r"\s*([1-9]\d{0,8})\s+(minute|hour|day)s?\s*\Z")
_ONCE = Regex(r"\s*\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\s*\Z")
_RATE_OF = Regex(r"\s*rate\s*\(\s*\$\{\?\}\s+(?:hour|day)s?\s*\)\s*")
_CRON_OF = Regex(r"\s*cron\s*\(([^()]*)\)\s*")
_MINUTE = Regex(r"\d{1,2}")
_MINUTES = {"minute": 1, "hour": 60, "day": 24 * 60}
_A_DAY = 24 * 60

_LONGEST = 256

_FIRST = date(2024, 1, 1)
_DAYS = 8 * 365 + 2
"""Eight years, two of them leap years: whatever a calendar repeats, it repeats in them."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Once in so many minutes, from when the schedule was made."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Once:
    """At one moment, and never again."""


@dataclass(frozen=True, slots=True)
class Cron:
    """On some days, at some times: minutes of the day, in order."""

    times: tuple[int, ...]
    months: frozenset[int]
    days: str
    weekdays: str

    def runs_on(self, day: date) -> bool:
        """Whether it runs on a day; its years do not count."""
        if day.month not in self.months:
            return False
        if self.days != "?":
            return any(_is_day(part, day) for part in self.days.split(","))
        return any(_is_weekday(part, day) for part in self.weekdays.split(","))


Schedule: TypeAlias = "Rate | Once | Cron"


def schedule(expression: str) -> Schedule | None:
    """What an expression means; None for one that EventBridge does not take."""
    written = _WRITTEN.match(expression) if len(expression) <= _LONGEST else None
    if written is None:
        return None
    kind, inner = written.groups()
    if kind == "at":
        return Once() if _ONCE.match(inner) else None
    if kind == "cron":
        return _cron(inner.upper().split())
    rate = _RATE.match(inner)
    return Rate(int(rate[1]) * _MINUTES[rate[2]]) if rate else None


def most_frequent(expression: str) -> str:
    """Of an expression in which a part is not known, the one that runs as often as any it may be.

    A rate of hours or days is one of an hour; a field of a cron expression is any of its numbers.
    Any other expression is given as it is.
    """
    if UNTOLD not in expression or len(expression) > _LONGEST:
        return expression
    if _RATE_OF.fullmatch(expression):
        return "rate(1 hour)"
    cron = _CRON_OF.fullmatch(expression)
    fields = cron[1].split() if cron else []
    if len(fields) == 6:
        return f"cron({' '.join(_any_of_unknown(fields))})"
    hourly = len(fields) > 1 and _MINUTE.fullmatch(fields[0])
    return f"cron({fields[0]} * * * ? *)" if hourly else expression


def _any_of_unknown(fields: Sequence[str]) -> Sequence[str]:
    """The fields of a cron expression, with all numbers in the place of what is not known."""
    minutes, hours, days, months, weekdays, years = (
        "*" if UNTOLD in field else field for field in fields
    )
    if UNTOLD in fields[2]:  # one of the two is `?`, and the unknown one may be that
        days, weekdays = ("?", weekdays) if weekdays not in ("?", "*") else ("*", "?")
    elif UNTOLD in fields[4]:
        days, weekdays = (days, "?") if days not in ("?", "*") else ("*", "?")
    return minutes, hours, days, months, weekdays, years


@dataclass(frozen=True, slots=True)
class Pace:
    """How all runs of some schedules follow each other.

    Where it is not known how two schedules meet, that is between two bounds.
    """

    gap: timedelta
    """The shortest time between two of them; they may come that close."""
    soon: float
    """How many runs a day, on average, come sooner after the last than was asked for, at most."""
    surely_gap: timedelta
    """The time within which two of them surely come."""
    surely_soon: float
    """How many surely come sooner than was asked for."""


def pace(expressions: Collection[str], kept: timedelta) -> Pace | None:
    """How runs of all schedules together follow each other; None when one is not known.

    Where a rate stands beside another schedule, their runs may meet: no time at all.
    What runs once or never has no gap. Runs count as soon that come within `kept`.
    """
    found = [schedule(expression) for expression in expressions]
    repeated = [one for one in found if isinstance(one, Rate | Cron)]
    if any(one is None for one in found):
        return None
    crons = tuple(one for one in repeated if isinstance(one, Cron))
    rates = [one for one in repeated if isinstance(one, Rate)]
    alone = [_of_rate(one, kept) for one in rates]
    if crons or not rates:
        alone.append(_between(_of_days(crons), kept))
    return alone[0] if len(alone) == 1 else _meeting(alone, repeated, kept)


def _meeting(alone: Sequence[Pace], repeated: Sequence[Rate | Cron], kept: timedelta) -> Pace:
    """The pace of schedules of which it is not known how their runs meet.

    However they do, a day has no room for more runs that are further apart than was asked for.
    """
    runs = sorted(map(_runs_a_day, repeated))
    fits = timedelta(days=1) / kept if kept else math.inf
    each = sum(one.soon for one in alone)
    return Pace(
        timedelta(),
        each + 2 * sum(runs[:-1]),  # it, and the next
        min(*(one.gap for one in alone), timedelta(days=min(_DAYS, 1 / sum(runs)))),
        max(each, sum(runs) - fits),
    )


def _of_rate(rate: Rate, kept: timedelta) -> Pace:
    gap = timedelta(minutes=rate.minutes)
    soon = timedelta(days=1) / gap if gap < kept else 0
    return Pace(gap, soon, gap, soon)


def _runs_a_day(one: Rate | Cron) -> float:
    """How often a schedule runs on a day, on average."""
    if isinstance(one, Rate):
        return _A_DAY / one.minutes
    days = (_FIRST + timedelta(days=number) for number in range(_DAYS))
    return len(one.times) * sum(one.runs_on(day) for day in days) / _DAYS


def _of_days(crons: Sequence[Cron]) -> tuple[Cron, ...]:
    """The same runs, by fewer: one for all that run on the same days."""
    times: dict[tuple[frozenset[int], str, str], list[int]] = {}
    for one in crons:
        times.setdefault((one.months, one.days, one.weekdays), []).extend(one.times)
    return tuple(Cron(tuple(sorted(each)), *days) for days, each in times.items())


@lru_cache(maxsize=64)
def _between(crons: tuple[Cron, ...], kept: timedelta) -> Pace:
    """How runs follow each other over the days of some years; many functions run on the same."""
    known: dict[tuple[int, ...], tuple[int, int, int, int]] = {}
    most = kept // timedelta(minutes=1)
    least, last, soon = _DAYS * _A_DAY, None, 0
    for number in range(-1, _DAYS):  # the day before them only says what came last
        day = _FIRST + timedelta(days=number)
        running = tuple(place for place, cron in enumerate(crons) if cron.runs_on(day))
        if not running:
            continue
        if running not in known:
            times = sorted(t for place in running for t in crons[place].times)
            known[running] = _of_a_day(times, most)
        first, inside, end, within = known[running]
        if number < 0:
            last = number * _A_DAY + end
            continue
        before = least if last is None else number * _A_DAY + first - last
        least, last = min(least, inside, before), number * _A_DAY + end
        soon += within + (before < most)
    gap, often = timedelta(minutes=least), soon / _DAYS
    return Pace(gap, often, gap, often)


def _of_a_day(times: Sequence[int], most: int) -> tuple[int, int, int, int]:
    """The first run of a day, the shortest time between two, the last, and how many come soon."""
    gaps = [after - before for before, after in itertools.pairwise(times)]
    soon = sum(gap < most for gap in gaps)
    return times[0], min(gaps, default=_DAYS * _A_DAY), times[-1], soon


def _cron(fields: Sequence[str]) -> Cron | None:
    if len(fields) != 6:
        return None
    minutes, hours, months, years = (
        numbers(fields[0], 0, 59),
        numbers(fields[1], 0, 23),
        numbers(named(fields[3], MONTHS), 1, 12),
        numbers(fields[5], 1970, 2199),
    )
    days, weekdays = fields[2], named(fields[4], WEEKDAYS)
    if not (minutes and hours and months and years) or not day_fields(days, weekdays):
        return None
    times = tuple(sorted(hour * 60 + minute for hour in hours for minute in minutes))
    return Cron(times, frozenset(months), days, weekdays)


def _is_day(part: str, day: date) -> bool:
    """Whether a part of the field for days of the month holds a day: `1`, `L`, `15W`."""
    last = _last_of_month(day)
    if part == "L":
        return day.day == last
    if part == "LW":
        return day == _weekday_near(day.replace(day=last))
    if part.endswith("W"):
        number = int(part[:-1])
        return number <= last and day == _weekday_near(day.replace(day=number))
    return day.day in (numbers(part, 1, 31) or ())


def _is_weekday(part: str, day: date) -> bool:
    """Whether a part of the field for days of the week holds a day: `2-6`, `6L`, `3#2`."""
    number = day.isoweekday() % 7 + 1
    if part == "L":
        return number == 7
    if part.endswith("L"):
        return number == int(part[:-1]) and day.day > _last_of_month(day) - 7
    if "#" in part:
        return part == f"{number}#{(day.day - 1) // 7 + 1}"
    return number in (numbers(part, 1, 7) or ())


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
