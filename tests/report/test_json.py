"""The JSON report, by its schema and by its values."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from lamlint.report import Places, Report, render
from lamlint.text import Edit, Fix, Related, Safety, Span
from tests.report.made import finding, report, span

SCHEMA = json.loads(files("lamlint.report").joinpath("schema.json").read_text(encoding="utf-8"))
FIX = Fix("Set it to 900", Safety.SAFE, (Edit(span("template.yaml", "1000"), "900"),))
FULL = finding(
    "timeout-over-limit",
    span("template.yaml", "1000"),
    subjects=("Orders",),
    related=(Related(span("src/app.py", "handler"), "the handler"),),
    flow=(Related(span("src/app.py", "handler"), "is called"),),
    fix=FIX,
)
BARE = finding("internal-error", Span("", 0, 0))


def document(made: Report) -> Any:
    return json.loads(render("json", made))


@pytest.mark.parametrize("found", [(), (FULL,), (BARE,), (FULL, BARE)])
def test_follows_its_schema(found: tuple[Any, ...]) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(document(report(found)))


def test_what_was_left_out_is_told_and_follows_the_schema() -> None:
    unread = (Related(span("src/app.py", "handler"), "it nests too deep"),)
    relaxed = (Related(Span("old/lamlint.toml", 0, 0), "1 rule is off"),)
    made = document(report([FULL], unread=unread, relaxed=relaxed))
    jsonschema.Draft202012Validator(SCHEMA).validate(made)
    assert made["unread"] == [{"path": "src/app.py", "line": 5, "reason": "it nests too deep"}]
    assert made["relaxed"] == [{"path": "old/lamlint.toml", "line": 1, "reason": "1 rule is off"}]


def test_has_every_key_of_the_promise() -> None:
    made = document(report([FULL], fingerprints=["abc"]))
    (found,) = made["findings"]
    place = {"path": "template.yaml", "line": 6, "column": 16, "end_line": 6, "end_column": 20}
    handler = {"path": "src/app.py", "line": 5, "column": 5, "end_line": 5, "end_column": 12}
    assert made["version"] == 1
    assert found == {
        "rule": "timeout-over-limit",
        "family": "limits",
        "severity": "error",
        **place,
        "message": "What is, and what it costs",
        "functions": ["Orders"],
        "related": [
            {"kind": "place", **handler, "message": "the handler"},
            {"kind": "call", **handler, "message": "is called"},
        ],
        "fix": {
            "title": "Set it to 900",
            "safety": "safe",
            "edits": [{**place, "text": "900"}],
        },
        "url": "https://github.com/lamlint/lamlint/blob/main/rules/README.md#timeout-over-limit",
        "fingerprint": "abc",
    }


def test_paths_are_relative_to_the_working_directory() -> None:
    made = report([FULL], places=Places("/home/project", "/home/project/src"))
    (found,) = document(made)["findings"]
    assert found["path"] == "../template.yaml"
    assert found["related"][0]["path"] == "app.py"
    assert found["fix"]["edits"][0]["path"] == "../template.yaml"


def test_the_summary_counts() -> None:
    made = report([FULL, BARE], suppressed=3, baselined=2, files=9, functions=4)
    assert document(made)["summary"] == {
        "findings": 2,
        "error": 2,
        "warning": 0,
        "information": 0,
        "suppressed": 3,
        "baselined": 2,
        "fixed": 0,
        "fixable_safe": 1,
        "fixable_unsafe": 0,
        "files": 9,
        "functions": 4,
    }
