"""Templates in the folder of a Chalice application add to the functions that Chalice declares."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.checking import reader

PART = {"Timeout": 30, "Tracing": "Active"}
WHOLE = {"InlineCode": "def handler(event, context): ...\n"}


def told(folder: Path, path: str, properties: dict[str, object]) -> list[str]:
    function = {"Type": "AWS::Serverless::Function", "Properties": properties}
    template = folder / path
    template.parent.mkdir(parents=True, exist_ok=True)
    template.write_text(json.dumps({"Resources": {"APIHandler": function}}))
    check = reader(folder, "missing-handler-or-runtime")
    return [finding.rule for finding in check({}).findings]


@pytest.mark.parametrize("path", [".chalice/resources.json", "api/.chalice/merged/more.json"])
@pytest.mark.parametrize("properties", [PART, {}, {"Runtime": "python3.13"}])
def test_what_adds_to_a_function_need_not_say_what_runs(
    tmp_path: Path, path: str, properties: dict[str, object]
) -> None:
    assert told(tmp_path, path, properties) == []


@pytest.mark.parametrize(
    ("path", "properties"),
    [
        (".chalice/resources.json", WHOLE),
        ("resources.json", PART),
        ("chalice/resources.json", PART),
    ],
)
def test_a_function_of_its_own_says_it(
    tmp_path: Path, path: str, properties: dict[str, object]
) -> None:
    assert told(tmp_path, path, properties) == ["missing-handler-or-runtime"]
