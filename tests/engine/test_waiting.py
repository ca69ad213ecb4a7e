"""What another rule wants done first waits for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lamlint.api import check

TEMPLATE = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Index:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
      Timeout: 30
      MemorySize: 256
      Environment:
        Variables: {BUCKET: !Ref Files}
      Events:
        Stored:
          Type: S3
          Properties: {Bucket: !Ref Files, Events: "s3:ObjectCreated:*"}
  Files:
    Type: AWS::S3::Bucket
"""
TOPIC = """
        Told:
          Type: SNS
          Properties: {Topic: !Ref Topic}
"""
CODE = """
import os
import boto3
s3 = boto3.client("s3")
def handler(event, context):
    s3.put_object(Bucket=os.environ["BUCKET"], Key="index.json", Body=b"")
"""
WITH_TOPIC = TEMPLATE.replace("  Files:\n", f"{TOPIC.lstrip(chr(10))}  Files:\n") + (
    "  Topic:\n    Type: AWS::SNS::Topic\n"
)
LOOP, LOST = "event-loop", "missing-failure-destination"


@pytest.mark.parametrize(
    ("template", "code", "rules"),
    [
        (TEMPLATE, CODE, [LOOP]),
        (TEMPLATE, CODE.replace("BUCKET", "OTHER").replace("s3.put", "s3.get"), [LOST]),
        (WITH_TOPIC, CODE, [LOOP, LOST]),
        (TEMPLATE, CODE.replace('b"")', 'b"")  # lamlint: ignore[event-loop] by design'), [LOST]),
    ],
    ids=["the loop alone", "no loop", "another trigger", "the loop is wanted"],
)
def test_failures_wait_while_their_trigger_is_a_loop(
    template: str, code: str, rules: list[str], tmp_path: Path
) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "app.py").write_text(code, encoding="utf-8")
    (tmp_path / "template.yaml").write_text(template, encoding="utf-8")
    report = check([str(tmp_path)], select=[LOOP, LOST])
    assert sorted({one.rule for one in report.findings}) == rules
