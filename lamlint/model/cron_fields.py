"""The fields of a cron expression of AWS: numbers, ranges, steps, names and days."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from lamlint.text.regex import Regex

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
WEEKDAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_DAY = Regex(r"LW?|(?:[1-9]|[12]\d|3[01])W")
_WEEKDAY = Regex(r"[1-7]?L|[1-7]#[1-5]")


def day_fields(days: str, weekdays: str) -> bool:
    """Whether exactly one of the two says on which days, in words that are known."""
    if (days == "?") == (weekdays == "?"):
        return False
    if days != "?":
        parts = days.split(",")
        return all(_DAY.fullmatch(part) or numbers(part, 1, 31) for part in parts)
    parts = weekdays.split(",")
    return all(_WEEKDAY.fullmatch(part) or numbers(part, 1, 7) for part in parts)


def named(field: str, names: Sequence[str]) -> str:
    """A field with its names as numbers."""
    for number, name in enumerate(names, 1):
        field = field.replace(name, str(number))
    return field


@lru_cache(maxsize=64)
def numbers(field: str, least: int, most: int) -> frozenset[int] | None:
    """What a field's list of numbers, ranges and steps holds; None where it is no such list."""
    found: set[int] = set()
    for part in field.split(","):
        numbers = _range(part, least, most)
        if not numbers:
            return None
        found.update(numbers)
    return frozenset(found)


def _range(part: str, least: int, most: int) -> Sequence[int] | None:
    around, slash, step = part.partition("/")
    if slash and not (_is_number(step) and int(step)):
        return None
    first, dash, last = around.partition("-")
    if around in ("*", ""):
        # `/5` is what people write for `*/5`.
        start, end = (least, most) if around or slash else (1, 0)
    elif not _is_number(first) or (dash and not _is_number(last)):
        return None
    else:
        start = int(first)
        end = int(last) if dash else most if slash else start
    if not (least <= start <= most and least <= end <= most):
        return None
    every = int(step) if slash else 1
    if end < start:  # `FRI-MON` goes over the end
        return [*range(start, most + 1), *range(least, end + 1)][::every]
    return range(start, end + 1, every)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 4
