"""A handler that only writes a log loses nothing, and does nothing twice."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import registry
from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.project import build
from tests.memory import MemoryTree

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Runtime: python3.13
      Timeout: 60
      CODE
      Events:
        Up: {Type: SNS, Properties: {Topic: arn:aws:sns:eu-west-1:123456789012:up}}
        Jobs: {Type: SQS, Properties: {Queue: !GetAtt Jobs.Arn}}
  Jobs: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 90}}
"""
IDLE = """\
import json
import logging
from typing import NamedTuple
class Answer(NamedTuple):
    code: int
logger = logging.getLogger()
def handler(event, context):
    for record in event["Records"]:
        logger.info("not yet: %s", json.dumps(record["body"]))
    return {"statusCode": 200, "body": "Hello World"}
"""
LOST = "missing-failure-destination"
TWICE = "visibility-timeout-too-short"


def weights(code: str, template: str = TEMPLATE) -> dict[str, str]:
    """How much is told of each of two rules; nothing of those that are silent."""
    files = {"template.yaml": template.replace("CODE", "CodeUri: src"), "src/app.py": code}
    built = build(MemoryTree(files), (), Catalog(), date(2026, 11, 23))
    rules = registry.load(plugins=False)
    found = check(built, [rules[name] for name in (LOST, TWICE)])
    return {one.rule: (one.severity or rules[one.rule].severity).label for one in found}


def test_what_only_writes_a_log_loses_nothing() -> None:
    assert weights(IDLE) == {TWICE: "information"}


@pytest.mark.parametrize(
    "body",
    [
        "    return 'done'\n",
        "    print('called')\n",
        "    logger.info('called: %s', event)\n    return {'statusCode': 200}\n",
        "    answer = json.dumps({'ok': True})\n    return answer\n",
    ],
)
def test_so_does_what_cannot_fail_beside_code_that_acts(body: str) -> None:
    code = "import boto3, json, logging\nlogger = logging.getLogger()\ns3 = boto3.client('s3')\n"
    other = "def other(event, context):\n    s3.delete_bucket(Bucket='a')\n"
    assert LOST not in weights(f"{code}def handler(event, context):\n{body}{other}")
    assert LOST in weights(
        f"{code}def handler(event, context):\n    s3.get_object()\n{body}{other}"
    )
    assert LOST in weights(f"{code}def handler(event, context):\n    assert s3\n{body}{other}")


@pytest.mark.parametrize(
    "code",
    [
        f"import boto3\ntable = boto3.resource('dynamodb').Table('t')\n{IDLE}    table.put()\n",
        IDLE.replace("    return", "    open('/tmp/a', 'w').write('x')\n    return"),
        "def handler(event, context): ...\n",
        "def handler(event, context):\n    return event['Records'][0]\n",
        IDLE.replace("import json\n", "import json\nfrom elsewhere import work\n").replace(
            "    return", "    work(event)\n    return"
        ),
    ],
)
def test_what_acts_or_may_act_weighs_as_ever(code: str) -> None:
    acting = code.replace("    return {", "    boto3.client('s3').delete(event)\n    return {")
    acting = acting if "boto3" in code else code
    assert weights(acting) == {LOST: "warning", TWICE: "warning"}


def test_so_does_what_stands_in_the_template() -> None:
    lines = "".join(f"        {line}\n" for line in IDLE.splitlines())
    inline = TEMPLATE.replace("app.", "index.").replace("CODE", f"InlineCode: |\n{lines}".rstrip())
    assert weights("", inline) == {
        LOST: "warning",
        TWICE: "warning",
    }


def test_what_is_answered_may_be_handed_on() -> None:
    config = "EventInvokeConfig: {DestinationConfig: {OnSuccess: {Type: SQS, Destination: a}}}"
    assert weights(IDLE, TEMPLATE.replace("CODE", f"CODE\n      {config}"))[LOST] == "warning"
