"""Keys that stand twice in a template: one finding tells of them, and of all that follows."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project, registry
from lamlint.catalog import Catalog
from lamlint.engine import check
from lamlint.rule import WARNING
from tests.memory import MemoryTree

RULES = registry.load(plugins=False)
HEAD = "Transform: AWS::Serverless-2016-10-31\n"
GLOBALS = "Globals:\n  Function:\n    {}\n"
STAGE = "Parameters:\n  Stage: {Type: String}\n"
LEVEL = "Parameters:\n  Level: {Type: String}\n"
FUNCTION = """\
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: app.handler
      Runtime: python3.13
      {}
"""
PLAIN = FUNCTION.format("MemorySize: 512")
CODE = "import os, urllib.request\nNAME = os.environ['NAME']\ndef handler(e, c): urllib.request.urlopen(NAME)\n"
RELATED = ["timeout-not-set", "dead-wiring", "undefined-environment-variable"]


def told(text: str, path: str = "template.yaml") -> tuple[list[str], list[str]]:
    """What is told of keys, and the names of the rules that tell of what follows."""
    tree = MemoryTree({path: HEAD + text, "src/app.py": CODE})
    built = project.build(tree, (), Catalog(), date(2026, 11, 29))
    assert {(one.rule, one.severity) for one in built.problems} <= {
        ("unreadable-template", WARNING)
    }
    found = check.check(built, [RULES[name] for name in RELATED])
    return [one.message for one in built.problems], sorted({
        one.rule for one in found if one.rule in RELATED
    })  # fmt: skip


NAMED = "Environment: {Variables: {NAME: x}}"
TIMEOUT = "Timeout: 20"


@pytest.mark.parametrize(
    ("text", "key", "effect"),
    [
        (
            GLOBALS.format(f"{TIMEOUT}\n    {NAMED}") + GLOBALS.format("MemorySize: 256") + PLAIN,
            "Globals",
            "Timeout and Environment, which only this one has, have no effect: make one of both",
        ),
        (
            STAGE + LEVEL + FUNCTION.format("Timeout: 9\n      Environment: {Variables: {NAME: !Ref Stage}}"),
            "Parameters",
            "Stage, which only this one has, has no effect: make one of both",
        ),
        (
            FUNCTION.format(f"{TIMEOUT}\n      {NAMED}\n    Properties:\n      CodeUri: src/\n      Handler: app.handler\n      Runtime: python3.13"),
            "Properties",
            "Timeout and Environment, which only this one has, have no effect",
        ),
        (
            FUNCTION.format(f"{TIMEOUT}\n      {NAMED}\n      Environment: {{Variables: {{A: b}}}}"),
            "Environment",
            "NAME, which only this one has, has no effect",
        ),
        (FUNCTION.format(f"{NAMED}\n      {TIMEOUT}\n      Timeout: 30"), "Timeout", "so this one has no effect: leave"),
        (
            FUNCTION.format(f"{NAMED}\n      {TIMEOUT}\n  Orders:\n    Type: AWS::SNS::Topic"),
            "Orders",
            "Properties, which only this one has, has no effect",
        ),
    ],
)  # fmt: skip
def test_one_finding_tells_of_a_key_and_of_what_it_costs(text: str, key: str, effect: str) -> None:
    (message,), follows = told(text)
    assert message.startswith(f"{key} stands twice in this mapping, and the last one counts")
    assert effect in message
    assert follows == []


@pytest.mark.parametrize(
    "text",
    [
        GLOBALS.format(f"{TIMEOUT}\n    {NAMED}") + PLAIN,
        # The same names in mappings of their own, and what a merge key brings.
        FUNCTION.format(f"{TIMEOUT}\n      {NAMED}\n      Tags: {{Timeout: a, Handler: b}}"),
        "X: &all\n  Timeout: 3\n" + FUNCTION.format(f"<<: *all\n      {TIMEOUT}\n      {NAMED}"),
        # Another tool takes one of both.
        GLOBALS.format(f"{TIMEOUT}\n    {NAMED}\n    #if A") + GLOBALS.format(f"{TIMEOUT}\n    {NAMED}") + PLAIN,
    ],
)  # fmt: skip
def test_nothing_is_told_of_keys_that_stand_once(text: str) -> None:
    assert told(text) == ([], [])


def test_what_is_missing_for_another_reason_is_told_as_ever() -> None:
    text = GLOBALS.format("MemorySize: 1") + GLOBALS.format("Tracing: Active") + PLAIN
    (message,), follows = told(text)
    assert "MemorySize" in message
    assert follows == ["timeout-not-set", "undefined-environment-variable"]


def test_templates_of_tests_may_be_broken_on_purpose() -> None:
    twice = GLOBALS.format(TIMEOUT) + GLOBALS.format("MemorySize: 256") + PLAIN
    assert told(twice, "tests/template.yaml")[0] == []
