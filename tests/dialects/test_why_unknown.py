"""Why a value of a function is not known, in words."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint.catalog import Catalog
from lamlint.project import build
from lamlint.report.functions import unknown, why
from tests.memory import MemoryTree

TEMPLATE = """\
Parameters: {{Given: {{Type: String}}}}
Conditions: {{C: !Equals [!Ref Given, a]}}
Resources:
  Bucket: {{Type: AWS::S3::Bucket}}
  Fn:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      Code: {code}
      Environment: {{Variables: {{TABLE: {table}}}}}
"""


def reasons(table: str = "orders", code: str = "src") -> dict[str, str]:
    tree = MemoryTree({"template.yaml": TEMPLATE.format(table=table, code=code), "src/app.py": ""})
    (function,) = build(tree, (), Catalog(), date(2026, 11, 23)).functions
    return {name: why(value) for name, value in unknown(function)}


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("!If [C, orders, !Ref AWS::NoValue]", "a condition decides whether it is set"),
        ("", "nothing is written behind its name"),
        ("!Ref Given", "the parameter Given has no value here"),
        ("!Ref Bucket", "it is known only when the stack is deployed"),
        ("[a, b]", "it is no plain value"),
        ("!ImportValue other", "it is imported from another stack"),
    ],
)
def test_a_variable_that_is_not_known_says_why(table: str, reason: str) -> None:
    assert reasons(table) == {"environment TABLE": reason}


def test_a_variable_that_is_taken_away_is_not_there_to_be_known() -> None:
    assert reasons("!Ref AWS::NoValue") == {}


def test_code_from_one_of_two_places_says_so() -> None:
    code = "!If [C, {S3Bucket: !Ref Given, S3Key: a.zip}, {ZipFile: 'pass'}]"
    assert reasons(code=code) == {"code": "a condition decides where it is"}
