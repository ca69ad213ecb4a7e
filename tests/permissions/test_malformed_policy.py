"""How much is known of a policy that is written in another way than IAM documents."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import registry
from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.project import build
from lamlint.rule import ERROR, WARNING
from lamlint.text import Severity
from tests.memory import MemoryTree

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      Policies:
        - Statement: {Effect: EFFECT, Action: s3:GetObject, Resource: "*"}
"""


@pytest.mark.parametrize(
    ("effect", "severity"),
    [
        ("Allow", None),
        ("Deny", None),
        ("allow", WARNING),
        ("DENY", WARNING),
        ("Permit", ERROR),
        ('"Allowed"', ERROR),
    ],
)
def test_an_effect(effect: str, severity: Severity | None) -> None:
    tree = MemoryTree({"template.yaml": TEMPLATE.replace("EFFECT", effect)})
    project = build(tree, (), Catalog(), date(2026, 11, 23))
    found = check(project, [registry.load(plugins=False)["malformed-policy"]])
    assert [one.severity for one in found] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("action", "told"),
    [
        ("'dynamodb:Get\"'", 'has " in it'),
        ("'dynamodb:Query,'", "has , in it"),
        ("'s3:GetObject, s3:PutObject'", "has , in it"),
        ("' s3:GetObject'", "has white space in it"),
        ("s3Get", "does not say of which service"),
        ("s3:Get*", ""),
        ("kafka-cluster:Connect", ""),
        ("'s3:Get?bject'", ""),
        ("'*'", ""),
        ("!Sub '${Service}:Get'", ""),
    ],
)
def test_an_action(action: str, told: str) -> None:
    text = TEMPLATE.replace("EFFECT", "Allow").replace("s3:GetObject", action)
    project = build(MemoryTree({"template.yaml": text}), (), Catalog(), date(2026, 11, 23))
    found = check(project, [registry.load(plugins=False)["malformed-policy"]])
    assert [told in one.message for one in found] == ([True] if told else [])
