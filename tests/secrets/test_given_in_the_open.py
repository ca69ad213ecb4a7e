"""Secrets that whoever deploys gives as parameters, hidden or not."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project, registry
from lamlint.catalog import Catalog
from lamlint.engine import check
from tests.memory import MemoryTree

RULE = registry.load(plugins=False)["secret-resolved-at-deploy"]
TEMPLATE = """\
Parameters:
  <name>: {<declared>}
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      Environment:
        Variables:
          <variable>: <value>
"""


def told(
    name: str = "DbPassword",
    declared: str = "Type: String",
    variable: str = "DB_PASSWORD",
    value: str = "",
) -> list[str]:
    filled = {"name": name, "declared": declared, "variable": variable}
    text = TEMPLATE.replace("<value>", value or f"!Ref {name}")
    for place, written in filled.items():
        text = text.replace(f"<{place}>", written)
    tree = MemoryTree({"template.yaml": text})
    built = project.build(tree, (), Catalog(), date(2026, 11, 28))
    return [one.message for one in check.check(built, [RULE])]


@pytest.mark.parametrize(
    ("name", "variable"),
    [
        ("DbPassword", "DB_PASSWORD"),
        ("ChatBotApiKey", "CHAT_BOT_API_KEY"),
        ("RepoToken", "REPO_TOKEN"),
        ("ClientSecret", "CLIENT_SECRET"),
    ],
)
def test_what_is_given_in_the_open_is_told_as_what_is_hidden_is(name: str, variable: str) -> None:
    (found,) = told(name, variable=variable)
    assert f"{variable} is filled in from a parameter without NoEcho ({name})" in found
    assert "read the stack or its function's configuration" in found
    assert told(name, "Type: String, NoEcho: true", variable)


def test_so_it_is_as_a_part_of_a_text_and_with_an_empty_default() -> None:
    assert told(value='!Sub "pw=${DbPassword}"')
    assert told(declared='Type: String, Default: "", Description: The password')


@pytest.mark.parametrize(
    ("name", "declared", "variable"),
    [
        ("DbPasswordPath", "Type: String", "DB_PASSWORD"),
        ("DbSecret", "Type: String", "DB_SECRET"),
        ("DbPassword", "Type: String", "DB_PASSWORD_NAME"),
        ("DbPassword", "Type: String, Default: other", "DB_PASSWORD"),
        ("DbPassword", "Type: String, Description: ARN of the secret", "DB_PASSWORD"),
        ("DbPassword", "Type: String, AllowedPattern: '^arn:.*'", "DB_PASSWORD"),
        ("DbPassword", "Type: Number", "DB_PASSWORD"),
        ("TokenTable", "Type: String", "TOKEN_TABLE"),
    ],
)
def test_what_may_be_no_secret_is_silent(name: str, declared: str, variable: str) -> None:
    assert told(name, declared, variable) == []


@pytest.mark.parametrize(
    ("variable", "expected"),
    [
        ("DATABASE_URL", 1),
        ("MONGO_URI", 1),
        ("APP_REDIS_URL", 1),
        ("API_URL", 0),
        ("REDIRECT_URI", 0),
        ("CHAT_PUBLIC_KEY", 0),
        ("SIGNING_PUBLICKEY", 0),
        ("SIGNING_KEY", 1),
    ],
)
def test_what_is_hidden_is_told_by_what_it_is(variable: str, expected: int) -> None:
    assert len(told("Given", "Type: String, NoEcho: true", variable)) == expected


HEXADECIMAL = "Type: String, NoEcho: true, AllowedPattern: '^[a-f0-9]{64}$'"


@pytest.mark.parametrize(
    ("name", "declared", "expected"),
    [
        ("SharedClaimHash", HEXADECIMAL, 0),
        ("ClaimSha256", "Type: String, NoEcho: true, AllowedPattern: '[0-9A-Fa-f]{64}'", 0),
        # A key is as long, what is short is guessed, and any text may be anything.
        ("SigningKey", HEXADECIMAL, 1),
        ("AdminPasswordHash", HEXADECIMAL, 1),
        ("LoginPinHash", HEXADECIMAL, 1),
        ("SharedClaimHash", "Type: String, NoEcho: true", 1),
        ("SharedClaimHash", "Type: String, NoEcho: true, AllowedPattern: '.+'", 1),
    ],
)
def test_a_hash_tells_nobody_of_what_it_is_one(name: str, declared: str, expected: int) -> None:
    assert len(told(name, declared, "CLAIM_HASH")) == expected
