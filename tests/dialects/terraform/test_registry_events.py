"""Triggers of functions by the module of the registry that makes rules and schedules."""

from __future__ import annotations

import pytest

from lamlint.model import EventKind, EventSource, Function
from tests.dialects.terraform.declaring import choices, declared

F = 'resource "aws_lambda_function" "f" {\n  function_name = "work"\n}\n'
MODULE = 'module "eventbridge" {{\n  source = "{}"\n{}\n}}\n'
SOURCE = "terraform-aws-modules/eventbridge/aws"
RULES = "rules = {{\n  each = {{ {} }}\n}}\n"
TARGETS = 'targets = {\n  each = [\n    { name = "a", arn = aws_lambda_function.f.arn }\n  ]\n}\n'
DAILY = 'schedule_expression = "rate(1 day)"'
SCHEDULES = (
    "schedules = {{\n  nightly = {{\n    arn = aws_lambda_function.f.arn\n    {}\n  }}\n}}\n"
)


def linked(body: str, source: str = SOURCE) -> Function:
    (only,) = declared(F + MODULE.format(source, body)).functions
    return only


def trigger(body: str, source: str = SOURCE) -> EventSource:
    (event,) = linked(body, source).events
    return event


def said(event: EventSource) -> tuple[object, ...]:
    assert event.expression is not None
    return (event.name, event.kind, choices(event.expression), event.scheduler)


@pytest.mark.parametrize(
    "source",
    [
        SOURCE,
        f"registry.terraform.io/{SOURCE}",
        "git::https://github.com/terraform-aws-modules/terraform-aws-eventbridge.git?ref=v4.0.0",
    ],
)
def test_a_rule_with_a_schedule(source: str) -> None:
    event = trigger(RULES.format(DAILY) + TARGETS, source)
    assert said(event) == ("each", EventKind.SCHEDULE, ["rate(1 day)"], False)
    assert event.function == linked("").id


def test_a_schedule_of_the_scheduler() -> None:
    event = trigger(SCHEDULES.format(DAILY))
    assert said(event) == ("nightly", EventKind.SCHEDULE, ["rate(1 day)"], True)


def test_a_rule_with_a_pattern() -> None:
    event = trigger(
        RULES.format('event_pattern = jsonencode({ source = ["aws.health"] })') + TARGETS
    )
    assert (event.kind, event.listed) == (EventKind.EVENTBRIDGE, {"source": ("aws.health",)})
    assert event.filtered


def test_a_rule_that_is_not_read() -> None:
    assert trigger(TARGETS).kind is EventKind.OTHER
    assert trigger("create_rules = false\n" + RULES.format(DAILY) + TARGETS).kind is EventKind.OTHER


@pytest.mark.parametrize(
    ("more", "enabled"),
    [("", [True]), (', state = "DISABLED"', [False]), (", enabled = false", [False])],
)
def test_whether_it_is_switched_on(more: str, enabled: list[bool]) -> None:
    event = trigger(RULES.format(DAILY + more) + TARGETS)
    assert event.enabled is not None
    assert choices(event.enabled) == enabled


def test_where_it_leaves_what_it_cannot_hand_over() -> None:
    given = TARGETS.replace('"a",', '"a", dead_letter_arn = "arn:aws:sqs:eu-west-1:1:dead",')
    event = trigger(RULES.format(DAILY) + given)
    assert event.delivery is not None
    assert choices(event.delivery.dead_letter) == ["arn:aws:sqs:eu-west-1:1:dead"]


@pytest.mark.parametrize(
    "body",
    [
        RULES.format(DAILY),
        f"create = false\n{RULES.format(DAILY)}{TARGETS}",
        f"create_targets = false\n{RULES.format(DAILY)}{TARGETS}",
        f"create_schedules = false\n{SCHEDULES.format(DAILY)}",
        RULES.format(DAILY) + TARGETS.replace(".f.", ".other."),
    ],
)
def test_what_is_not_asked_for_triggers_nothing(body: str) -> None:
    assert linked(body).events == ()


def test_another_module_is_not_read() -> None:
    assert linked(RULES.format(DAILY) + TARGETS, "someone/eventbridge/aws").events == ()


@pytest.mark.parametrize("behind", [":1", ":live", ":$LATEST", ":${var.alias}"])
def test_a_version_of_a_function_is_the_function(behind: str) -> None:
    versioned = f'"${{aws_lambda_function.f.arn}}{behind}"'.join
    event = trigger(RULES.format(DAILY) + versioned(TARGETS.split("aws_lambda_function.f.arn")))
    assert said(event) == ("each", EventKind.SCHEDULE, ["rate(1 day)"], False)


@pytest.mark.parametrize("behind", ["/*", ":a/b", "x"])
def test_what_only_begins_as_a_function_is_none(behind: str) -> None:
    other = f'"${{aws_lambda_function.f.arn}}{behind}"'.join
    body = RULES.format(DAILY) + other(TARGETS.split("aws_lambda_function.f.arn"))
    assert linked(body).events == ()
