"""The event graph: which function's writes set off which function's triggers."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.project.graph import set_off
from tests.memory import MemoryTree

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Runtime: python3.13
    CodeUri: src/
    Environment:
      Variables: {FILES: !Ref Files, WORK: !Ref Work, NEWS: !Ref News, BUS: !Ref Bus}
Resources:
  Writer:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Events:
        Uploaded:
          Type: S3
          Properties: {Bucket: !Ref Files, Events: "s3:ObjectCreated:*"}
  Reader:
    Type: AWS::Serverless::Function
    Properties:
      Handler: other.handler
      Events:
        Uploaded:
          Type: S3
          Properties:
            Bucket: !Ref Files
            Events: "s3:ObjectCreated:*"
            Filter: {S3Key: {Rules: [{Name: prefix, Value: out/}]}}
        Queued: {Type: SQS, Properties: {Queue: !GetAtt Work.Arn}}
        Told: {Type: SNS, Properties: {Topic: !Ref News}}
        Ordered:
          Type: EventBridgeRule
          Properties: {EventBusName: !Ref Bus, Pattern: {source: [shop], detail-type: [ordered]}}
  Files: {Type: AWS::S3::Bucket}
  Work: {Type: AWS::SQS::Queue}
  News: {Type: AWS::SNS::Topic}
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: shop}}
"""
CODE = """\
import os

import boto3


def handler(event, context):
    bucket = event["Records"][0]["s3"]["bucket"]["name"]
    {line}
"""
OTHER = "def handler(event, context):\n    return 1\n"


def edges(line: str) -> set[str]:
    """What a line of the writer's handler sets off, as FUNCTION.EVENT."""
    files = {"template.yaml": TEMPLATE, "src/app.py": CODE.format(line=line), "src/other.py": OTHER}
    built = project.build(MemoryTree(files), (), Catalog(), date(2026, 11, 24))
    (writer,) = (one for one in built.functions if one.name == "Writer")
    handler = built.handler_of(writer)
    assert handler is not None
    names = {one.id: one.name for one in built.functions}
    events = [event for one in built.functions for event in one.events]
    found = set_off(writer, handler, built.catalog.writes, events)
    return {f"{names[edge.event.function]}.{edge.event.name}" for edge in found}


PUT = 'boto3.client("s3").put_object(Bucket={}, Key={}, Body=b"")'
ENTRY = (
    '{{"EventBusName": os.environ["BUS"], "Source": {}, "DetailType": "ordered", "Detail": "1"}}'
)
EVENT = f'boto3.client("events").put_events(Entries=[{ENTRY}])'


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (PUT.format('os.environ["FILES"]', '"out/a"'), {"Writer.Uploaded", "Reader.Uploaded"}),
        (PUT.format('os.environ["FILES"]', '"in/a"'), {"Writer.Uploaded"}),
        (PUT.format("bucket", '"out/a"'), {"Writer.Uploaded", "Reader.Uploaded"}),
        (PUT.format('os.environ["OTHER"]', '"out/a"'), set()),
        (PUT.format("event['bucket']", '"out/a"'), set()),
        ('boto3.client("sqs").send_message(QueueUrl=os.environ["WORK"], MessageBody="")', {"Reader.Queued"}),
        ('boto3.resource("sns").Topic(os.environ["NEWS"]).publish(Message="")', {"Reader.Told"}),
        (EVENT.format('"shop"'), {"Reader.Ordered"}),
        (EVENT.format('"stock"'), set()),
        ('boto3.client("s3").get_object(Bucket=bucket, Key="out/a")', set()),
    ],
)  # fmt: skip
def test_a_write_sets_off_what_it_surely_triggers(line: str, expected: set[str]) -> None:
    assert edges(line) == expected
