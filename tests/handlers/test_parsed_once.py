"""A run that mends parses what it does not change only once."""

from __future__ import annotations

from pathlib import Path

import libcst
import pytest

from lamlint.engine.fix import repair
from lamlint.text import Safety
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


def test_only_what_a_fix_changes_is_parsed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []
    parse = libcst.parse_module

    def counting(text: str) -> libcst.Module:
        parsed.append(text)
        return parse(text)

    monkeypatch.setattr(libcst, "parse_module", counting)
    (tmp_path / "lamlint.toml").write_text("")
    (tmp_path / "app.py").write_text(HANDLER)
    (tmp_path / "helper.py").write_text(HELPER)
    done = repair(reader(tmp_path, "connection-in-handler"), Safety.UNSAFE)
    assert sorted(parsed) == sorted([HANDLER, HELPER, done.texts["app.py"]])
