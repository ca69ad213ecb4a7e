"""A project with functions that something else of it may run on a schedule."""

from __future__ import annotations

from datetime import date

from lamlint import project
from lamlint.catalog import shared_catalog
from lamlint.model import Function
from tests.memory import MemoryTree

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage: {Type: String}
Resources:
  Fetch:
    Type: AWS::Serverless::Function
    Properties: {FunctionName: acme-fetch, CodeUri: src/, Handler: app.handler, Runtime: python3.13}
  Work:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: !Sub "acme-${Stage}-work"
      CodeUri: src/
      Handler: work.handler
      Runtime: python3.13
"""
CODE = "import boto3\ndef handler(event, context):\n    boto3.client('s3').list_buckets()\n"
FLOW = ".github/workflows/fetch.yml"
SCRIPT = "scripts/schedule.sh"
SETUP = "scripts/schedule.py"
DAG = "dags/fetch.py"
WORKFLOW = """\
on:
  schedule:
    # each working day
    - cron: "0 10 * * 1-5"
  workflow_dispatch:
env:
  FUNCTION: acme-fetch
jobs:
  fetch:
    runs-on: ubuntu-latest
    steps:
      - run: |
          aws lambda invoke \\
            --function-name acme-fetch \\
            --payload '{}' answer.json
"""
SCHEDULER = """\
import boto3
PREFIX = "arn:aws:lambda:eu-west-1:123456789012:function:"
boto3.client("scheduler").create_schedule(
    Name="night", ScheduleExpression="rate(1 day)", Target={"Arn": PREFIX + "acme-fetch"},
)
"""
WORKDAYS = "cron(0 10 ? * 2,3,4,5,6 *)"


def built(path: str, text: str) -> project.Project:
    files = {
        "template.yaml": TEMPLATE, "src/app.py": CODE, "src/work.py": CODE, "lamlint.toml": "",
        path: text,
    }  # fmt: skip
    return project.build(MemoryTree(files), (), shared_catalog(), date(2026, 11, 24))


def scheduled(path: str, text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    one: Function
    for one in built(path, text).functions:
        for event in one.scheduled:
            assert event.expression is not None
            found.setdefault(one.name, []).append(event.expression.only)
    return found
