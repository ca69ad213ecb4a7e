"""The message says how wide a wildcard is: on the resources that its statement names."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import registry
from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.project import build
from tests.memory import MemoryTree

RULE = "wildcard-permission"
TEMPLATE = """\
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Runtime: python3.13
      InlineCode: "def handler(event, context): ..."
      Policies:
        - Statement:
            - {{Effect: Allow, Action: {action}, Resource: {resource}}}
Transform: AWS::Serverless-2016-10-31
"""
OF_ALL = ", everything that can be done in {}, what deletes and what changes settings with it"
ACCOUNT = "s3 in the whole account"
THERE = ", everything that {} can do with what is named there, deleting included"


def said(action: str, resource: str) -> str:
    """What is said of the one statement of a role."""
    text = TEMPLATE.format(action=action, resource=resource)
    built = build(MemoryTree({"template.yaml": text}), ("",), Catalog(), date(2026, 11, 23))
    (found,) = check(built, [registry.load()[RULE]])
    return found.message.removeprefix("the role is allowed ")


@pytest.mark.parametrize(
    ("action", "resource", "expected"),
    [
        ("s3:*", '"*"', f"s3:*{OF_ALL.format(ACCOUNT)}"),
        ("s3:*", '"arn:aws:s3:::*"', f"s3:*{OF_ALL.format('s3')}"),
        ("sqs:*", '"arn:aws:sqs:*:123456789012:*"', f"sqs:*{OF_ALL.format('sqs')}"),
        ("dynamodb:*", '"arn:aws:dynamodb:*:*:table/*"', f"dynamodb:*{OF_ALL.format('dynamodb')}"),
        ("s3:*", '[arn:aws:s3:::a, "*"]', f"s3:*{OF_ALL.format(ACCOUNT)}"),
        ("s3:*", '"arn:aws:s3:::a/logs/*"', f"s3:* on arn:aws:s3:::a/logs/*{THERE.format('s3')}"),
        ("sqs:*", "!GetAtt Jobs.Arn", f"sqs:* on ${{Jobs.Arn}}{THERE.format('sqs')}"),
        (
            "s3:*",
            '[arn:aws:s3:::a, "arn:aws:s3:::a/*"]',
            f"s3:* on arn:aws:s3:::a and 1 more{THERE.format('s3')}",
        ),
        ('"*"', "!GetAtt Jobs.Arn", "every action on ${Jobs.Arn}, deleting included"),
    ],
)
def test_what_a_wildcard_comes_to(action: str, resource: str, expected: str) -> None:
    assert said(action, resource) == f"{expected}: name the actions that the code calls"
