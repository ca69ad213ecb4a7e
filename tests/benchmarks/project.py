"""Makes a project of any size: handlers, helpers, templates; a third of the modules at fault.

One module in five is imported by no handler, as tools and tests are: it has to
be read, but not to be parsed.
"""

from __future__ import annotations

from pathlib import Path

PADDING = '''

class Part{number}:
    """A part of the work, so that modules are as long as real ones."""

    def __init__(self, rows, limit=100):
        self.rows = [row for row in rows if row is not None]
        self.limit = limit

    def chunks(self):
        for start in range(0, len(self.rows), self.limit):
            yield self.rows[start : start + self.limit]

    def summary(self):
        totals = {{}}
        for row in self.rows:
            key = row.get("kind", "other")
            totals[key] = totals.get(key, 0) + row.get("amount", 0)
        return {{"totals": totals, "count": len(self.rows)}}
'''

HANDLER = '''\
"""Answers one kind of request."""

import json
import logging
import os

import boto3

{imports}

logger = logging.getLogger(__name__)
{outside}

def handler(event, context):
{inside}
    rows = json.loads(event.get("body", "[]"))
    logger.info("got %s rows", len(rows))
{calls}
    table.put_item(Item={{"id": event["id"], "rows": len(rows)}})
    return {{"statusCode": 200, "body": json.dumps(len(rows))}}
'''
CLIENT = 'table = boto3.resource("dynamodb").Table(os.environ["TABLE"])'
HELPER = '''\
"""Helps some handlers."""

import boto3


def work_{number}(rows):
{inside}
    return [dict(row, done=True) for row in rows]
'''

TOOL = '''\
"""Is run by hand."""

import sys


def main(arguments):
    for argument in arguments:
        print(argument.upper())
'''

FUNCTION = """\
  Function{number}:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/f{number}/
      Handler: app.handler
      Timeout: {timeout}
      Environment:
        Variables:
          TABLE: table-{number}
"""
TEMPLATE = """\
AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Runtime: python3.13
    MemorySize: 256
Resources:
"""


def make(folder: Path, modules: int = 1_000, handlers: int = 300, templates: int = 60) -> None:
    """Write the project; every third module has a finding."""
    tools = modules // 5
    helpers = modules - handlers - tools
    each = -(-handlers // templates)
    (folder / "lamlint.toml").write_text("")
    for number in range(handlers):
        service = folder / f"service{number // each}"
        helped = [h for h in range(helpers) if h % handlers == number]
        code = service / "src" / f"f{number}"
        code.mkdir(parents=True)
        (code / "app.py").write_text(_handler(number, helped))
        for helper in helped:
            (code / f"helper{helper}.py").write_text(_helper(helper))
        for tool in range(number, tools, handlers):
            (code / f"tool{tool}.py").write_text(TOOL + parts(4))
    for start in range(0, handlers, each):
        mine = range(start, min(start + each, handlers))
        resources = (FUNCTION.format(number=n, timeout=1000 if n % 30 == 0 else 30) for n in mine)
        (folder / f"service{start // each}" / "template.yaml").write_text(
            TEMPLATE + "".join(resources)
        )


def parts(count: int) -> str:
    """So many classes, to make a module longer."""
    return "".join(PADDING.format(number=number) for number in range(count))


def _handler(number: int, helpers: list[int]) -> str:
    faulty = number % 3 == 0
    return HANDLER.format(
        imports="\n".join(f"from helper{h} import work_{h}" for h in helpers),
        outside="" if faulty else f"{CLIENT}\n",
        inside=f"    {CLIENT}" if faulty else '    """Handle it."""',
        calls="\n".join(f"    rows = work_{h}(rows)" for h in helpers),
    ) + parts(4)


def _helper(number: int) -> str:
    client = '    boto3.client("sqs").send_message(QueueUrl="q", MessageBody=str(len(rows)))'
    inside = client if number % 2 == 0 else '    """Do it."""'
    return HELPER.format(number=number, inside=inside) + parts(4)
