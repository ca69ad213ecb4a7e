"""The breakdown of `lamlint size`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from lamlint.catalog import Catalog
from lamlint.cli.main import lamlint
from lamlint.report.size import Row, bar, render_json, render_table
from lamlint.report.terminal.style import PLAIN
from tests.packages.projects import MEGABYTE, TEMPLATE, project

SCHEMA = json.loads(
    resources("lamlint.report").joinpath("size-schema.json").read_text(encoding="utf-8")
)
LIMIT = 250 * MEGABYTE
SIZES = {
    ".aws-sam/build/Report/pandas/x.so": 125 * MEGABYTE,
    ".aws-sam/build/Report/numpy/x.so": 50 * MEGABYTE,
    ".aws-sam/build/Report/app.py": 900,
}
IMAGE = """\
Resources:
  Report:
    Type: AWS::Serverless::Function
    Metadata: {Dockerfile: Dockerfile, DockerContext: src}
    Properties:
      PackageType: Image
"""
INLINE = """\
Resources:
  Report:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: "def handler(event, context): ..."
      Handler: index.handler
      Runtime: python3.12
"""


def rows(
    files: Mapping[str, str | bytes], sizes: Mapping[str, int] | None = None
) -> tuple[Row, ...]:
    """The rows of a project whose functions all stand in line 2."""
    packages = project(files, sizes).packages
    return tuple(Row(package, package.function.template, 2) for package in packages)


def table(files: Mapping[str, str | bytes], sizes: Mapping[str, int] | None = None) -> str:
    return render_table(rows(files, sizes), Catalog().packages, PLAIN)


def document(files: Mapping[str, str | bytes], sizes: Mapping[str, int] | None = None) -> Any:
    return json.loads(render_json(rows(files, sizes), Catalog().packages))


def many(count: int) -> str:
    """A template of several functions, each with a folder of its own."""
    return "Resources:\n" + "".join(
        f"  Report{n:02}:\n    Type: AWS::Serverless::Function\n    Properties:\n"
        f"      CodeUri: src/f{n}/\n      Handler: app.handler\n      Runtime: python3.12\n"
        for n in range(count)
    )


def test_one_function_has_a_line_and_its_parts_with_bars() -> None:
    assert table({}, SIZES) == (
        "Function  Unpacked  Of 250 MB                     Declared\n"
        f"Report    175 MB    70%        {'█' * 16}▊  template.yaml:2\n"
        "\n"
        "Report: measured on the build in .aws-sam/build/Report\n"
        f"  pandas      125 MB  {'█' * 12}\n"
        "  numpy      50.0 MB  ████▊\n"
        "  1 more       900 B\n"
    )


def test_of_many_functions_the_largest_comes_first_and_small_ones_have_one_line() -> None:
    sizes = {f"src/f{n}/model.bin": (n % 10) * MEGABYTE for n in range(50)}
    told = table({"template.yaml": many(50)}, sizes)
    overview, *blocks = told.split("\n\n")
    assert len(overview.splitlines()) == 51
    assert overview.splitlines()[1].startswith("Report09  9.0 MB")
    assert len(blocks) == 35  # those of at least a hundredth of the limit


def test_what_is_not_known_is_told_once_for_all() -> None:
    files: dict[str, str | bytes] = {f"src/f{n}/app.py": "" for n in range(10)}
    told = table({"template.yaml": many(10).replace("src/f", "s3://bucket/f"), **files})
    assert told.endswith(
        "Not counted\n"
        "  the code is not in the project\n"
        "    Report00, Report01, Report02, Report03, Report04 and 5 more\n"
    )


def test_an_image_has_a_limit_of_its_own() -> None:
    told = table({"template.yaml": IMAGE, "src/Dockerfile": "FROM scratch\n"})
    assert "Report    image" in told
    assert "a container image, which may have 10 GB, is not looked into\n    Report\n" in told


def test_inline_code_is_as_large_as_it_is_written() -> None:
    told = document({"template.yaml": INLINE})["functions"][0]
    assert (told["size"], told["method"]) == (32, "inline")


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (
            {"src/requirements.txt": "torch\nduckdb\n"},
            "duckdb, torch: no uv.lock, pylock.toml or .venv says how large they are",
        ),
        (
            {"src/requirements.txt": "torch\n", "src/poetry.lock": "[[package]]\nname = 'torch'\n"},
            "torch: no uv.lock, pylock.toml or .venv says how large they are",
        ),
        (
            {"src/Pipfile": "[packages]\ntorch = '*'\n", "src/Pipfile.lock": "{}"},
            "what src/Pipfile asks for: a build installs what requirements.txt says, "
            "and nothing else",
        ),
        (
            {"src/pyproject.toml": "[tool.poetry.dependencies]\npython = '^3.12'\ntorch = '*'\n"},
            "what src/pyproject.toml asks for: a build installs what requirements.txt says, "
            "and nothing else",
        ),
        (
            {"src/requirements.txt": "-e ../shared\n"},
            "what requirements.txt asks for by a path or an address",
        ),
        (
            {"src/requirements.txt": "git+https://token@example.org/a\n./b.whl\n"},
            "what requirements.txt asks for by a path or an address",
        ),
        (
            {"template.yaml": f"{TEMPLATE}      Layers: [!ImportValue Shared]\n"},
            "a layer: the content of the layer is not in the project",
        ),
        (
            {"template.yaml": TEMPLATE.replace("python3.12", "nodejs22.x")},
            "the runtime is not known to be Python, and no build is there",
        ),
        (
            {"template.yaml": f"{TEMPLATE}    Metadata:\n      BuildMethod: makefile\n"},
            "makefile builds the code, and no build is there",
        ),
        (
            {"template.yaml": TEMPLATE.replace("src/", "nowhere/")},
            "the code is not where the template says",
        ),
        (
            {"template.yaml": TEMPLATE.replace("src/", "dist/nowhere.zip")},
            "the code is made by a build, and no build is there",
        ),
        (
            {"template.yaml": TEMPLATE.replace("src/", "a.zip"), "a.zip": b"PK"},
            "a.zip cannot be read as an archive",
        ),
        (
            {"template.yaml": TEMPLATE.replace("src/", "!Ref Code")},
            "where the code is could not be resolved",
        ),
    ],
)
def test_what_is_not_known_is_said_plainly(files: dict[str, str | bytes], told: str) -> None:
    (function,) = document(files)["functions"]
    assert function["missing"] == [told]
    assert not function["complete"]
    what, _, cause = told.rpartition(": ")
    line = f"Report: {what}" if what else "Report"
    assert table(files).endswith(f"Not counted\n  {cause}\n    {line}\n")


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"template.yaml": IMAGE},
        {"template.yaml": INLINE},
        {"template.yaml": TEMPLATE.replace("src/", "s3://bucket/key")},
        {"template.yaml": "Resources: {}\n"},
    ],
)
def test_json_follows_its_schema(files: dict[str, str | bytes]) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(document(files, SIZES if not files else None))


def test_json_has_every_key_of_the_promise() -> None:
    assert document({}, SIZES) == {
        "version": 1,
        "limit": 262_144_000,
        "image_limit": 10_737_418_240,
        "functions": [
            {
                "name": "Report",
                "template": "template.yaml",
                "template_line": 2,
                "image": False,
                "size": 175 * MEGABYTE + 900,
                "least": 175 * MEGABYTE + 900,
                "complete": True,
                "method": "built",
                "measured": ".aws-sam/build/Report",
                "parts": [
                    {"name": name, "size": size, "least": size, "layer": None}
                    for name, size in (
                        ("pandas", 125 * MEGABYTE),
                        ("numpy", 50 * MEGABYTE),
                        ("app.py", 900),
                    )
                ],
                "missing": [],
            }
        ],
    }


@pytest.mark.parametrize(("size", "drawn"), [(0, ""), (LIMIT, "█" * 24), (10 * LIMIT, "█" * 24)])
def test_a_bar_ends_at_the_limit(size: int, drawn: str) -> None:
    assert bar(size, LIMIT) == drawn


@pytest.fixture
def monorepo(tmp_path: Path) -> Path:
    """A project of two services."""
    (tmp_path / "lamlint.toml").touch()
    for service in ("billing", "search"):
        (tmp_path / service / "src").mkdir(parents=True)
        template = TEMPLATE.replace("Report:", f"{service.title()}:")
        (tmp_path / service / "template.yaml").write_text(template, encoding="utf-8")
        (tmp_path / service / "src" / "data.bin").write_bytes(b"\0" * 3 * MEGABYTE)
    return tmp_path


def test_the_command_prints_the_table(monorepo: Path) -> None:
    told = CliRunner().invoke(lamlint, ["size", str(monorepo)])
    assert told.exit_code == 0
    assert "data.bin      3.0 MB" in told.output
    assert "Billing" in told.output


@pytest.mark.parametrize("path", ["search", "search/src", "search/template.yaml"])
def test_paths_limit_what_is_told(monorepo: Path, path: str) -> None:
    told = CliRunner().invoke(lamlint, ["size", str(monorepo / path), "--output-format", "json"])
    assert [one["name"] for one in json.loads(told.output)["functions"]] == ["Search"]
