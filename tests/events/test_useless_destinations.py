"""What to do in place of a failure destination that is of no use."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project, registry
from lamlint.catalog import shared_catalog
from lamlint.engine import check
from tests.memory import MemoryTree

RULES = registry.load(plugins=False)
TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Parameters: {Policy: {Type: String}}
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt Failed.Arn}
      Events: {%s}
  Failed: {Type: AWS::SQS::Queue}
  Jobs: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}}}
  Others: {Type: AWS::SQS::Queue}
  Perhaps: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: !Ref Policy}}
"""
HAS = "remove it; what fails goes where the redrive policy of the queue says"
SET = "remove it, and set the redrive policy of the queue that is polled"


@pytest.mark.parametrize(
    ("queues", "instead"),
    [
        (["!GetAtt Jobs.Arn"], HAS),
        (["!GetAtt Others.Arn"], SET),
        (["!GetAtt Jobs.Arn", "!GetAtt Others.Arn"], f"{SET} where it has none"),
        (["!GetAtt Perhaps.Arn"], HAS),
        (["!ImportValue Jobs"], SET),
        (["!GetAtt Jobs.Arn", "!ImportValue Jobs"], f"{SET} where it has none"),
    ],
)
def test_only_a_queue_without_a_redrive_policy_needs_one(queues: list[str], instead: str) -> None:
    events = (f"E{n}: {{Type: SQS, Properties: {{Queue: {one}}}}}" for n, one in enumerate(queues))
    files = {"template.yaml": TEMPLATE % ", ".join(events)}
    built = project.build(MemoryTree(files), (), shared_catalog(), date(2026, 11, 29))
    (found,) = check.check(built, [RULES["useless-failure-destination"]])
    assert found.message.endswith(f": {instead}")
