"""A moved construction changes nothing that a handler returns.

Each handler is loaded and its result encoded by the real runtime's own code,
before and after the move, twice in one environment, against a mocked AWS.
"""

from __future__ import annotations

import contextlib
import functools
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import libcst as cst
import pytest

from lamlint.catalog import Catalog
from lamlint.python import Module
from lamlint.python.hoist.fix import hoist
from lamlint.text import Change, Joined, Source

bootstrap = pytest.importorskip("awslambdaric.bootstrap")
marshaller = pytest.importorskip("awslambdaric.lambda_runtime_marshaller")
boto3 = pytest.importorskip("boto3")
moto = pytest.importorskip("moto")

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

CONSTRUCTORS = Catalog().constructors
EVENT = {"id": "7", "key": "a.txt"}

TABLE = """
import os
import boto3

def handler(event, context):
    # one table
    dynamodb = boto3.resource("dynamodb")
    table = dynamodb.Table(os.environ["TABLE"])
    count = table.update_item(
        Key={"id": event["id"]},
        UpdateExpression="ADD seen :one",
        ExpressionAttributeValues={":one": 1},
        ReturnValues="UPDATED_NEW",
    )
    return count["Attributes"]
"""
CHAINED = """
import boto3

def handler(event, context):
    boto3.client("s3").put_object(Bucket="files", Key=event["key"], Body=b"text")
    found = boto3.client("s3").list_objects_v2(Bucket="files")
    return {"keys": [each["Key"] for each in found["Contents"]]}
"""
HELPERS = """
import boto3

class Store:
    def __init__(self, bucket):
        self.bucket = bucket
        self.s3 = boto3.client("s3")

    def keys(self):
        found = self.s3.list_objects_v2(Bucket=self.bucket)
        return [each["Key"] for each in found.get("Contents", [])]

def table():
    import os
    name = os.environ["TABLE"]
    return boto3.resource("dynamodb").Table(name)

def handler(event, context):
    table().put_item(Item={"id": event["id"], "keys": Store("files").keys()})
    return table().scan()["Items"]
"""
SAME_NAME = """
import boto3

def files():
    client = boto3.client("s3")
    return [bucket["Name"] for bucket in client.list_buckets()["Buckets"]]

def tables():
    client = boto3.client("dynamodb")
    names = [client.list_tables()["TableNames"] for _ in range(1)]
    return names

def handler(event, context):
    return {"files": files(), "tables": tables()}
"""
SESSION = """
import boto3

def handler(event, context):
    session = boto3.Session(region_name="eu-west-1")
    s3, sts = session.client("s3"), session.client("sts")
    name = s3.list_buckets()["Buckets"][0]["Name"]
    return {"bucket": name, "account": sts.get_caller_identity()["Account"]}
"""
ERRORS = """
import boto3

def handler(event, context):
    s3 = boto3.client("s3")
    try:
        s3.get_object(Bucket="files", Key="missing")
    except s3.exceptions.NoSuchKey as error:
        return {"error": error.response["Error"]["Code"]}
    finally:
        client = boto3.client("s3")
        client.put_object(Bucket="files", Key="asked", Body=b"")
"""
NESTED = """
import boto3

def handler(event, context):
    s3 = boto3.client("s3")

    def put(key):
        s3.put_object(Bucket="files", Key=key, Body=b"")
        return key

    return [put(key) for key in ("a", "b")], (lambda: len(s3.list_buckets()["Buckets"]))()
"""
WITH = """
import os
import httpx

def handler(event, context):
    # ask twice
    with httpx.Client(base_url="http://127.0.0.1:" + os.environ["PORT"]) as client:
        first = client.get("/" + event["id"])
        second = client.get(
            "/" + event["key"],
        )
        # asked
    return {"body": first.text + second.text, "status": second.status_code}
"""
REQUESTS = """
import os
import requests

def handler(event, context):
    session = requests.Session()
    home = f"http://127.0.0.1:{os.environ['PORT']}"
    answers = [session.get(f"{home}/{n}", timeout=5) for n in range(3)]
    return [answer.text for answer in answers]
"""
ENGINE = """
from sqlalchemy import create_engine, text

def handler(event, context):
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        return connection.execute(text("select 6 * :n"), {"n": int(event["id"])}).scalar()
"""


def moved(text: str) -> str:
    for _ in range(10):
        source = Source("app.py", text)
        module = Module(source, "app")
        change = Change({"app.py": source}.get)
        fixes = [hoist(module, call, CONSTRUCTORS, always=True) for call in module.nodes(cst.Call)]
        if not [fix for fix in fixes if fix and change.join(fix) is Joined.TAKEN]:
            return text
        text = change.texts()["app.py"]
    raise AssertionError("the fixes never end")


class Echo(BaseHTTPRequestHandler):
    """Answers every request with its path."""

    def do_GET(self) -> None:
        body = self.path.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a function finds around it: a region, credentials, a table, and a server to ask."""
    server = HTTPServer(("127.0.0.1", 0), functools.partial(Echo))
    Thread(target=server.serve_forever, daemon=True).start()
    names = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
    for name in names:
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("TABLE", "orders")
    monkeypatch.setenv("PORT", str(server.server_port))
    yield
    server.shutdown()
    server.server_close()


def results(text: str, folder: Path, name: str) -> list[str]:
    """What two invocations of one environment return, as the runtime encodes it."""
    (folder / f"{name}.py").write_text(text, encoding="utf-8")
    with moto.mock_aws(), _importable(folder, name):
        boto3.client("s3").create_bucket(Bucket="files")
        boto3.client("dynamodb").create_table(
            TableName="orders",
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        )
        handler: Any = bootstrap._get_handler(f"{name}.handler")
        return [marshaller.to_json(handler(dict(EVENT), None)) for _ in range(2)]


@contextlib.contextmanager
def _importable(folder: Path, name: str) -> Iterator[None]:
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        sys.modules.pop(name, None)


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize(
    ("text", "needed"),
    [
        pytest.param(TABLE, "boto3", id="table"),
        pytest.param(CHAINED, "boto3", id="chained"),
        pytest.param(HELPERS, "boto3", id="helpers"),
        pytest.param(SAME_NAME, "boto3", id="same name"),
        pytest.param(SESSION, "boto3", id="session"),
        pytest.param(ERRORS, "boto3", id="errors"),
        pytest.param(NESTED, "boto3", id="nested"),
        pytest.param(WITH, "httpx", id="with"),
        pytest.param(REQUESTS, "requests", id="requests"),
        pytest.param(ENGINE, "sqlalchemy", id="engine"),
    ],
)
def test_a_handler_returns_after_the_move_what_it_returned_before(
    text: str, needed: str, tmp_path: Path
) -> None:
    pytest.importorskip(needed)
    after = moved(text)
    assert after != text
    assert results(after, tmp_path, "after") == results(text, tmp_path, "before")
