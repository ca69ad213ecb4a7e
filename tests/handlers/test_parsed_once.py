"""What a run has parsed it does not parse again, for other functions or after a fix."""

from __future__ import annotations

from pathlib import Path

import pytest

from lamlint.engine.fix import repair
from lamlint.python.module.plain import tree
from lamlint.text import Safety, Source
from tests.checking import reader

HANDLER = """\
import boto3
import helper


def handler(event, context):
    s3 = boto3.client("s3")
    return helper.names(s3.list_buckets())
"""
HELPER = """\
def names(answer):
    return [bucket["Name"] for bucket in answer["Buckets"]]
"""


TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Shared:
    Type: AWS::Serverless::LayerVersion
    Properties: {ContentUri: layer/}
"""
FUNCTION = """\
  F%d:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: f%d/, Handler: app.handler, Runtime: python3.13, Layers: [!Ref Shared]}
"""
OF_A_LIST = """\
import boto3
import helper

hooks = []


def add(hook):
    hooks.append(hook)


def handler(event, context):
    for hook in hooks:
        hook(event)
    return helper.names({"Buckets": []})
"""
APART = """\
def other(rows):
    return [row for row in rows if row]
"""


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are parsed, in turn."""
    texts: list[str] = []
    read = tree.plain

    def counting(source: Source) -> tree.Plain | None:
        texts.append(source.text)
        return read(source)

    monkeypatch.setattr(tree, "plain", counting)
    return texts


def test_what_functions_share_is_parsed_once(tmp_path: Path, parsed: list[str]) -> None:
    count = 8
    (tmp_path / "template.yaml").write_text(
        TEMPLATE + "".join(FUNCTION % (number, number) for number in range(count))
    )
    layer = tmp_path / "layer" / "python"
    layer.mkdir(parents=True)
    (layer / "helper.py").write_text(HELPER)
    for number in range(count):
        (tmp_path / f"f{number}").mkdir()
        (tmp_path / f"f{number}" / "app.py").write_text(f"NUMBER = {number}\n{HANDLER}")
    found = reader(tmp_path, "connection-in-handler")({}).findings
    assert len(found) == count
    assert parsed.count(HELPER) == 1
    assert len(parsed) == count + 1


def test_a_module_that_no_question_is_about_is_not_parsed(
    tmp_path: Path, parsed: list[str]
) -> None:
    (tmp_path / "lamlint.toml").write_text("")
    (tmp_path / "app.py").write_text(OF_A_LIST)
    (tmp_path / "helper.py").write_text(f"def unused():\n    import apart\n\n\n{HELPER}")
    (tmp_path / "apart.py").write_text(APART)
    assert reader(tmp_path, "connection-in-handler")({}).findings == ()
    assert APART not in parsed


def test_only_what_a_fix_changes_is_parsed_again(tmp_path: Path, parsed: list[str]) -> None:
    (tmp_path / "lamlint.toml").write_text("")
    text = f"import psycopg2\n{HANDLER}".replace("    s3", "    psycopg2.connect('')\n    s3")
    (tmp_path / "app.py").write_text(text)
    (tmp_path / "helper.py").write_text(HELPER)
    done = repair(reader(tmp_path, "connection-in-handler"), Safety.UNSAFE)
    assert sorted(parsed) == sorted([text, HELPER, done.texts["app.py"]])


def test_what_builds_nothing_in_functions_is_not_parsed(tmp_path: Path, parsed: list[str]) -> None:
    (tmp_path / "lamlint.toml").write_text("")
    (tmp_path / "app.py").write_text(HANDLER)
    (tmp_path / "helper.py").write_text(HELPER)
    done = repair(reader(tmp_path, "connection-in-handler"), Safety.UNSAFE)
    assert 's3 = boto3.client("s3")' in done.texts["app.py"]
    assert sorted(parsed) == sorted([HANDLER, HELPER])
