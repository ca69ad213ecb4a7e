"""A handler that lets no error out never has Lambda try a batch of a stream again."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project, registry
from lamlint.catalog import shared_catalog
from lamlint.engine import check
from tests.events.handlers import CAUGHT, HEAD, LET_OUT
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
        Changes: {Type: %s, Properties: {Stream: !GetAtt Orders.StreamArn, StartingPosition: LATEST}}
  Orders: {Type: AWS::DynamoDB::Table, Properties: {StreamSpecification: {StreamViewType: NEW_IMAGE}}}
"""


def told(body: str, kind: str = "DynamoDB", runtime: str = "python3.13", more: str = "") -> int:
    template = (TEMPLATE % (runtime, kind)).replace("LATEST", f"LATEST{more}")
    files = {"template.yaml": template, "src/app.py": HEAD + body}
    built = project.build(MemoryTree(files), (), shared_catalog(), date(2026, 11, 29))
    return len(check.check(built, [RULES["unbounded-stream-retry"]]))


@pytest.mark.parametrize("kind", ["DynamoDB", "Kinesis"])
@pytest.mark.parametrize("body", CAUGHT.values(), ids=CAUGHT)
def test_what_lets_no_error_out_blocks_no_shard(body: str, kind: str) -> None:
    assert told(body, kind) == 0


@pytest.mark.parametrize("body", LET_OUT.values(), ids=LET_OUT)
def test_what_lets_some_out_does(body: str) -> None:
    assert told(body) == 1


def test_code_that_is_not_read_may_let_all_out() -> None:
    assert told(CAUGHT["all of it"], runtime="nodejs22.x") == 1


def test_what_is_caught_and_reported_is_tried_again() -> None:
    reports = ", FunctionResponseTypes: [ReportBatchItemFailures]"
    body = CAUGHT["a record at a time"]
    answer = '{"batchItemFailures": [{"itemIdentifier": done}]}'
    assert told(body.replace('{"done": done}', answer), more=reports) == 1
    assert told(body.replace('{"done": done}', "done"), more=reports) == 1
    assert told(body, more=reports) == 0
