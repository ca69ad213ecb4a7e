"""Scripts, workflows and modules that schedule more than is looked at."""

from __future__ import annotations

import pytest

from tests.project.scheduling import (
    FLOW,
    SCHEDULER,
    SCRIPT,
    SETUP,
    WORKDAYS,
    WORKFLOW,
    built,
    scheduled,
)

CREATE = """\
aws scheduler create-schedule --name night --schedule-expression 'rate(1 day)' \\
  --target '{"Arn": "arn:aws:lambda:eu-west-1:123456789012:function:acme-fetch"}'
"""
OPEN = 'aws events put-rule --name "x $(\n'
MULTIPLIED = "def f0():\n    return 'a'\n" + "".join(
    f"def f{n}():\n    return f'{f'{{f{n - 1}()}}' * 200}'\n" for n in range(1, 4)
)
CRON = '    - cron: "0 1 * * *"\n'
TOO_MUCH = {
    "commands that do not end": (SCRIPT, OPEN * 500 + CREATE, "do not end"),
    "commands in commands": (
        SCRIPT, "aws events list-rules --x $(" * 100 + ")" * 100 + "\n" + CREATE, "lie in each other",
    ),
    "times": (FLOW, WORKFLOW.replace("    # each", CRON * 100 + "    # each"), "100 times"),
    "schedules": (SCRIPT, CREATE.replace("acme-fetch", "other-$N") * 200 + CREATE, "200 schedules"),
    "texts": (
        SETUP, MULTIPLIED + SCHEDULER.replace('"rate(1 day)"', 'f"rate({f3()} days)"'), "too much",
    ),
}  # fmt: skip
FEW = {
    "commands that do not end": (SCRIPT, OPEN.rstrip() * 5 + CREATE.replace('"', ""), "rate(1 day)"),
    "commands in commands": (
        SCRIPT, f"aws events list-rules --x $(aws events list-rules)\n{CREATE}", "rate(1 day)",
    ),
    "times": (FLOW, WORKFLOW, WORKDAYS),
    "schedules": (SCRIPT, CREATE.replace("acme-fetch", "other") * 199 + CREATE, "rate(1 day)"),
    "texts": (SETUP, f"{MULTIPLIED.replace('200', '3')}{SCHEDULER}", "rate(1 day)"),
}  # fmt: skip


def untold(path: str, text: str) -> list[str]:
    return [one.reason for one in built(path, text).unread if one.span.path == path]


@pytest.mark.parametrize(("path", "text", "why"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_what_is_not_looked_at_is_told(path: str, text: str, why: str) -> None:
    assert scheduled(path, text) == {}
    (reason,) = untold(path, text)
    assert why in reason


@pytest.mark.parametrize(("path", "text", "when"), FEW.values(), ids=FEW)
def test_of_few_all_are_looked_at(path: str, text: str, when: str) -> None:
    assert scheduled(path, text) == {"Fetch": [when]}
    assert untold(path, text) == []


def test_values_of_variables_make_no_command_longer_than_any_is() -> None:
    amplified = f"A={'x' * 200}\naws events put-targets --targets {'$A ' * 500}\n{CREATE}"
    assert scheduled(SCRIPT, amplified) == {"Fetch": ["rate(1 day)"]}
