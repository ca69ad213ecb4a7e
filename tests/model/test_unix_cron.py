"""Cron of Unix in the words of EventBridge."""

from __future__ import annotations

import pytest

from lamlint.model.schedule import schedule
from lamlint.model.unix_cron import expressions


@pytest.mark.parametrize(
    ("cron", "expected"),
    [
        ("0 10 * * 1-5", ("cron(0 10 ? * 2,3,4,5,6 *)",)),
        ("*/15 * * * *", ("cron(*/15 * * * ? *)",)),
        ("0 0 1 */3 *", ("cron(0 0 1 */3 ? *)",)),
        ("30 6 * * SUN", ("cron(30 6 ? * 1 *)",)),
        ("30 6 * jan,jul 0,7", ("cron(30 6 ? 1,7 1 *)",)),
        ("0 0 1 * mon", ("cron(0 0 1 * ? *)", "cron(0 0 ? * 2 *)")),
    ],
)
def test_days_of_the_week_are_counted_from_one(cron: str, expected: tuple[str, ...]) -> None:
    assert expressions(cron) == expected
    assert all(schedule(one) for one in expected)


@pytest.mark.parametrize(
    "cron", ["", "@daily", "0 10 * *", "0 10 * * 1-5 *", "60 0 * * *", "0 0 * * 9", "H 4 * * *"]
)
def test_what_is_no_cron_is_no_schedule(cron: str) -> None:
    assert expressions(cron) == ()
