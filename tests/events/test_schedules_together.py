"""A run of one schedule that is lost, where other schedules run the function, too."""

from __future__ import annotations

import json
from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.engine import check
from tests.events.uploads import RULES
from tests.memory import MemoryTree

DAILY, YEARLY = "cron(0 3 * * ? *)", "cron(0 3 1 {} ? *)"
OFF = {"Ref": "Off"}


def told(*schedules: tuple[str, object]) -> int:
    """How many schedules are told of which a run may be lost."""
    events = {
        f"E{number}": {"Type": "Schedule", "Properties": {"Schedule": when, "Enabled": enabled}}
        for number, (when, enabled) in enumerate(schedules)
    }
    code = {
        "Runtime": "python3.13",
        "Handler": "app.handler",
        "InlineCode": "def handler(e, c): ...",
    }
    text = {
        "Transform": "AWS::Serverless-2016-10-31",
        "Parameters": {"Off": {"Type": "String", "Default": True, "AllowedValues": [True, False]}},
        "Resources": {
            "F": {"Type": "AWS::Serverless::Function", "Properties": {**code, "Events": events}}
        },
    }
    tree = MemoryTree({"template.json": json.dumps(text)})
    built = project.build(tree, (), Catalog(), date(2026, 11, 24))
    found = check.check(built, [RULES["missing-failure-destination"]])
    return sum("is invoked" in one.message for each in found for one in each.related)


@pytest.mark.parametrize(
    ("schedules", "number"),
    [
        ([(DAILY, True)], 1),
        ([(YEARLY.format(1), True), (YEARLY.format(7), True)], 2),
        ([(DAILY, True), (YEARLY.format(1), True)], 0),
        ([(DAILY, True), ("cron(0 9 * * ? *)", True)], 0),
        ([(DAILY, True), ("cron(0 9 * * ? *)", OFF)], 1),
        ([(DAILY, OFF), ("rate(1 hour)", OFF)], 1),
        ([(DAILY, OFF), ("rate(1 hour)", True)], 0),
        ([(YEARLY.format(1), OFF), (YEARLY.format(7), True)], 2),
        ([("rate(1 hour)", OFF)] * 2 + [(DAILY, True)], 1),
    ],
)
def test_it_is_lost_where_none_surely_follows_soon(
    schedules: list[tuple[str, object]], number: int
) -> None:
    assert told(*schedules) == number


def test_of_those_that_may_be_switched_off_some_are_looked_at() -> None:
    assert told(*[(DAILY, OFF)] * 20) == told(*[(DAILY, OFF)] * 50) == 20
    assert told(*[(YEARLY.format(1), OFF)] * 50, (YEARLY.format(7), True)) == 21
