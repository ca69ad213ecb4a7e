"""Nothing is said of open origins where the code asks for what only its own callers have."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import registry
from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.project import build
from tests.memory import MemoryTree

RULE = "permissive-cors"
TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Runtime: python3.13
      CodeUri: src
      FunctionUrlConfig:
        AuthType: NONE
        Cors: {AllowOrigins: ["*"], AllowMethods: [POST], AllowHeaders: ["*"]CREDENTIALS}
"""
READ = (
    'import hmac, os\n\ndef handler(event, context):\n    given = event["headers"].get("HEADER")\n'
)
REFUSED = '    if given != os.environ["KEY"]:\n        return {"statusCode": 401}\n'
ANSWERED = '    return {"statusCode": 200}\n'


def told(code: str, credentials: str = "") -> int:
    """How many findings there are of a function with an open URL."""
    files = {"template.yaml": TEMPLATE.replace("CREDENTIALS", credentials), "src/app.py": code}
    built = build(MemoryTree(files), ("",), Catalog(), date(2026, 11, 23))
    return len(check(built, [registry.load()[RULE]]))


@pytest.mark.parametrize(
    "header",
    ["x-api-key", "X-Hub-Signature", "Authorization", "x-webhook-secret", "stripe-signature"],
)
def test_code_that_refuses_who_lacks_a_secret(header: str) -> None:
    assert told(READ.replace("HEADER", header) + REFUSED + ANSWERED) == 0


def test_code_that_compares_in_secret() -> None:
    compared = (
        '    if not hmac.compare_digest(given, os.environ["KEY"]):\n        raise ValueError\n'
    )
    assert told(READ.replace("HEADER", "x-token") + compared + ANSWERED) == 0


@pytest.mark.parametrize(
    ("imported", "checked"),
    [
        ("from twilio.request_validator import RequestValidator", "RequestValidator(KEY).validate"),
        ("import stripe", "stripe.Webhook.construct_event"),
        ("from nacl.signing import VerifyKey", "VerifyKey(KEY).verify"),
    ],
)
def test_code_that_has_a_library_check_who_calls(imported: str, checked: str) -> None:
    code = f"{imported}\nKEY = ''\n\ndef handler(event, context):\n"
    assert told(f"{code}    {checked}(event)\n{ANSWERED}") == 0
    assert told(f"{code}{ANSWERED}") == 1


@pytest.mark.parametrize(
    "code",
    [
        READ.replace("HEADER", "x-api-key") + ANSWERED,
        READ.replace("HEADER", "content-type") + REFUSED + ANSWERED,
        READ.replace("HEADER", "x-amz-security-token") + REFUSED + ANSWERED,
        "def handler(event, context):\n    return 1\n",
    ],
    ids=["refuses nobody", "another header", "one of AWS", "asks nothing"],
)
def test_other_code_is_open(code: str) -> None:
    assert told(code) == 1


def test_credentials_are_told_all_the_same() -> None:
    code = READ.replace("HEADER", "x-api-key") + REFUSED + ANSWERED
    assert told(code, ", AllowCredentials: true") == 1
