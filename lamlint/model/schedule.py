"""How often schedules run a function: EventBridge's `rate(…)`, `cron(…)` and `at(…)`.

A cron expression of AWS has six fields: minutes, hours, day of the month, month,
day of the week (1 is Sunday) and year; one of the two day fields is `?`.
"""

from __future__ import annotations

import itertools
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
_CRON_OF = Regex(r"\s*cron\s*\(\s*(\d{1,2})\s[^()]*\)\s*")
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

    A rate of hours or days is one of an hour; cron at one minute runs each hour. Any other
    expression is given as it is.
    """
    if UNTOLD not in expression or len(expression) > _LONGEST:
        return expression
    if _RATE_OF.fullmatch(expression):
        return "rate(1 hour)"
    cron = _CRON_OF.fullmatch(expression)
    return f"cron({cron[1]} * * * ? *)" if cron else expression


@dataclass(frozen=True, slots=True)
class Pace:
    """How all runs of some schedules follow each other."""

    gap: timedelta
    """The shortest time between two of them."""
    soon: float
    """How many runs a day, on average, come sooner after the last than was asked for; at most
    that many, where it is not known how they meet."""


def pace(expressions: Collection[str], kept: timedelta) -> Pace | None:
    """How runs of all schedules together follow each other; None when one is not known.

    Where a rate stands beside another schedule, their runs may meet: no time at all.
    What runs once or never has no gap. Runs count as soon that come within `kept`.
    """
    found = [schedule(expression) for expression in expressions]
    repeated = [one for one in found if isinstance(one, Rate | Cron)]
    if any(one is None for one in found):
        return None
    if len(repeated) == 1 or not any(isinstance(one, Rate) for one in repeated):
        return _alone(repeated, kept)
    each = sorted((_runs_a_day(one), _alone([one], kept).soon) for one in repeated)
    meeting = sum(runs for runs, _ in each[:-1])
    return Pace(timedelta(), sum(soon for _, soon in each) + 2 * meeting)  # it, and the next


def smallest_gap(expressions: Collection[str]) -> timedelta | None:
    """The shortest time between two runs of all schedules together; None when one is not known."""
    found = pace(expressions, timedelta())
    return found.gap if found is not None else None


def _alone(schedules: Sequence[Rate | Cron], kept: timedelta) -> Pace:
    """The pace of one schedule, or of several of which it is known when they run."""
    crons = [one for one in schedules if isinstance(one, Cron)]
    if len(crons) == len(schedules):
        return _between(tuple(crons), kept)
    gap = timedelta(minutes=min(one.minutes for one in schedules if isinstance(one, Rate)))
    return Pace(gap, timedelta(days=1) / gap if gap < kept else 0)


def _runs_a_day(one: Rate | Cron) -> float:
    """How often a schedule runs on a day, on average."""
    if isinstance(one, Rate):
        return _A_DAY / one.minutes
    days = (_FIRST + timedelta(days=number) for number in range(_DAYS))
    return len(one.times) * sum(one.runs_on(day) for day in days) / _DAYS


@lru_cache(maxsize=64)
def _between(crons: tuple[Cron, ...], kept: timedelta) -> Pace:
    """How runs follow each other over the days of some years; many functions run on the same."""
    known: dict[tuple[int, ...], tuple[int, int, int, int]] = {}
    most = kept // timedelta(minutes=1)
    least, last, soon = _DAYS * _A_DAY, None, 0
    for number in range(_DAYS):
        day = _FIRST + timedelta(days=number)
        running = tuple(place for place, cron in enumerate(crons) if cron.runs_on(day))
        if not running:
            continue
        if running not in known:
            times = sorted(t for place in running for t in crons[place].times)
            known[running] = _of_a_day(times, most)
        first, inside, end, within = known[running]
        before = least if last is None else number * _A_DAY + first - last
        least, last = min(least, inside, before), number * _A_DAY + end
        soon += within + (before < most)
    return Pace(timedelta(minutes=least), soon / _DAYS)


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
