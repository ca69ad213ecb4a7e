"""A queue's visibility timeout from which its function's timeout is calculated."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.engine import check
from lamlint.text import Finding
from tests.events.uploads import RULES
from tests.memory import MemoryTree

FUNCTION = """\
variable "seconds" {{
  default = 60
}}
locals {{
  longest = aws_sqs_queue.jobs.visibility_timeout_seconds
}}
resource "aws_lambda_function" "poll" {{
  function_name = "poll"
  role          = "arn:aws:iam::123456789012:role/poll"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "poll.zip"
  timeout       = {timeout}
}}
resource "aws_sqs_queue" "jobs" {{
  visibility_timeout_seconds = {hidden}
}}
resource "aws_sqs_queue" "others" {{
  visibility_timeout_seconds = 60
}}
resource "aws_lambda_event_source_mapping" "jobs" {{
  function_name    = aws_lambda_function.poll.arn
  event_source_arn = aws_sqs_queue.jobs.arn
  {window}
}}
"""
OWN = "aws_sqs_queue.jobs.visibility_timeout_seconds"


def told(timeout: str, hidden: str = "60", window: str = "") -> list[Finding]:
    text = FUNCTION.format(timeout=timeout, hidden=hidden, window=window)
    built = project.build(MemoryTree({"main.tf": text}), (), Catalog(), date(2026, 11, 23))
    return list(check.check(built, [RULES["visibility-timeout-too-short"]]))


@pytest.mark.parametrize(
    ("timeout", "hidden"),
    [
        (OWN, "60"),
        (f"{OWN} / 2", "60"),
        ("local.longest / 2", "60"),
        ("ceil(local.longest / 7) * 3", "60"),
        (f"min(900, {OWN})", "60"),
        (f"floor({OWN} / 2)", "var.seconds"),
        ("var.seconds", "var.seconds"),
        ("var.seconds / 2", "var.seconds"),
    ],
)
def test_no_fix_changes_what_the_timeout_is_calculated_from(timeout: str, hidden: str) -> None:
    (one,) = told(timeout, hidden)
    assert one.fix is None
    assert one.message.endswith("changes with it: let that be a sixth of it at most")
    assert "changes with it" in one.also


@pytest.mark.parametrize(
    ("timeout", "hidden"),
    [
        ("30", "60"),
        ("60 / 2", "60"),
        ("var.seconds / 2", "60"),
        ("aws_sqs_queue.others.visibility_timeout_seconds / 2", "60"),
        ("30", "var.seconds"),
    ],
)
def test_a_fix_changes_what_the_timeout_does_not_depend_on(timeout: str, hidden: str) -> None:
    (one,) = told(timeout, hidden)
    assert one.fix is not None
    assert one.message.endswith(": set 6 times the function's timeout, 180 seconds")


def test_a_batching_window_is_taken_off() -> None:
    (one,) = told(f"{OWN} / 2", window="maximum_batching_window_in_seconds = 3")
    assert one.message.endswith("a sixth of it at most, less the batching window of 3")


def test_a_ratio_that_suffices_is_fine() -> None:
    assert not told(f"{OWN} / 6")
