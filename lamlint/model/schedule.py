"""How often schedules run a function: EventBridge's `rate(…)`, `cron(…)` and `at(…)`.

A cron expression of AWS has six fields: minutes, hours, day of the month, month,
day of the week (1 is Sunday) and year; one of the two day fields is `?`.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from functools import lru_cache
from typing import TypeAlias

from lamlint.model.calendar import DAYS, running
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


@dataclass(frozen=True, slots=True)
class Rate:
    """Once in so many minutes, from when the schedule was made."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Once:
    """At one moment, and never again."""


@dataclass(frozen=True, slots=True)
class Cron:
    """On some days (bits of `calendar.running`), at some times: bits, for the minutes of a day."""

    times: int
    days: int


Schedule: TypeAlias = "Rate | Once | Cron"


@lru_cache(maxsize=512)
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
        alone.append(_between(crons, kept))
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
        min(*(one.gap for one in alone), timedelta(days=min(DAYS, 1 / sum(runs)))),
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
    return one.times.bit_count() * (one.days >> 1).bit_count() / DAYS


@lru_cache(maxsize=512)
def _between(crons: tuple[Cron, ...], kept: timedelta) -> Pace:
    """How runs follow each other over the days of some years; many functions run on the same."""
    most = kept // timedelta(minutes=1)
    least, last, soon = DAYS * _A_DAY, None, 0
    for number, (times, again) in enumerate(_each_day(crons), -1):
        if not times:
            continue
        start = number * _A_DAY
        before = least if last is None else start + _first(times) - last
        last = start + times.bit_length() - 1
        if number >= 0:  # the day before them only says what came last
            least = 0 if again else _least(times, min(least, before))
            inside = again + (times & _behind(times, most - 1)).bit_count() if most else 0
            soon += inside + (before < most)
    gap, often = timedelta(minutes=least), soon / DAYS
    return Pace(gap, often, gap, often)


def _each_day(crons: Iterable[Cron]) -> list[tuple[int, int]]:
    """The times of each day, and how many more runs there are at these: of several schedules."""
    alike: dict[int, tuple[int, int]] = {}
    for one in crons:
        alike[one.days] = _joined(alike.get(one.days, (0, 0)), (one.times, 0))
    found = [(0, 0)] * (DAYS + 1)
    for days, own in alike.items():
        for place, runs in enumerate(f"{days:b}"[::-1]):
            if runs == "1":
                found[place] = _joined(found[place], own)
    return found


def _joined(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] | other[0], one[1] + other[1] + (one[0] & other[0]).bit_count()


def _first(times: int) -> int:
    return (times & -times).bit_length() - 1


def _behind(times: int, most: int) -> int:
    """The minutes that some of the times follow, within so many."""
    if most < 1:
        return 0
    found, reached = times >> 1, 1
    while reached < most:
        further = min(reached, most - reached)
        found, reached = found | found >> further, reached + further
    return found


def _least(times: int, most: int) -> int:
    """The shortest time between two of a day, if there is one below some time; else that."""
    if not times & _behind(times, most - 1):
        return most
    closer, least = 0, most - 1
    while least - closer > 1:
        middle = (closer + least) // 2
        if times & _behind(times, middle):
            least = middle
        else:
            closer = middle
    return least


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
    hourly = sum(1 << minute for minute in minutes)
    times = sum(hourly << hour * 60 for hour in hours)
    return Cron(times, running(months, days, weekdays))
