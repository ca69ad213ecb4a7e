"""What is wrong with schedules, and that nothing is with those that EventBridge takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lamlint.model.schedule import schedule
from lamlint.model.schedule_faults import fault

RIGHT = [
    "rate(1 minute)",
    "rate(90 days)",
    " rate(5 minutes) ",
    "cron(* * * * ? *)",
    "cron(0 18 ? * MON-FRI *)",
    "cron(0/5 8-17 ? * MON-FRI *)",
    "cron(0 0/2 1,15 * ? *)",
    "cron(30 9 ? * 6L 2026)",
    "cron(0 9 LW * ? *)",
    "cron(0 9 L-3 * ? *)",
    "cron(0 9 ? * SUN,SAT *)",
    "rate(${minutes} minutes)",
    "{{schedule}}",
    "",
]
WRONG = [
    ("rate(1 minutes)", "rate(1 minute)"),
    ("rate(2 day)", "rate(2 days)"),
    ("rate(5minutes)", ""),
    ("rate(-1 minutes)", ""),
    ("rate(1.5 hours)", ""),
    ("rate(10 weeks)", ""),
    ("rate(5 minutes", ""),
    ("Rate(5 minutes)", ""),
    ("every 5 minutes", ""),
    ("cron(0 12 * * * *)", "cron(0 12 * * ? *)"),
    ("cron(0 12 * * MON-FRI *)", "cron(0 12 ? * MON-FRI *)"),
    ("cron(0 12 1 * * *)", "cron(0 12 1 * ? *)"),
    ("cron(0 12 1 * 2 *)", ""),
    ("cron(0 12 ? * ? *)", ""),
    ("cron(*/5 * * * *)", "cron(*/5 * * * ? *)"),
    ("cron(0 12 * * 1-5)", ""),
    ("cron(60 12 * * ? *)", ""),
    ("cron(0 12 32 * ? *)", ""),
    ("cron(0 12 ? * 8 *)", ""),
    ("cron(0 12 * 13 ? *)", ""),
    ("cron(0 12 * * ? 1969)", ""),
    ("cron()", ""),
]


@pytest.mark.parametrize("expression", RIGHT)
def test_nothing_is_wrong(expression: str) -> None:
    assert fault(expression, scheduler=False) is None


@pytest.mark.parametrize(("expression", "better"), WRONG)
def test_what_is_wrong_and_what_was_meant(expression: str, better: str) -> None:
    found = fault(expression, scheduler=False)
    assert found is not None
    assert found.better == better
    assert not better or schedule(better) is not None


def test_scheduler_takes_single_times_and_any_unit() -> None:
    for expression in ("at(2030-01-01T00:00:00)", "rate(1 minutes)", "rate(5 minute)"):
        assert fault(expression, scheduler=True) is None
        assert fault(expression, scheduler=False) is not None
    assert fault("at(tomorrow)", scheduler=True) is not None


@given(st.text(max_size=300), st.booleans())
def test_any_text_can_be_judged(text: str, scheduler: bool) -> None:
    for expression in (text, f"cron({text})", f"rate({text})", f"at({text})"):
        found = fault(expression, scheduler=scheduler)
        assert found is None or found.reason
