"""Cron of five fields, as Unix, GitHub and Airflow have it, in the words of EventBridge."""

from __future__ import annotations

from lamlint.model.cron_fields import MONTHS, WEEKDAYS, named, numbers


def expressions(cron: str) -> tuple[str, ...]:
    """The schedules that together are one of Unix; none where a field is not understood.

    Where both the day of the month and that of the week are given, either is enough.
    """
    fields = cron.upper().split()
    if len(fields) != 5:
        return ()
    minutes, hours, days, months, weekdays = (
        _listed(fields[0], 0, 59),
        _listed(fields[1], 0, 23),
        _listed(fields[2], 1, 31),
        _listed(named(fields[3], MONTHS), 1, 12),
        _weekdays(fields[4]),
    )
    if not (minutes and hours and days and months and weekdays):
        return ()
    start = f"cron({minutes} {hours}"
    by_day = f"{start} {days} {months} ? *)"
    by_weekday = f"{start} ? {months} {weekdays} *)"
    if weekdays == "*":
        return (by_day,)
    return (by_weekday,) if days == "*" else (by_day, by_weekday)


def _listed(field: str, least: int, most: int) -> str:
    """A field as it is, if its numbers are known."""
    return field if field and numbers(field, least, most) else ""


def _weekdays(field: str) -> str:
    """Days of the week as EventBridge counts them, from 1 for Sunday; there 0 and 7 are Sunday."""
    if field == "*":
        return field
    for number, name in enumerate(WEEKDAYS):
        field = field.replace(name, str(number))
    found = numbers(field, 0, 7)
    return ",".join(map(str, sorted({one % 7 + 1 for one in found}))) if found else ""
