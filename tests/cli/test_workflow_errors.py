"""What stops a run in a workflow is an annotation at its place, and stands in the summary."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import Done, Folder, project
from tests.hostile import strange


def run(folder: Folder, *arguments: str, **environment: str) -> tuple[Done, str]:
    told = folder.path.parent / "summary.md"
    told.write_text("before\n")
    given = {"GITHUB_STEP_SUMMARY": str(told), **environment}
    return folder.run(*arguments, environment=given), told.read_text("utf-8")


@pytest.mark.parametrize("name", ["lamlint.toml", "service/lamlint.toml"])
@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (("check",), {"GITHUB_ACTIONS": "true"}),
        (("check", "--output-format", "github"), {}),
        (("functions",), {"GITHUB_ACTIONS": "true"}),
    ],
)
def test_a_mistake_in_a_configuration_is_an_annotation(
    tmp_path: Path, name: str, arguments: tuple[str, ...], environment: dict[str, str]
) -> None:
    folder = project(tmp_path / "project")
    folder.write(name, "\nselct = ['a%,b:c']\n")
    done, summary = run(folder, *arguments, **environment)
    assert done.code == 2
    assert done.out == ""
    place = f"::error title=lamlint,file={name},line=2,endLine=2::{name}:2: there is no option"
    assert [line for line in done.err.splitlines() if line.startswith(place)]
    assert strange(done.err) == []
    assert summary.startswith("before\n### lamlint\n")
    assert "there is no option" in summary


@pytest.mark.parametrize(
    "arguments",
    [("check", "absent"), ("check", "--select", "nothing"), ("check", "--no-such-option")],
)
def test_a_mistake_on_the_command_line_is_an_annotation(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    done, summary = run(project(tmp_path / "project"), *arguments, GITHUB_ACTIONS="true")
    assert done.code == 2
    assert sum(line.startswith("::error title=lamlint::") for line in done.err.splitlines()) == 1
    assert "could not check" in summary


def test_files_are_told_from_the_checkout(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    folder.write("lamlint.toml", "x = 1\n")
    done, _ = run(folder, "check", GITHUB_ACTIONS="true", GITHUB_WORKSPACE=str(tmp_path))
    assert "file=project/lamlint.toml,line=1" in done.err


def test_elsewhere_a_mistake_is_a_sentence(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    folder.write("lamlint.toml", "x = 1\n")
    done, summary = run(folder, "check")
    assert "::error" not in done.err
    assert summary == "before\n"
