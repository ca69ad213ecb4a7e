"""How long a function may need that has no timeout of its own, by what its code asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from lamlint import project, registry
from lamlint.catalog import Catalog
from lamlint.engine import check
from lamlint.rule import INFORMATION, WARNING
from lamlint.text import Finding
from tests.memory import MemoryTree

RULES = registry.load(plugins=False)
SERVERLESS = """\
service: shop
provider: {name: aws, runtime: python3.13}
functions:
  get: {handler: app.handler, events: [EVENT]}
"""
SAM = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Get:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: .}
"""
ABOVE = """\
import os
import boto3
from boto3.dynamodb.conditions import Key
from botocore.exceptions import ClientError
table = boto3.resource("dynamodb").Table(os.environ["TABLE"])
"""
GET = "    return table.get_item(Key={'id': event['id']})\n"
EACH = "    for one in event['Records']:\n        table.put_item(Item=one)\n"


def told(body: str, above: str = ABOVE, template: str = SERVERLESS) -> Sequence[Finding]:
    path = "template.yaml" if template == SAM else "serverless.yml"
    files = {
        path: template.replace("EVENT", "websocket: $connect"),
        "app.py": f"{above}def handler(event, context):\n{body}",
        "models.py": f"{ABOVE}def get(key):\n    return table.query(KeyConditionExpression=key)\n",
    }
    built = project.build(MemoryTree(files), (), Catalog(), date(2026, 11, 23))
    return check.check(built, [RULES["timeout-not-set"]])


@pytest.mark.parametrize(
    ("body", "above"),
    [
        (GET, ABOVE),
        (GET, ABOVE.replace("boto3.resource", "boto3.client").replace(".Table", ".get_table")),
        ("    return client('sqs').send_message(MessageBody='a')\n", "from boto3 import client\n"),
        ("    boto3.client('events').put_events(Entries=[])\n", ABOVE),
        ("    sns.publish(Message='a')\n", f"{ABOVE}sns = boto3.client('sns')\n"),
        ("    return get(Key('id').eq(event['id']))\n", f"{ABOVE}from models import get\n"),
        ("    keys = [one.upper() for one in event['ids']]\n" + GET, ABOVE),
    ],
)
def test_six_seconds_are_enough_for_what_is_answered_at_once(body: str, above: str) -> None:
    assert not told(body, above)
    (three,) = told(body, above, SAM)
    assert (three.severity, "after 3 seconds" in three.message) == (WARNING, True)


@pytest.mark.parametrize(
    "body",
    [
        EACH,
        "    return [table.get_item(Key=one) for one in event['ids']]\n",
        "    return list(map(table.delete_item, event['ids']))\n",
        "    for one in event['ids']:\n        put(one)\n",
    ],
)
def test_in_a_loop_it_is_information(body: str) -> None:
    (finding,) = told(body, f"{ABOVE}def put(one):\n    table.put_item(Item=one)\n\n\n")
    assert finding.severity is INFORMATION
    assert "more than a hundred things" in finding.message


@pytest.mark.parametrize(
    ("body", "above"),
    [
        (GET, f"import requests\n{ABOVE}requests.get('https://example.com')\n"),
        ("    return boto3.client('s3').list_buckets()\n", ABOVE),
        ("    return boto3.client('lambda').invoke(FunctionName='a')\n", ABOVE),
        ("    return boto3.client(os.environ['SERVICE']).run()\n", ABOVE),
        ("    return boto3.client(service_name='textract').run()\n", ABOVE),
        ("    return boto3.Session().client('s3').list_buckets()\n", ABOVE),
        (GET, f"from elsewhere import work\n{ABOVE}work()\n"),
        (f"    while True:\n        table.scan()\n{GET}", ABOVE),
        (f"    time.sleep(4)\n{GET}", f"import time\n{ABOVE}"),
    ],
)
def test_what_may_take_longer_needs_a_timeout(body: str, above: str) -> None:
    (finding,) = told(body, above)
    assert finding.severity is WARNING


@pytest.mark.parametrize(
    ("event", "seconds"),
    [
        ("websocket: $connect", 29),
        ("http: GET /a", 29),
        ("httpApi: GET /a", 30),
        ("sqs: arn:aws:sqs:eu-west-1:123456789012:jobs", 30),
        ("sqs: arn:aws:sqs:eu-west-1:123456789012:jobs, http: GET /a", 29),
    ],
)
def test_the_fix_writes_no_more_than_its_api_waits(event: str, seconds: int) -> None:
    each = ", ".join(f"{{{one}}}" for one in event.split(", "))
    (finding,) = told("    work(event)\n", "", SERVERLESS.replace("EVENT", each))
    assert finding.fix is not None
    assert finding.fix.title == f"Set a timeout of {seconds} seconds"
