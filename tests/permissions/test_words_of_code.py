"""What of the code behind an open URL says that it looks at who calls."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project, registry
from lamlint.catalog import Catalog
from lamlint.engine import check
from lamlint.python import said
from lamlint.text import Source
from tests.memory import MemoryTree

RULE = registry.load(plugins=False)["public-function-url"]
TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src
      FunctionUrlConfig: {AuthType: NONE}
"""
HANDLER = "def handler(event, context):\n    return {'statusCode': 200, 'body': run(event)}\n"


def told(code: str) -> int:
    tree = MemoryTree({"template.yaml": TEMPLATE, "src/app.py": f"{code}\n{HANDLER}"})
    built = project.build(tree, (), Catalog(), date(2026, 11, 28))
    return len(check.check(built, [RULE]))


@pytest.mark.parametrize(
    "code",
    [
        "",
        "# TODO: check a token, or the signature in event['headers']",
        '"""No authentication yet: see request.headers and the session cookie."""',
        "def run(event):\n    'Ask for a password here.'\n    return event",
        "class A:\n    'Holds no secret.'\n    author = 'authors'",
        "def run(event):\n    log('no api key was given, verify it')\n    return ''",
        "def run(event):\n    raise ValueError('Missing auth token in the headers')",
        "def run(event):\n    return {'headers': {'Content-Type': 'text/plain'}}",
        "import requests\ndef run(event):\n    return requests.get('https://a.example', headers={})",
        "def run(event):\n    return ask(max_tokens=200, tokens=count.total_tokens)",
        "def run(event):\n    max_tokens = 1\n    return event['nextToken'], tokenizer(event)",
        "CORS = 'Content-Type,Authorization'",
    ],
)
def test_comments_and_prose_ask_nobody(code: str) -> None:
    assert told(code) == 1


@pytest.mark.parametrize(
    "code",
    [
        "def run(event):\n    return event['headers']['x']",
        "def run(event):\n    return event.get('headers')",
        "def run(event):\n    return event.headers",
        "H = 'X-Shop-Signature'",
        "def run(event):\n    return event['queryStringParameters']['token']",
        "def run(event, api_key=None): ...",
        "def verify(event): ...",
        "def check_authorization(event): ...",
        "from fastapi import FastAPI",
        "import hmac",
        "from aws_lambda_powertools.event_handler import LambdaFunctionUrlResolver",
        "ALLOWED_TOKENS = ()",
        "def run(event):\n    return {'password': event['body']}",
        "print 'this is Python 2, with a token'",
    ],
)
def test_names_and_keys_may(code: str) -> None:
    assert told(code) == 0


def test_the_words_of_code_are_known_by_what_they_are_for() -> None:
    code = (
        '"""Doc."""\nimport a.b as c\nfrom d import e\n\ndef f(g):\n    """H."""\n'
        "    return {'i': g['j'].k, **{'l m': 'n'}}, 'o p'\n"
    )
    words = said(Source("a.py", code))
    assert words is not None
    assert words.names == {"a.b", "d", "e", "f", "g"}
    assert words.attributes == {"k"}
    assert words.keys == {"i"}
    assert words.texts == {"j", "n"}
