"""What rules look at: what is deployed, and not what only tests deploy."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.engine import check
from tests.checking import rules
from tests.memory import MemoryTree
from tests.secrets.made import ALNUM, letters

TEMPLATE = """\
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.8
      Handler: app.handler
      CodeUri: CODE
      Environment: {Variables: {NAME: VALUE}}
"""
CODE = """\
import os

import boto3

TABLE = os.environ["TABLE"]


def handler(event, context):
    return boto3.client("s3").list_buckets()
"""


GITHUB = "ghp" + "_" + letters(ALNUM, 36)


def told(template: str, code: str, value: str = "orders") -> set[str]:
    """The rules that speak of a function, given where its template lies and where its code."""
    up = "../" * template.count("/")
    text = TEMPLATE.replace("CODE", f"{up}{code}").replace("VALUE", value)
    tree = MemoryTree({template: text, f"{code}/app.py": CODE})
    built = project.build(tree, (), Catalog(), date(2026, 11, 24))
    return {one.rule for one in check.check(built, rules().values())}


@pytest.mark.parametrize(
    "template",
    [
        "tests/template.yaml",
        "tests/fixtures/t.yaml",
        "e2e/template.yaml",
        "integration-tests/one/template.yaml",
        "services/orders/tests/template.json.yaml",
    ],
)
def test_a_template_of_tests_declares_no_deployed_functions(template: str) -> None:
    assert told(template, "tests/code") == set()


@pytest.mark.parametrize(
    "template",
    [
        "archive-templates/t.yaml",
        "ops/archived/t.yaml",
        "_old/t.yaml",
        "old/t.yaml",
        "deprecated/t.yaml",
        "ops/deprecated-2026/t.yaml",
        "old_templates/t.yaml",
        "lambda-old/t.yaml",
        "superseded/t.yaml",
    ],
)
def test_a_template_that_is_set_aside_declares_none(template: str) -> None:
    assert told(template, "src") == {"connection-in-handler"}


def test_what_is_set_aside_with_its_code_runs_no_more() -> None:
    assert told("old/t.yaml", "old/src") == set()


def test_a_template_of_tests_that_deploys_the_real_code() -> None:
    assert told("tests/template.yaml", "src") == {"connection-in-handler"}


@pytest.mark.parametrize(
    "template",
    ["template.yaml", "latest/template.yaml", "examples/t.yaml", "archive/t.yaml", "bold/t.yaml"],
)
def test_other_templates_do(template: str) -> None:
    found = told(template, "src")
    assert {"deprecated-runtime", "timeout-not-set", "undefined-environment-variable"} <= found


def test_a_secret_is_one_in_a_template_of_tests_too() -> None:
    assert told("tests/template.yaml", "tests/code", GITHUB) == {"secret-in-environment"}


def test_a_broken_template_of_tests_is_what_a_test_wants() -> None:
    broken = "Resources:\n  Fn:\n    Type: AWS::Serverless::Function\n   Properties: {\n"
    for path, expected in (("template.yaml", ["unreadable-template"]), ("tests/t.yaml", [])):
        built = project.build(MemoryTree({path: broken}), (), Catalog(), date(2026, 11, 24))
        assert [problem.rule for problem in built.problems] == expected
