"""The message says how wide a wildcard is: on the resources that its statement names."""

from __future__ import annotations

import json
from datetime import date

import pytest

from lamlint import registry
from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.project import build
from tests.memory import MemoryTree

CURE = "name the actions that the code calls"
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


def told(action: str, resource: str) -> list[str]:
    """What is said of the one statement of a role."""
    text = TEMPLATE.format(action=action, resource=resource)
    built = build(MemoryTree({"template.yaml": text}), ("",), Catalog(), date(2026, 11, 23))
    found = check(built, [registry.load()[RULE]])
    return [one.message.removeprefix("the role is allowed ") for one in found]


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
    assert told(action, resource) == [f"{expected}: name the actions that the code calls"]


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("s3-object-lambda:*", '"arn:aws:s3:::orders/*"'),
        ("sqs:*", "arn:aws:sns:eu-west-1:123456789012:told"),
        ("SQS:*", '[arn:aws:s3:::orders, "arn:aws:s3:::orders/*"]'),
        ("dynamodb:*", '"arn:aws:s3:::*"'),
        ("s3:*", '"arn:aws:s3:::orders/"'),
    ],
)
def test_on_resources_of_another_service_it_grants_nothing(action: str, resource: str) -> None:
    assert told(action, resource) == []


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("s3:*", '"arn:aws:s3-object-lambda:eu-west-1:123456789012:accesspoint/orders"'),
        ("kafka-cluster:*", "arn:aws:kafka:eu-west-1:123456789012:cluster/orders/1"),
        ("sts:*", "arn:aws:iam::123456789012:role/orders"),
        ("ssm:*", "arn:aws:ec2:eu-west-1:123456789012:instance/i-1"),
        ("tag:*", "arn:aws:s3:::orders"),
        # Of which service it is, is not known.
        ("sqs:*", '!Sub "arn:aws:${Service}:::orders"'),
        ("sqs:*", '"arn:aws:*:::orders"'),
        ("sqs:*", '[arn:aws:s3:::orders, "*"]'),
        ("sqs:*", "[arn:aws:s3:::orders, !Ref Jobs]"),
        ('"*"', "arn:aws:s3:::orders"),
    ],
)
def test_on_those_that_it_may_be_for_it_is_told(action: str, resource: str) -> None:
    assert len(told(action, resource)) == 1


def test_only_resources_that_it_may_be_for_are_named() -> None:
    both = "[arn:aws:s3:::orders, arn:aws:sqs:eu-west-1:123456789012:jobs]"
    (message,) = told("sqs:*", both)
    assert message.startswith("sqs:* on arn:aws:sqs:eu-west-1:123456789012:jobs, everything")


def _by_zappa(action: str, resource: str, **more: str) -> str:
    """What is said of the one statement that Zappa's settings add."""
    extra = [{"Effect": "Allow", "Action": [action], "Resource": resource}]
    stage = {"app_function": "app.app", "extra_permissions": extra, **more}
    files = {"zappa_settings.json": json.dumps({"live": stage}), "app.py": "app = 1\n"}
    files["policy.json"] = '{"Statement": []}'
    built = build(MemoryTree(files), ("",), Catalog(), date(2026, 11, 23))
    (found,) = check(built, [registry.load()[RULE]])
    return found.message


@pytest.mark.parametrize("resource", ["*", "arn:aws:s3:::orders/*"])
def test_the_policy_that_zappa_attaches_itself_is_named_first(resource: str) -> None:
    message = _by_zappa("s3:*", resource)
    assert message.endswith(": set attach_policy to another policy first, and " + CURE)


@pytest.mark.parametrize(
    ("action", "more"),
    [
        ("ses:*", {}),
        ("*", {}),
        ("s3:*", {"attach_policy": "policy.json"}),
        ("s3:*", {"attach_policy": "${POLICY}"}),
    ],
)
def test_it_is_not_where_it_allows_no_such_thing(action: str, more: dict[str, str]) -> None:
    message = _by_zappa(action, "*", **more)
    assert message.endswith(": " + CURE)
    assert "attach_policy" not in message
