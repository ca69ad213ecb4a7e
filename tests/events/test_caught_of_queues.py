"""A handler that lets no error out has no message fail, so a redrive policy gets next to nothing."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project, registry
from lamlint.catalog import shared_catalog
from lamlint.engine import check
from lamlint.rule import INFORMATION, WARNING
from lamlint.text import Finding
from tests.events.test_caught_in_streams import CAUGHT, HEAD, LET_OUT
from tests.memory import MemoryTree

RULES = registry.load(plugins=False)
TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Index:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: %s
      Handler: app.handler
      CodeUri: src
      Events:
        Jobs: {Type: SQS, Properties: {Queue: !GetAtt Jobs.Arn%s}}
  Jobs: {Type: AWS::SQS::Queue}
"""
REPORTS = ", FunctionResponseTypes: [ReportBatchItemFailures]"


def told(body: str, runtime: str = "python3.13", more: str = "") -> Finding:
    files = {"template.yaml": TEMPLATE % (runtime, more), "src/app.py": HEAD + body}
    built = project.build(MemoryTree(files), (), shared_catalog(), date(2026, 11, 29))
    (one,) = check.check(built, [RULES["redrive-policy-missing"]])
    return one


@pytest.mark.parametrize("body", CAUGHT.values(), ids=CAUGHT)
def test_what_lets_no_error_out_only_fails_where_it_is_stopped(body: str) -> None:
    one = told(body)
    assert one.severity is INFORMATION
    assert "a message at which the function is stopped" in one.message
    assert one.related[-1].span.path == "src/app.py"


@pytest.mark.parametrize("body", LET_OUT.values(), ids=LET_OUT)
def test_what_lets_some_out_fails(body: str) -> None:
    assert told(body).severity is WARNING


def test_what_reports_the_messages_that_failed_has_them_fail() -> None:
    assert told(CAUGHT["a record at a time"], more=REPORTS).severity is WARNING


def test_code_that_is_not_read_may_let_all_out() -> None:
    assert told(CAUGHT["all of it"], runtime="nodejs22.x").severity is WARNING
