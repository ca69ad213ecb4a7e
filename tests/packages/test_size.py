"""The breakdown of `lamlint size`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from lamlint.cli import lamlint
from lamlint.report.size import as_json, bar, table
from tests.packages.projects import MEGABYTE, TEMPLATE, project

LIMIT = 250 * MEGABYTE
SIZES = {
    ".aws-sam/build/Report/pandas/x.so": 125 * MEGABYTE,
    ".aws-sam/build/Report/numpy/x.so": 50 * MEGABYTE,
}


def test_the_table_names_the_parts_with_bars() -> None:
    packages = project({}, SIZES).packages
    assert table(packages, LIMIT) == (
        "Report  175 MB, 70% of 250 MB\n"
        "  measured in the build: .aws-sam/build/Report\n"
        f"  pandas      125 MB  {'█' * 12}\n"
        "  numpy      50.0 MB  ████▊\n"
    )


def test_json_has_bytes_and_the_method() -> None:
    told = json.loads(as_json(project({}, SIZES).packages, LIMIT))
    assert told["version"] == 1
    (function,) = told["functions"]
    assert (function["name"], function["size"], function["method"]) == (
        "Report",
        175 * MEGABYTE,
        "built",
    )
    assert function["parts"][0] == {
        "name": "pandas",
        "size": 125 * MEGABYTE,
        "least": 125 * MEGABYTE,
    }


def test_an_unknown_size_is_told_and_not_guessed() -> None:
    packages = project({"template.yaml": TEMPLATE.replace("src/", "s3://bucket/key")}).packages
    assert table(packages, LIMIT).startswith("Report  size unknown")
    assert json.loads(as_json(packages, LIMIT))["functions"][0]["size"] is None


@pytest.mark.parametrize(("size", "drawn"), [(0, ""), (LIMIT, "█" * 24), (10 * LIMIT, "█" * 24)])
def test_a_bar_ends_at_the_limit(size: int, drawn: str) -> None:
    assert bar(size, LIMIT) == drawn


def test_the_command_prints_the_table(tmp_path: Path) -> None:
    (tmp_path / "lamlint.toml").touch()
    (tmp_path / "template.yaml").write_text(TEMPLATE, encoding="utf-8")
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "data.bin").write_bytes(b"\0" * MEGABYTE)
    told = CliRunner().invoke(lamlint, ["size", str(tmp_path)])
    assert told.exit_code == 0
    assert "data.bin      1.0 MB" in told.output
