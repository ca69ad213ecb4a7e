"""What is said beside the findings, and how it looks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import CLEAN, TEMPLATE, Folder, project


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return project(tmp_path)


def test_quiet_says_findings_and_nothing_else(folder: Folder) -> None:
    loud = folder.run("check", "--output-format", "concise")
    quiet = folder.run("check", "--output-format", "concise", "--quiet")
    assert len(loud.out.splitlines()) > 1
    assert quiet.out == loud.out.splitlines(keepends=True)[0]
    folder.write("template.yaml", CLEAN)
    for output in ("full", "concise", "github"):
        done = folder.run("check", "-q", "--output-format", output)
        assert (done.code, done.out, done.err) == (0, "", "")


def test_verbose_says_what_was_read_and_what_was_not(folder: Folder) -> None:
    folder.write("lamlint.toml", folder.read("lamlint.toml") + 'exclude = ["old"]\n')
    folder.write("old/app.py", "x = 1\n")
    folder.write("src/site-packages/boto3.py", "x = 1\n")
    folder.write("src/large.py", "#" * 1_000_001)
    unknown = TEMPLATE.replace("1000", "!ImportValue Limit").replace("512", "!ImportValue Size")
    folder.write("template.yaml", unknown)
    told = folder.run("check", "--verbose").err.splitlines()
    assert told[:2] == [
        "project ., configuration lamlint.toml",
        "template template.yaml: 1 function",
    ]
    assert "skipped old/app.py: the configuration excludes it" in told
    assert "skipped src/site-packages: it holds what was built or brought in" in told
    assert told[-3] == "2 values unresolved: 2 it is imported from another stack"
    assert [line.partition(": ")[0] for line in told[-2:]] == [
        "time",
        "time of rules, in all processes",
    ]
    assert folder.run("check").err == ""
    folder.write("src/app.py", "import elsewhere\n" + folder.read("src/app.py"))
    told = folder.run("check", "--verbose").err.splitlines()
    assert told[-3] == "1 import not found: 1 neither its code nor its requirements have it"


@pytest.mark.parametrize(
    ("arguments", "environment", "coloured"),
    [
        ((), {}, False),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_is_what_was_asked_for(
    folder: Folder, arguments: tuple[str, ...], environment: dict[str, str], *, coloured: bool
) -> None:
    done = folder.run("check", *arguments, environment=environment)
    assert ("\x1b[" in done.out) is coloured
