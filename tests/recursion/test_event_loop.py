"""Loops are found however the target is named, and nothing else is taken for one."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from lamlint import project, registry
from lamlint.catalog import Catalog
from lamlint.engine import check
from lamlint.text import Finding, Severity
from tests.memory import MemoryTree
from tests.recursion.loops import LOOPS
from tests.recursion.traps import TRAPS
from tests.recursion.triggers import s3, table

HEAD = """\
import os
import boto3
TABLE = os.environ["TABLE_NAME"]
table = boto3.resource("dynamodb").Table(TABLE)
client = boto3.client("dynamodb")
"""
RULE = registry.load(plugins=False)["event-loop"]


def chosen(sign: str) -> dict[str, str]:
    """The handlers of a DynamoDB stream that choose records, by title: loops (+), or none (-)."""
    text = (Path(__file__).parent / "chosen.txt").read_text()
    parts = re.split(r"^### (.) (.*)\n", text, flags=re.MULTILINE)[1:]
    rows = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    return {title: code for its, title, code in rows if its == sign}


def found(template: str, code: str) -> tuple[Finding, ...]:
    tree = MemoryTree({"template.yaml": template, "src/app.py": code})
    return check.check(project.build(tree, (), Catalog(), date(2026, 11, 24)), [RULE])


@pytest.mark.parametrize("name", LOOPS)
def test_a_loop_is_found(name: str) -> None:
    assert {finding.rule for finding in found(*LOOPS[name])} == {"event-loop"}


@pytest.mark.parametrize("name", TRAPS)
def test_what_does_not_loop_is_left_alone(name: str) -> None:
    assert found(*TRAPS[name]) == ()


@pytest.mark.parametrize("code", chosen("-").values(), ids=chosen("-"))
def test_records_that_were_chosen_before_the_write_end_the_loop(code: str) -> None:
    assert found(table(), HEAD + code) == ()


@pytest.mark.parametrize("code", chosen("+").values(), ids=chosen("+"))
def test_a_choice_that_lets_through_what_is_written_does_not(code: str) -> None:
    assert {finding.rule for finding in found(table(), HEAD + code)} == {"event-loop"}


@pytest.mark.parametrize(
    ("test", "key", "loops"),
    [
        ('key.startswith("in/")', '"in/" + name', True),
        ('key.startswith("in/")', '"out/" + name', False),
        ('key.startswith("in/")', 'name + "/in/"', False),
        ('key.startswith("in/")', "key", True),
        ('not key.startswith("out/")', '"in/" + name', True),
        ('not key.startswith("out/")', '"out/" + name', False),
        ('key.endswith(".jpg")', 'f"{name}.jpg"', True),
        ('key.endswith(".jpg")', 'f"{name}.png"', False),
        ('key.endswith(".jpg")', 'key + ".jpg"', True),
        ('"raw" in key', 'name + "/raw/"', True),
        ('"raw" in key', "name", False),
        ('"raw" not in key', '"index.json"', True),
        ('key == "index.json"', '"index.json"', True),
        ('key != "index.json"', '"index.json"', False),
        ('key != "index.json"', '"other.json"', True),
        ('key.startswith("in/") and name', '"in/" + name', False),
    ],
)
def test_a_test_of_the_key_that_what_is_written_passes_ends_no_loop(
    test: str, key: str, loops: bool
) -> None:
    code = f"""\
import boto3
s3 = boto3.client("s3")

def handler(event, context):
    for record in event["Records"]:
        bucket = record["s3"]["bucket"]["name"]
        key = record["s3"]["object"]["key"]
        name = record["s3"]["object"]["eTag"]
        if {test}:
            s3.put_object(Bucket=bucket, Key={key}, Body=b"")
"""
    assert bool(found(s3(), code)) is loops


@pytest.mark.parametrize(
    ("update", "severity"),
    [
        ("SET seen = seen + :one", Severity.ERROR),
        ("SET seen = if_not_exists(seen, :zero) + :one", Severity.ERROR),
        ("SET #seen=#seen-:one", Severity.ERROR),
        ("SET seen = list_append(seen, :one)", Severity.ERROR),
        ("SET seen = :one", Severity.WARNING),
        ("SET seen = :zero + :one", Severity.WARNING),
        ("ADD seen :one", Severity.WARNING),
    ],
)
def test_only_a_write_that_surely_changes_something_is_a_sure_loop(
    update: str, severity: Severity
) -> None:
    template, code = LOOPS["dynamodb update"]
    code = code.replace("SET seen = seen + :one", update)
    assert [one.severity for one in found(template, code)] == [severity]
