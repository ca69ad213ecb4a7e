"""Queues and functions in different nested stacks of a project, joined by what makes the stacks."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import registry
from lamlint.catalog import shared_catalog
from lamlint.engine import check
from lamlint.project import build
from tests.memory import MemoryTree

RULES = registry.load(plugins=False)
WORKER = """\
Transform: AWS::Serverless-2016-10-31
Parameters:
  Jobs: {Type: String}
Resources:
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src
      Timeout: 30
      Events: {Jobs: {Type: SQS, Properties: {Queue: !Ref Jobs}}}
"""
QUEUES = """\
Parameters:
  Hidden: {Type: Number, Default: 60}
Resources:
  Jobs: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 60}}
Outputs:
  Arn: {Value: !GetAtt Jobs.Arn}
"""
ROOT = """\
Resources:
  Queues:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: queues.yaml}
  Worker:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./worker.yaml
      Parameters: {Jobs: !GetAtt Queues.Outputs.Arn}
"""
FUNCTION = """\
  Other:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src, Timeout: 3}
"""
PARTED = ROOT.replace("AWS::CloudFormation::Stack", "AWS::Serverless::Application").replace(
    "TemplateURL", "Location"
)
CODE = {"src/app.py": "def handler(event, context):\n    print(open(event['x']).write('x'))\n"}
BY_PARAMETER = QUEUES.replace("VisibilityTimeout: 60", "VisibilityTimeout: !Ref Hidden")
GIVEN = ROOT.replace("{TemplateURL: queues.yaml}",
                     "{TemplateURL: queues.yaml, Parameters: {Hidden: 50}}")  # fmt: skip


def hidden(**files: str) -> list[str]:
    """Where it is told that a queue hides its messages for too short a time, and what."""
    given = {"worker.yaml": WORKER, "queues.yaml": QUEUES} | {
        f"{name.replace('__', '/')}.yaml": text for name, text in files.items()
    }
    project = build(MemoryTree(CODE | given), (), shared_catalog(), date(2026, 11, 30))
    found = check.check(project, [RULES["visibility-timeout-too-short"]])
    return [f"{one.span.path}: {one.message.split(',')[0]}" for one in found]


SIXTY = ["queues.yaml: the queue hides a message for 60 seconds"]


@pytest.mark.parametrize(
    "files",
    [
        {"root": ROOT},
        {"root": f"Transform: AWS::Serverless-2016-10-31\n{ROOT}{FUNCTION}"},
        {"root": PARTED},
        {"root": ROOT, "queues": BY_PARAMETER},
        {
            "root": ROOT.replace("queues.yaml", "between.yaml"),
            "between": "Resources:\n  In: {Type: AWS::CloudFormation::Stack, Properties: "
            "{TemplateURL: queues.yaml}}\nOutputs:\n  Arn: {Value: !GetAtt In.Outputs.Arn}\n",
        },
        {
            "root": "Resources:\n  All: {Type: AWS::CloudFormation::Stack, Properties: "
            "{TemplateURL: all.yaml}}\n",
            "all": ROOT,
        },
    ],
)
def test_a_queue_of_another_stack_is_known(files: dict[str, str]) -> None:
    assert hidden(**files) == SIXTY


def test_what_the_template_above_gives_a_stack_of_queues_counts() -> None:
    assert hidden(root=GIVEN, queues=BY_PARAMETER) == [
        "root.yaml: the queue hides a message for 50 seconds"
    ]
    assert hidden(root=GIVEN.replace("50", "180"), queues=BY_PARAMETER) == []


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"root": ROOT.replace("queues.yaml", "https://bucket.s3.amazonaws.com/queues.yaml")},
        {"root": ROOT.replace("queues.yaml", "nowhere.yaml")},
        {"root": ROOT.replace("!GetAtt Queues.Outputs.Arn", "!Ref Given")},
        {"root": ROOT, "queues": "Resources: {broken"},
        {"root": ROOT, "queues": "Resources:\n  Jobs: {Type: AWS::SQS::Queue, Properties: "
         "{VisibilityTimeout: !Ref Unknown}}\nOutputs:\n  Arn: {Value: !GetAtt Jobs.Arn}\n"},
    ],
)  # fmt: skip
def test_what_is_not_known_of_other_stacks_is_not_told(files: dict[str, str]) -> None:
    assert hidden(**files) == []


def test_queues_that_several_stacks_are_made_of_are_not_told_apart() -> None:
    second = """\
Resources:
  Queues:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: queues.yaml, Parameters: {Hidden: 200}}
"""
    assert hidden(root=ROOT, queues=BY_PARAMETER, second=second) == []


def test_stacks_that_make_each_other_end() -> None:
    above = "  Above: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: root.yaml}}\n"
    queues = QUEUES.replace("Outputs:", f"{above}Outputs:")
    assert hidden(root=ROOT + above, queues=queues) == SIXTY
