"""How often EventBridge's expressions run a function."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from lamlint.model.schedule import most_frequent, pace, schedule
from tests.counting import assert_grows_with_it

NO_TIME = timedelta()


def smallest_gap(expressions: list[str]) -> timedelta | None:
    found = pace(expressions, NO_TIME)
    return found.gap if found is not None else None


GAPS = {
    "rate(1 minute)": timedelta(minutes=1),
    "rate(5 minutes)": timedelta(minutes=5),
    "rate(1 hour)": timedelta(hours=1),
    "rate(2 days)": timedelta(days=2),
    "cron(* * * * ? *)": timedelta(minutes=1),
    "cron(0/15 * * * ? *)": timedelta(minutes=15),
    "cron(/5 * * * ? *)": timedelta(minutes=5),
    "cron(5,35 14 * * ? *)": timedelta(minutes=30),
    "cron(0 * * * ? *)": timedelta(hours=1),
    "cron(0 */6 * * ? *)": timedelta(hours=6),
    "cron(0 8-10 * * ? *)": timedelta(hours=1),
    "cron(59 0,23 * * ? *)": timedelta(hours=1),
    "cron(50 23,0 * * ? *)": timedelta(hours=1),
    "cron(0 5 * * ? *)": timedelta(days=1),
    "cron(0 5 ? * MON-FRI *)": timedelta(days=1),
    "cron(0 5 ? * fri-mon *)": timedelta(days=1),
    "cron(0 5 ? * 2 *)": timedelta(days=7),
    "cron(0 5 ? * 1,4 *)": timedelta(days=3),
    "cron(0 5 ? * L *)": timedelta(days=7),
    "cron(0 5 ? * 6L *)": timedelta(days=28),
    "cron(0 5 ? * 3#2 *)": timedelta(days=28),
    "cron(0 5 1 * ? *)": timedelta(days=28),
    "cron(0 5 L * ? *)": timedelta(days=28),
    "cron(0 5 LW * ? *)": timedelta(days=28),
    "cron(0 5 15W * ? *)": timedelta(days=28),
    "cron(0 5 1,15 * ? *)": timedelta(days=14),
    "cron(0 5 1 JAN,JUL ? *)": timedelta(days=181),
    "cron(0 5 1 1 ? 2026-2028)": timedelta(days=365),
}


@pytest.mark.parametrize(("expression", "gap"), GAPS.items(), ids=GAPS)
def test_the_time_between_two_runs(expression: str, gap: timedelta) -> None:
    assert smallest_gap([expression]) == gap


@pytest.mark.parametrize("expression", ["at(2026-12-24T18:00:00)", "cron(0 0 31 2 ? *)"])
def test_what_runs_once_or_never_has_none(expression: str) -> None:
    gap = smallest_gap([expression])
    assert gap is not None
    assert gap > timedelta(days=2_000)


NONE = [
    "", "daily", "rate(0 minutes)", "rate(-1 hours)", "rate(1.5 hours)", "rate(1 week)", "rate 1 day",
    "rate(1 day) or so", "cron(0 5 * * ?)", "cron(0 5 * * * *)", "cron(0 5 ? * ? *)",
    "cron(60 5 * * ? *)", "cron(0 24 * * ? *)", "cron(0 5 32 * ? *)", "cron(0 5 W * ? *)",
    "cron(0 5 1-5W * ? *)", "cron(0 5 ? * 8 *)", "cron(0 5 ? * 3#6 *)", "cron(0 5 * 13 ? *)",
    "cron(0 5 * * ? 1969)", "cron(0/0 5 * * ? *)", "cron(a b c d e f)", "cron(0 5 * FOO ? *)",
    "cron(², 5 * * ? *)", "at(tomorrow)", "cron(" + "1," * 200 + "1 5 * * ? *)",
]  # fmt: skip


@pytest.mark.parametrize("expression", NONE)
def test_what_eventbridge_does_not_take_is_not_known(expression: str) -> None:
    assert schedule(expression) is None
    assert smallest_gap([expression, "rate(1 day)"]) is None


@pytest.mark.parametrize(
    ("together", "gap"),
    [
        (["cron(0 5 * * ? *)", "cron(30 5 * * ? *)"], timedelta(minutes=30)),
        (["cron(0 5 * * ? *)", "cron(0 5 * * ? *)"], timedelta()),
        (["cron(0 6 * * ? *)", "cron(0 18 * * ? *)"], timedelta(hours=12)),
        (["cron(0 5 ? * MON *)", "cron(30 5 ? * TUE *)"], timedelta(days=1, minutes=30)),
        (["cron(50 23 * * ? *)", "cron(10 0 * * ? *)"], timedelta(minutes=20)),
        (["cron(50 23 ? * SAT *)", "cron(10 0 1 * ? *)"], timedelta(minutes=20)),
        (["rate(1 day)", "rate(1 day)"], timedelta()),
        (["rate(1 day)", "cron(0 5 * * ? *)"], timedelta()),
        (["rate(1 day)", "at(2026-12-24T18:00:00)"], timedelta(days=1)),
    ],
)
def test_several_schedules_together(together: list[str], gap: timedelta) -> None:
    assert smallest_gap(together) == gap


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("together", "soon"),
    [
        (["rate(1 hour)"], 0),
        (["rate(30 minutes)"], 48),
        (["cron(0 * * * ? *)"], 0),
        (["cron(0/30 * * * ? *)"], 48),
        (["cron(0/30 8 * * ? *)"], 1),
        (["cron(0 5 * * ? *)", "cron(30 5 * * ? *)"], 1),
        (["cron(30 9 ? * SAT *)", "cron(35 9 ? * SAT *)"], 1 / 7),
        (["cron(50 23 ? * SAT *)", "cron(10 0 ? * SUN *)"], 1 / 7),
        (["at(2026-12-24T18:00:00)"], 0),
        (["at(2026-12-24T18:00:00)", "rate(2 hours)"], 0),
        (["rate(7 days)", "rate(7 days)"], 2 / 7),
        (["rate(1 hour)", "rate(1 day)"], 2),
        (["rate(30 minutes)", "rate(1 day)"], 50),
        (["rate(1 day)", "cron(0 5 ? * SUN *)"], 2 / 7),
    ],
)
def test_how_many_runs_a_day_come_within_an_hour_at_most(together: list[str], soon: float) -> None:
    found = pace(together, HOUR)
    assert found is not None
    assert found.soon == pytest.approx(soon, abs=0.01)


@pytest.mark.parametrize(
    ("across", "within"),
    [
        (
            ["cron(50 23 * * ? *)", "cron(10 0 * * ? *)"],
            ["cron(50 22 * * ? *)", "cron(10 23 * * ? *)"],
        ),
        (
            ["cron(50 23 * * ? *)", "cron(30 0 * * ? *)"],
            ["cron(50 22 * * ? *)", "cron(30 23 * * ? *)"],
        ),
        (["cron(0/40 0,23 * * ? *)"], ["cron(0/40 5,6 * * ? *)"]),
        (
            ["cron(55 23 ? * MON-FRI *)", "cron(5 0 ? * TUE-SAT *)"],
            ["cron(55 22 ? * MON-FRI *)", "cron(5 23 ? * MON-FRI *)"],
        ),
        (
            ["cron(55 23 L * ? *)", "cron(5 0 1 * ? *)"],
            ["cron(55 22 1 * ? *)", "cron(5 23 1 * ? *)"],
        ),
    ],
)
def test_runs_around_midnight_count_as_those_of_one_day(
    across: list[str], within: list[str]
) -> None:
    one, other = pace(across, HOUR), pace(within, HOUR)
    assert one is not None
    assert other is not None
    assert one.gap == other.gap
    assert one.soon == pytest.approx(other.soon, abs=0.001)
    assert (one.soon >= 1) is (other.soon >= 1)


@pytest.mark.parametrize(
    ("together", "gap", "soon"),
    [
        (["cron(0 6 * * ? *)", "cron(0 18 * * ? *)"], timedelta(hours=12), 0),
        (["cron(0 5 * * ? *)", "cron(30 5 * * ? *)"], timedelta(minutes=30), 1),
        # When a rate runs is not known: two a day may be as far apart as half a day.
        (["rate(1 day)", "rate(1 day)"], timedelta(hours=12), 0),
        (["rate(1 day)", "cron(0 5 * * ? *)"], timedelta(hours=12), 0),
        (["rate(7 days)", "rate(7 days)"], timedelta(days=3.5), 0),
        (["rate(2 hours)", "rate(7 days)"], timedelta(days=1) / (12 + 1 / 7), 0),
        (["rate(12 hours)", "cron(0/30 5 * * ? *)"], timedelta(minutes=30), 1),
        # A day has room for 24 runs that are an hour apart.
        (["rate(1 hour)", "cron(0 5 * * ? *)"], timedelta(hours=1) * 24 / 25, 1),
        (["rate(1 hour)", "rate(1 hour)"], timedelta(minutes=30), 24),
        (["rate(999999999 days)", "rate(999999999 days)"], timedelta(days=2_922), 0),
    ],
)
def test_what_is_sure_of_schedules_whatever_their_runs_are(
    together: list[str], gap: timedelta, soon: float
) -> None:
    found = pace(together, HOUR)
    assert found is not None
    assert found.surely_gap.total_seconds() == pytest.approx(gap.total_seconds(), rel=0.01)
    assert found.surely_soon == pytest.approx(soon, abs=0.01)


@pytest.mark.parametrize(
    ("expression", "most"),
    [
        ("rate(5 minutes)", "rate(5 minutes)"),
        ("rate(${?} days)", "rate(1 hour)"),
        ("rate(${?} minutes)", "rate(${?} minutes)"),
        ("cron(0 ${?} * * ? *)", "cron(0 * * * ? *)"),
        ("cron(0 ${?} ? * SUN *)", "cron(0 * ? * SUN *)"),
        ("cron(${?} 3 ? * SUN *)", "cron(* 3 ? * SUN *)"),
        ("cron(0/${?} 3 1 * ? *)", "cron(* 3 1 * ? *)"),
        ("cron(0 3 ? * ${?} *)", "cron(0 3 * * ? *)"),
        ("cron(0 3 ${?} * ${?} *)", "cron(0 3 * * ? *)"),
        ("cron(0 3 ${?} * ? *)", "cron(0 3 * * ? *)"),
        ("cron(0 3 ${?} * MON *)", "cron(0 3 ? * MON *)"),
        ("cron(0 3 1 ${?} ${?} ${?})", "cron(0 3 1 * ? *)"),
        ("cron(5 ${?})", "cron(5 * * * ? *)"),
        ("cron(${?})", "cron(${?})"),
        ("${?}", "${?}"),
    ],
)
def test_what_is_not_known_runs_as_often_as_it_may(expression: str, most: str) -> None:
    assert most_frequent(expression) == most


def test_many_schedules_are_gone_through_once_for_each() -> None:
    def paced(number: int, first: str) -> Callable[[], object]:
        days = [
            ",".join(str(d) for d in range(1, 15) if (n + 1) >> d - 1 & 1) for n in range(number)
        ]
        each = [f"cron({first} {n % 24} {one} * ? *)" for n, one in enumerate(days)]
        return lambda: pace(each, HOUR)

    assert_grows_with_it(*(paced(number, "*") for number in (50, 100, 200)))
    assert_grows_with_it(*(paced(number, "0") for number in (51, 102, 204)))
