"""Functions that an ARN names which is written out, as it is called in one stage."""

from __future__ import annotations

import pytest

from lamlint.model import EventKind
from tests.dialects.terraform.declaring import functions

MAIN = """\
variable "stage" {}
locals {
  short = { development = "dev", production = "prod" }
}
%s
resource "aws_sfn_state_machine" "plan" {
  name       = "plan"
  role_arn   = "arn:aws:iam::123456789012:role/plan"
  definition = templatefile("${path.module}/plan.json.tpl", { bucket = "orders" })
}
"""
PLAN = """\
{"StartAt": "A", "States": {"A": {
  "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
  "Parameters": {"FunctionName": "%s"}, "End": true
}}}
"""
FUNCTION = """\
resource "aws_lambda_function" "%s" {
  function_name = %s
  role          = "arn:aws:iam::123456789012:role/shop"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
}
"""
ARN = "arn:aws:lambda:eu-west-2:123456789012:function:"
MAPPED = '"shop-${local.short[var.stage]}-%s"'
PARTLY = '"shop-${var.stage}-%s"'


def run(named: str, **names: str) -> list[str]:
    """The functions that a state machine runs which names one."""
    around = "".join(FUNCTION % (name, written) for name, written in names.items())
    found = functions({"main.tf": MAIN % around, "plan.json.tpl": PLAN % named})
    return [
        name
        for name, one in found.items()
        if any(event.kind is EventKind.STEP_FUNCTIONS for event in one.events)
    ]


@pytest.mark.parametrize(
    ("named", "names"),
    [
        (f"{ARN}shop-dev-write", {"write": MAPPED % "write", "read": MAPPED % "read"}),
        (f"{ARN}shop-dev-write:$LATEST", {"write": MAPPED % "write", "read": MAPPED % "read"}),
        (f"{ARN}shop-dev-write:live", {"write": PARTLY % "write", "read": PARTLY % "read"}),
        (f"{ARN}shop-dev-write", {"write": PARTLY % "write", "other": '"shop"'}),
    ],
)
def test_an_arn_of_one_stage_names_the_function(named: str, names: dict[str, str]) -> None:
    assert run(named, **names) == ["write"]


@pytest.mark.parametrize(
    ("named", "names"),
    [
        # It is of no stage that is known, or fits no name, or several.
        (f"{ARN}shop-test-write", {"write": MAPPED % "write"}),
        (f"{ARN}shop-dev-delete", {"write": PARTLY % "write", "read": PARTLY % "read"}),
        (f"{ARN}shop-dev-write", {"write": PARTLY % "write", "again": '"${var.stage}-dev-write"'}),
        (f"{ARN}shop-dev-write", {"write": MAPPED % "write", "again": PARTLY % "write"}),
        (f"{ARN}shop-write", {"write": '"shop-${var.stage}-write"'}),
        # What is known tells nothing, or is no function's.
        (f"{ARN}shop-dev-write", {"write": '"${var.stage}-w"'}),
        (f"{ARN}shop-dev-write", {"write": '"${var.stage}"'}),
        (
            "arn:aws:states:eu-west-2:123456789012:stateMachine:shop-dev-write",
            {"write": PARTLY % "write"},
        ),
    ],
)
def test_what_may_be_another_ones_names_none(named: str, names: dict[str, str]) -> None:
    assert run(named, **names) == []


def test_one_that_is_called_so_is_meant() -> None:
    names = {"write": PARTLY % "write", "exact": '"shop-dev-write"'}
    assert run(f"{ARN}shop-dev-write", **names) == ["exact"]
