"""Of several templates for one handler, the one that lacks a variable is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checking import reader

FUNCTION = """\
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/}
"""
SETS = FUNCTION.replace("src/}", "src/, Environment: {Variables: {TABLE_NAME: orders}}}")


@pytest.mark.parametrize(
    ("read", "rule"),
    [
        ("os.environ['TABLE_NAME']", "undefined-environment-variable"),
        ("os.environ.get('TABLE_NAME')", "drifted-configuration"),
        ("os.getenv('TABLE_NAME', 'bills')", "drifted-configuration"),
    ],
)
def test_the_template_that_lacks_a_variable_is_named(tmp_path: Path, read: str, rule: str) -> None:
    (tmp_path / "lamlint.toml").touch()
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "app.py").write_text(
        f"import os\n\ndef handler(event, _):\n    return {read}\n"
    )
    (tmp_path / "dev.yaml").write_text(SETS)
    (tmp_path / "live.yaml").write_text(FUNCTION)
    (found,) = reader(tmp_path, rule)({}).findings
    places = {found.span.path, *(one.span.path for one in found.related)}
    assert "live.yaml" in places
    assert found.rule == rule


READ = "    os.environ['TABLE_NAME']"


@pytest.mark.parametrize(
    ("code", "drifts"),
    [
        (f"if os.getenv('LOCAL'):\n    return 'x'\nelse:\n{READ}", False),
        (f"if event['x']:\n{READ}", False),
        (f"try:\n{READ}\nexcept KeyError:\n    return 'orders'", True),
        (f"if 'TABLE_NAME' in os.environ:\n{READ}", True),
    ],
)
def test_what_fails_in_a_branch_has_no_default(tmp_path: Path, code: str, drifts: bool) -> None:
    (tmp_path / "lamlint.toml").touch()
    (tmp_path / "src").mkdir()
    body = code.replace("\n", "\n    ")
    (tmp_path / "src" / "app.py").write_text(f"import os\n\ndef handler(event, _):\n    {body}\n")
    (tmp_path / "dev.yaml").write_text(SETS)
    (tmp_path / "live.yaml").write_text(FUNCTION)
    assert bool(reader(tmp_path, "drifted-configuration")({}).findings) is drifts


@pytest.mark.parametrize("rule", ["undefined-environment-variable", "drifted-configuration"])
def test_templates_that_all_set_it_are_fine(tmp_path: Path, rule: str) -> None:
    (tmp_path / "lamlint.toml").touch()
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "app.py").write_text(
        "import os\n\ndef handler(event, _):\n    return os.environ['TABLE_NAME']\n"
    )
    (tmp_path / "dev.yaml").write_text(SETS)
    (tmp_path / "live.yaml").write_text(SETS)
    assert reader(tmp_path, rule)({}).findings == ()


TABLE = """\
  Table:
    Type: AWS::DynamoDB::Table
    Properties: {TableName: %s}
"""


@pytest.mark.parametrize(
    ("given", "name", "drifts"),
    [
        ("!Ref Table", "orders", False),
        ('!Sub "${Table}"', "orders", False),
        ("!GetAtt Table.Arn", "orders", False),
        ("!Ref Table", "bills", True),
        ("!Ref Table", '!Sub "orders-${AWS::StackName}"', True),
        ('!Sub "${Table}-archive"', "orders", True),
    ],
)
def test_a_resource_by_the_name_that_the_code_takes_is_no_drift(
    tmp_path: Path, given: str, name: str, drifts: bool
) -> None:
    (tmp_path / "lamlint.toml").touch()
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "app.py").write_text(
        "import os\n\ndef handler(event, _):\n    return os.getenv('TABLE_NAME', 'orders')\n"
    )
    (tmp_path / "dev.yaml").write_text(
        SETS.replace("TABLE_NAME: orders", f"TABLE_NAME: {given}") + TABLE % name
    )
    (tmp_path / "live.yaml").write_text(FUNCTION)
    assert bool(reader(tmp_path, "drifted-configuration")({}).findings) is drifts
