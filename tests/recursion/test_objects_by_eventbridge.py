"""New objects that a bucket tells EventBridge of, whichever way the rule is written."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project, registry
from lamlint.catalog import Catalog
from lamlint.engine import check
from tests.memory import MemoryTree

RULE = registry.load(plugins=False)["event-loop"]
FUNCTION = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Files:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: my-files-123
      NotificationConfiguration: {EventBridgeConfiguration: {EventBridgeEnabled: true}}
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
      Environment: {Variables: {BUCKET: !Ref Files}}
"""
CODE = """\
import os
import boto3
s3 = boto3.client("s3")
def handler(event, context):
    s3.put_object(Bucket=os.environ["BUCKET"], Key="out/index.json", Body=b"")
"""
BACK = """\
import boto3
s3 = boto3.client("s3")
def handler(event, context):
    detail = event["detail"]
    s3.put_object(Bucket=detail["bucket"]["name"], Key=detail["object"]["key"], Body=b"")
"""
NAMED = "bucket: {name: [my-files-123]}"


def sam(detail: str, kind: str = "EventBridgeRule", types: str = '["Object Created"]') -> str:
    pattern = f"{{source: [aws.s3], detail-type: {types}, detail: {{{detail}}}}}"
    event = f"{{E: {{Type: {kind}, Properties: {{Pattern: {pattern}}}}}}}"
    return f"{FUNCTION}      Events: {event}\n"


def rule(detail: str) -> str:
    return by_pattern(
        f'{{source: [aws.s3], detail-type: ["Object Created"], detail: {{{detail}}}}}'
    )


def of_resources(arn: str, more: str = "") -> str:
    return by_pattern(
        f'{{source: [aws.s3], detail-type: ["Object Created"], resources: [{arn}]{more}}}'
    )


def by_pattern(pattern: str) -> str:
    return (
        f"{FUNCTION}  Rule:\n    Type: AWS::Events::Rule\n    Properties:\n"
        f"      EventPattern: {pattern}\n"
        "      Targets: [{Id: work, Arn: !GetAtt Work.Arn}]\n"
    )


LOOPS = {
    "the bucket by its name": (sam(NAMED), CODE),
    "the bucket by its logical id": (sam("bucket: {name: [!Ref Files]}"), CODE),
    "one bucket of several": (sam("bucket: {name: [other, !Ref Files]}"), CODE),
    "by the older name": (sam(NAMED, "CloudWatchEvent"), CODE),
    "a rule of its own": (rule(NAMED), CODE),
    "a rule of its own by logical id": (rule("bucket: {name: [!Ref Files]}"), CODE),
    "a rule that is a text of JSON": (
        by_pattern(
            """'{"source": ["aws.s3"], "detail": {"bucket": {"name": ["my-files-123"]}}}'"""
        ),
        CODE,
    ),
    "the bucket's ARN": (of_resources("arn:aws:s3:::my-files-123"), CODE),
    "the bucket's ARN by its logical id": (of_resources("!GetAtt Files.Arn"), CODE),
    "the bucket's ARN around its logical id": (of_resources("!Sub 'arn:aws:s3:::${Files}'"), CODE),
    "the bucket's ARN and a prefix that is met": (
        of_resources("!GetAtt Files.Arn", ", detail: {object: {key: [{prefix: out/}]}}"),
        CODE,
    ),
    "why it was written": (sam(f"{NAMED}, reason: [CopyObject, PutObject]"), CODE),
    "any type of events": (sam(NAMED, types='["Object Created", "Object Deleted"]'), CODE),
    "a prefix that is met": (sam(f"{NAMED}, object: {{key: [{{prefix: out/}}]}}"), CODE),
    "a suffix that is met": (sam(f"{NAMED}, object: {{key: [{{suffix: .json}}]}}"), CODE),
    "back to where it came from": (sam(NAMED), BACK),
    "by upload": (
        sam(NAMED),
        CODE.replace(
            'put_object(Bucket=os.environ["BUCKET"], Key="out/index.json", Body=b"")',
            'upload_file("/tmp/a", os.environ["BUCKET"], "out/a.json")',
        ),
    ),
}
OTHERS = {
    "another bucket": (sam("bucket: {name: [other]}"), CODE),
    "deleted objects": (sam(NAMED, types='["Object Deleted"]'), CODE),
    "another prefix": (sam(f"{NAMED}, object: {{key: [{{prefix: in/}}]}}"), CODE),
    "one of several prefixes": (
        sam(f"{NAMED}, object: {{key: [{{prefix: in/}}, {{prefix: raw/}}]}}"),
        CODE,
    ),
    "anything but": (sam(f"{NAMED}, object: {{key: [{{anything-but: {{prefix: out/}}}}]}}"), CODE),
    "a pattern for the size": (sam(f"{NAMED}, object: {{size: [{{numeric: ['>', 9]}}]}}"), CODE),
    "why it was written": (sam(f"{NAMED}, reason: [CopyObject]"), CODE),
    "the ARN of another bucket": (of_resources("arn:aws:s3:::other"), CODE),
    "a text that is no JSON": (by_pattern("'{source'"), CODE),
    "an ARN and what is not told": (of_resources("!GetAtt Files.Arn", ", account: ['1']"), CODE),
    "an ARN and another prefix": (
        of_resources("!GetAtt Files.Arn", ", detail: {object: {key: [{prefix: in/}]}}"),
        CODE,
    ),
    "any bucket": (sam("object: {key: [{prefix: out/}]}"), CODE),
    "another source": (sam(NAMED).replace("aws.s3", "acme.files"), CODE),
    "a test of the key": (
        sam(NAMED),
        BACK.replace(
            "    s3.put",
            '    if detail["object"]["key"].startswith("out/"):\n        return\n    s3.put',
        ).replace('Key=detail["object"]', 'Key="out/" + detail["object"]'),
    ),
}


def found(template: str, code: str) -> int:
    tree = MemoryTree({"template.yaml": template, "src/app.py": code})
    return len(check.check(project.build(tree, (), Catalog(), date(2026, 11, 24)), [RULE]))


@pytest.mark.parametrize(("template", "code"), LOOPS.values(), ids=LOOPS)
def test_a_new_object_comes_back_by_the_rule(template: str, code: str) -> None:
    assert found(template, code) == 1


@pytest.mark.parametrize(("template", "code"), OTHERS.values(), ids=OTHERS)
def test_what_the_rule_may_leave_out_is_no_loop(template: str, code: str) -> None:
    assert found(template, code) == 0
