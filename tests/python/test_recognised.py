"""Which functions are handlers by their signatures, where no template names them."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint.catalog import Catalog
from lamlint.project import build
from tests.memory import MemoryTree


def recognised(files: dict[str, str]) -> list[str]:
    built = build(MemoryTree(files), ("",), Catalog(), date(2026, 11, 23))
    return sorted(one.name for one in built.handlers if one.by_signature)


HELPER = "def create(event, context):\n    return event\n\n\n"


@pytest.mark.parametrize(
    "body",
    [
        "return create(event, context)",
        "return create(event, None)",
        "return create(event=event, context=context)",
        "return create(context=context, event=event)",
        "if event['x']:\n        return create(event, context)\n    return None",
        "return [create(event, context) for _ in range(2)]",
        "return ROUTES['create'](event, context)",
        "return ROUTES.get(event['path'], None)(event, context)",
        "run = ROUTES[event['path']]\n    return run(event, context)",
        "run = ROUTES.get(event['path'])\n    return run(event, context)",
        "return LIST[0](event, context)",
        "return route('x', event, context)",
    ],
)
@pytest.mark.parametrize("name", ["lambda_handler", "main", "on_event"])
def test_what_a_handler_hands_its_event_to_is_its_helper(name: str, body: str) -> None:
    text = (
        f"{HELPER}ROUTES = {{'create': create}}\nLIST = [create]\n\n\n"
        "def route(what, given, context):\n    return create(given, context)\n\n\n"
        f"def {name}(event, context):\n    {body}\n"
    )
    assert recognised({"app.py": text}) == [name]


@pytest.mark.parametrize(
    "body",
    [
        "return create({'x': 1}, context)",
        "return create(event['inner'], context)",
        "return create(json.loads(event), context)",
        "return create",
        "return other.create(event, context)",
        "return OTHER[0](event, context)",
        "return event",
    ],
)
def test_what_gets_another_event_may_be_a_handler_of_its_own(body: str) -> None:
    text = f"{HELPER}OTHER = [print]\n\n\ndef lambda_handler(event, context):\n    {body}\n"
    assert recognised({"app.py": text}) == ["create", "lambda_handler"]


def test_of_two_that_call_each_other_neither_is_a_helper() -> None:
    text = (
        "def one(event, context):\n    return two(event, context)\n\n\n"
        "def two(event, context):\n    return one(event, context)\n"
    )
    assert recognised({"app.py": text}) == ["one", "two"]


def test_what_only_a_script_calls_is_a_handler() -> None:
    text = f"{HELPER}def main(event):\n    return create(event, None)\n"
    assert recognised({"app.py": text}) == ["create"]


TEMPLATE = """\
Resources:
  Create:
    Type: AWS::Lambda::Function
    Properties:
      Handler: orders.create
      Runtime: python3.13
      Code: {S3Bucket: releases, S3Key: orders.zip}
"""


def test_a_helper_that_a_template_names_is_a_handler() -> None:
    text = f"{HELPER}def route(event, context):\n    return create(event, context)\n"
    files = {"orders.py": text, "template.yaml": TEMPLATE}
    built = build(MemoryTree(files), ("",), Catalog(), date(2026, 11, 23))
    assert sorted((one.name, one.by_signature) for one in built.handlers) == [
        ("create", False),
        ("route", True),
    ]


def test_the_helpers_of_a_handler_that_a_template_names_are_none() -> None:
    text = f"def create(event, context):\n    return check(event, context)\n\n\n{HELPER}"
    files = {"orders.py": text.replace("def create(event, context):\n    return event", CHECK)}
    assert recognised({**files, "template.yaml": TEMPLATE}) == []


OWN_WORDS = [
    ("def lambda_handler(build_event, context):", True),
    ("def handler(build_event, context):", True),
    ("def handler(s3_event, lambda_context):", True),
    ("def lambda_handler(payload, context):", True),
    ("def lambda_handler(request, context, extra=None):", False),
    ("async def lambda_handler(payload, context):", False),
    ("def handler(payload, context):", False),
    ("def handler(request, context):", False),
    ("def on_change(build_event, context):", False),
    ("def lambda_handler(payload, settings):", False),
    ("def lambda_handler(payload):", False),
    ("def publish(build_event, context):", False),
]


@pytest.mark.parametrize(("line", "is_one"), OWN_WORDS)
def test_a_handler_may_call_its_event_what_it_is_of(line: str, is_one: bool) -> None:
    found = recognised({"app.py": f"{line}\n    return 1\n"})
    assert bool(found) is is_one


@pytest.mark.parametrize(
    "text",
    [
        "class Server:\n    def lambda_handler(self, context):\n        return 1\n",
        "def outer():\n    def lambda_handler(payload, context):\n        return 1\n",
    ],
)
def test_what_only_code_of_the_project_calls_is_none(text: str) -> None:
    assert recognised({"app.py": text}) == []


CHECK = "def check(event, context):\n    return event"


def module(imports: str, body: str = "return store(event)", name: str = "run") -> str:
    return f"{imports}\n\n\ndef {name}(event, context):\n    {body}\n"


ELSEWHERE = [
    "import functions_framework",
    "import functions_framework\nimport boto3",
    "from functions_framework import cloud_event",
    "from google.cloud.functions import Context",
    "from google.cloud.functions.context import Context",
    "from google.cloud import storage",
    "from google.cloud import bigquery, pubsub_v1",
    "import google.cloud.storage",
    "import google.cloud.storage as gcs",
    "try:\n    from google.cloud import firestore\nexcept ImportError:\n    firestore = None",
    "import azure.functions as func",
    "import azure.functions",
    "from azure.functions import HttpRequest",
    "from azure import functions",
    "import azure.durable_functions as df",
    "import fc2",
    "import oss2",
    "import tencentserverless",
    "from qcloud_cos import CosS3Client",
    "from tencentcloud.common import credential",
]


@pytest.mark.parametrize("imports", ELSEWHERE)
@pytest.mark.parametrize("name", ["run", "main", "main_handler", "hello_pubsub"])
def test_code_for_another_cloud_has_no_handler_of_lambda(imports: str, name: str) -> None:
    assert not recognised({"main.py": module(imports, name=name)})


@pytest.mark.parametrize("imports", [one for one in ELSEWHERE if "func" in one or "fc2" in one])
def test_a_framework_of_another_cloud_says_it_whatever_the_name(imports: str) -> None:
    assert not recognised({"main.py": module(imports, name="handler")})


@pytest.mark.parametrize(
    "body",
    [
        "return context.event_id",
        "print(context.event_type)",
        "return login(context.credentials.access_key_id)",
    ],
)
def test_what_only_the_context_of_another_cloud_has_says_it(body: str) -> None:
    assert not recognised({"main.py": module("import json", body)})


@pytest.mark.parametrize(
    ("files", "name"),
    [
        ({"app.py": module("import boto3\nfrom google.cloud import storage")}, "run"),
        ({"app.py": module("from google.cloud import storage", name="lambda_handler")}, "h"),
        ({"app.py": module("from google.cloud import storage", name="handler")}, "h"),
        ({"lambda_function.py": module("from google.cloud import storage")}, "run"),
        ({"lambda/app.py": module("from google.cloud import storage")}, "run"),
        ({"aws/app.py": module("from google.cloud import storage")}, "run"),
        ({"app.py": module("from google.cloud import storage", "return event['Records']")}, "r"),
        ({"app.py": module("import oss2", 'return {"statusCode": 200}')}, "run"),
        ({"app.py": module("import oss2", "return context.invoked_function_arn")}, "run"),
        ({"app.py": module("from google.cloud import storage\nfrom aws_xray_sdk import x")}, "r"),
        (
            {
                "app.py": module("from google.cloud import storage\nimport store"),
                "store.py": "import boto3\n",
            },
            "run",
        ),
        ({"app.py": module("import google.auth")}, "run"),
        ({"app.py": module("import googleapiclient.discovery")}, "run"),
        ({"app.py": module("import azure.identity")}, "run"),
        ({"app.py": module("import firebase_admin")}, "run"),
        ({"app.py": module("import json")}, "run"),
        ({"app.py": module("import google_cloud_helpers")}, "run"),
    ],
)
def test_the_libraries_of_another_cloud_are_no_evidence_where_code_speaks_of_aws(
    files: dict[str, str], name: str
) -> None:
    assert len(recognised(files)) == 1, name


GOOGLE = 'resource "google_cloudfunctions_function" "f" {\n  entry_point = "run"\n}\n'


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"main.tf": GOOGLE}, []),
        ({"infra/f.tf": GOOGLE.replace("functions_function", "functions2_function")}, []),
        ({"main.tf": GOOGLE.replace('"run"', '"other"')}, ["run"]),
        ({"main.tf": GOOGLE.replace("google_cloudfunctions", "x")}, ["run"]),
        ({"main.tf": GOOGLE, "aws.tf": 'resource "aws_lambda_function" "g" {}\n'}, ["run"]),
        ({"src/function.json": '{"bindings": []}'}, []),
        ({"host.json": '{"extensionBundle": {}}'}, []),
        ({"stack.yml": "provider:\n  name: openfaas\n"}, []),
        ({"serverless.yml": "provider:\n  name: google\n"}, []),
        ({"src/serverless.yml": "provider:\n  name: tencent\n"}, []),
        ({"serverless.yml": "provider:\n  name: aws\n"}, ["run"]),
        ({"other/serverless.yml": "provider:\n  name: google\n"}, ["run"]),
        ({"stack.yml": "Resources: {}\n"}, ["run"]),
        ({"function.json": '{"bindings": []}'}, ["run"]),
        ({"src/function.json": '{"events": []}'}, ["run"]),
    ],
)
def test_what_declares_functions_of_another_cloud_is_looked_at(
    files: dict[str, str], found: list[str]
) -> None:
    assert recognised({**files, "src/app.py": module("import json")}) == found


def test_what_names_a_function_elsewhere_is_no_evidence_where_code_speaks_of_aws() -> None:
    assert recognised({"main.tf": GOOGLE, "src/app.py": module("import boto3")}) == ["run"]


def test_a_template_has_the_last_word() -> None:
    files = {"template.yaml": TEMPLATE, "orders.py": module(ELSEWHERE[0], name="create")}
    built = build(MemoryTree(files), ("",), Catalog(), date(2026, 11, 23))
    assert [one.name for one in built.handlers] == ["create"]


@pytest.mark.parametrize("signature", ["main(args)", "main(params)", "hello(request)", "h(event)"])
def test_one_argument_makes_no_handler(signature: str) -> None:
    assert not recognised({"app.py": f"def {signature}:\n    return event\n"})
