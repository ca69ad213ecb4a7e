"""Accepting what is found, by comments or in the baseline; and previews, which write nothing."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.command import TEMPLATE, Folder

BASELINE = ".lamlint-baseline.json"
SETTINGS = "DB_PASSWORD=" + "kT7-" + "vQ2xw!9\n"
CODE = """\
import boto3

def handler(event, context):
    return boto3.client("s3").list_buckets()
"""
SELECT = (
    "timeout-over-limit",
    "memory-not-set",
    "connection-in-handler",
    "secret-in-configuration",
    "unused-ignore",
)
FILES = {
    "lamlint.toml": f"select = {json.dumps(SELECT)}\n",
    "template.yaml": TEMPLATE.replace("      MemorySize: 512\n", ""),
    "src/app.py": CODE,
    "local/.env": SETTINGS,
}
JSON = json.dumps(
    {
        "Resources": {
            "A": {
                "Type": "AWS::Serverless::Function",
                "Properties": {
                    "Runtime": "python3.13",
                    "CodeUri": "src/",
                    "Handler": "app.handler",
                    "Timeout": 1000,
                },
            }
        }
    }
)


@pytest.fixture
def project(tmp_path: Path) -> Folder:
    folder = Folder(tmp_path)
    for path, text in FILES.items():
        folder.write(path, text)
    return folder


def files(folder: Folder) -> dict[str, bytes]:
    """All files of a folder, with what they hold."""
    found = (path for path in folder.path.rglob("*") if path.is_file())
    return {path.relative_to(folder.path).as_posix(): path.read_bytes() for path in found}


def known(folder: Folder) -> list[str]:
    """What the baseline of a folder knows."""
    entries = json.loads(folder.read(BASELINE))["findings"]
    return sorted(f"{entry['path']} {entry['rule']}" for entry in entries)


ALL = [
    "local/.env secret-in-configuration",
    "src/app.py connection-in-handler",
    "template.yaml memory-not-set",
    "template.yaml timeout-over-limit",
]


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        ((), "+      Timeout: 900"),
        (("--fix",), "+      Timeout: 900"),
        (("--fix", "--unsafe-fixes"), "+      Timeout: 900"),
        (("--fix-only",), "+      Timeout: 900"),
        (("--add-ignore",), "+      Timeout: 1000  # lamlint: ignore[timeout-over-limit]"),
        (("--add-ignore=known",), "ignore[timeout-over-limit] known"),
        (("--write-baseline",), '+{"path": "template.yaml", "rule": "timeout-over-limit"'),
        (("--write-baseline", "--baseline", "known.json"), "+++ b/known.json"),
        (("--output", "json:report.json"), "+      Timeout: 900"),
        (("--output", "sarif:src/report.sarif", "--add-ignore"), "ignore[timeout-over-limit]"),
        (("--quiet", "--statistics", "--show-fixes", "--exit-non-zero-on-fix"), "Timeout: 900"),
    ],
)
def test_a_preview_prints_the_difference_and_writes_nothing(
    arguments: Sequence[str], shown: str, project: Folder
) -> None:
    before = files(project)
    done = project.run("check", "--diff", *arguments)
    assert shown in done.out
    assert done.code == 1
    assert files(project) == before


@pytest.mark.parametrize("arguments", [("--add-ignore",), ("--write-baseline",)])
def test_a_preview_of_nothing_ends_well(arguments: Sequence[str], project: Folder) -> None:
    project.run("check", *arguments)
    before = files(project)
    done = project.run("check", "--diff", *arguments, "--select", "timeout-over-limit")
    assert (done.code, done.out) == (0, "")
    assert files(project) == before


@pytest.mark.parametrize(
    ("option", "told", "nothing"),
    [
        ("--add-ignore", "Would suppress 1 finding in 1 file.", "Would suppress nothing new."),
        ("--write-baseline", "Would record 1 finding in 1 file.", "Would record nothing new."),
    ],
)
def test_a_preview_says_how_much_would_be_accepted(
    option: str, told: str, nothing: str, project: Folder
) -> None:
    arguments = ("check", "--diff", option, "--select", "timeout-over-limit")
    assert project.run(*arguments).err.splitlines()[-1] == told
    machine = project.run(*arguments, "--output-format", "json")
    assert machine.document["accepted"] == 1
    assert told in machine.err
    assert "Would" not in project.run(*arguments, "--quiet").err
    project.run("check", option, "--select", "timeout-over-limit")
    assert project.run(*arguments).err.splitlines()[-1] == nothing


def test_a_preview_removes_nothing_that_a_killed_run_left(project: Folder) -> None:
    project.write("src/.app.py.0123abcd.lamlint-tmp", "half")
    left = project.path / "src/.app.py.0123abcd.lamlint-tmp"
    os.utime(left, (time.time() - 9e6,) * 2)
    for option in ("--fix", "--add-ignore", "--write-baseline"):
        project.run("check", "--diff", option)
    assert left.exists()


def test_a_preview_says_that_no_report_is_written(project: Folder) -> None:
    done = project.run("check", "--diff", "--output", "json:report.json")
    assert "report.json: no report is written, as --diff writes nothing" in done.err


def test_a_preview_of_comments_shows_no_secret(project: Folder) -> None:
    token = "Zq7" + "vX2mP9kL4wR8tB" + "5nY"
    project.write("src/app.py", f'password = "{token}"; timeout = 3\n{CODE}')
    done = project.run("check", "--diff", "--add-ignore", "--select", "hardcoded-secret")
    assert "ignore[hardcoded-secret]" in done.out
    assert token not in done.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("--fix", "--add-ignore"),
        ("--add-ignore", "--write-baseline"),
        ("--fix-only", "--write-baseline", "--diff"),
        ("-", "--stdin-filename", "src/app.py", "--add-ignore"),
        ("-", "--stdin-filename", "src/app.py", "--write-baseline"),
    ],
)
def test_two_things_are_not_written_at_a_time(arguments: Sequence[str], project: Folder) -> None:
    before = files(project)
    assert project.run("check", *arguments).code == 2
    assert files(project) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("--add-ignore", "src"),
        ("src", "--add-ignore"),
        ("--add-ignore", "--", "src"),
        ("--add-ignore", "-q", "src"),
        ("--add-ignore=", "src"),
    ],
)
def test_a_path_behind_it_is_a_path(arguments: Sequence[str], project: Folder) -> None:
    assert project.run("check", *arguments).code == 0
    assert project.read("src/app.py").endswith("  # lamlint: ignore[connection-in-handler]\n")
    assert project.read("template.yaml") == FILES["template.yaml"]


@pytest.mark.parametrize(
    ("value", "tail"),
    [
        ("known since May", " known since May"),
        ("1", ""),
        ("true", ""),
        ("src", " src"),
    ],
)
def test_the_environment_gives_a_reason_or_just_the_option(
    value: str, tail: str, project: Folder
) -> None:
    assert project.run("check", "src", environment={"LAMLINT_ADD_IGNORE": value}).code == 0
    written = f"  # lamlint: ignore[connection-in-handler]{tail}\n"
    assert project.read("src/app.py").endswith(written)


@pytest.mark.parametrize("value", ["0", "false", "off", ""])
def test_the_environment_may_say_no(value: str, project: Folder) -> None:
    before = files(project)
    assert project.run("check", environment={"LAMLINT_ADD_IGNORE": value}).code == 1
    assert files(project) == before


@pytest.mark.parametrize(
    ("reason", "written"),
    [
        ("known\nsince\r\nMay", "known since May"),
        ("  known \t since\u2028May\x0c", "known since May"),
        ("see #12 ] and [x]", "see #12 ] and [x]"),
        ("until=2999-01-01", "until=2999-01-01"),
        ("\"quoted\" \\ 'so' \\", "\"quoted\" \\ 'so' \\"),
        ("größer → später", "größer → später"),
        ("# noqa: E501", "# noqa: E501"),
    ],
)
def test_a_reason_stands_on_one_line_and_suppresses(
    reason: str, written: str, project: Folder
) -> None:
    assert project.run("check", f"--add-ignore={reason}", "src", "template.yaml").code == 0
    assert project.read("src/app.py").endswith(f"ignore[connection-in-handler] {written}\n")
    compile(project.read("src/app.py"), "app.py", "exec")
    assert project.read("src/app.py").count("\n") == CODE.count("\n")
    assert project.run("check", "src", "template.yaml").code == 0


@pytest.mark.parametrize(
    "reason",
    [
        "a\x00b",
        "a\x1bb",
        "a\u202eb",
        "lamlint: ignore[x]",
        "x # lamlint: ignore[all]",
        "until=soon",
    ],
)
def test_a_reason_that_breaks_its_comment_is_refused(reason: str, project: Folder) -> None:
    before = files(project)
    done = project.run("check", f"--add-ignore={reason}")
    assert done.code == 2
    assert "the reason" in done.err
    assert files(project) == before


def test_a_reason_that_an_encoding_lacks_is_told(project: Folder) -> None:
    code = b"# coding: latin-1\n" + CODE.encode()
    project.write("src/app.py", code)
    done = project.run("check", "--add-ignore=später → nie", "src")
    assert "src/app.py: connection-in-handler is not suppressed: the file's encoding" in done.err
    assert (project.path / "src/app.py").read_bytes() == code


@pytest.mark.parametrize(
    ("path", "text", "rule", "advice"),
    [
        (
            "template.json",
            JSON,
            "timeout-over-limit",
            'write "Metadata": {"lamlint": {"ignore": ["timeout-over-limit"]}}'
            " beside the Properties of A",
        ),
        ("template.yaml", JSON, "timeout-over-limit", 'write "Metadata": {"lamlint"'),
        ("stack.template", JSON, "timeout-over-limit", 'write "Metadata": {"lamlint"'),
        (
            "local/.env",
            SETTINGS,
            "secret-in-configuration",
            "write # lamlint: ignore[secret-in-configuration] on a line of its own above it",
        ),
        (
            "env.json",
            '{"Orders": {"DB_PASSWORD": "kT7-' + 'vQ2xw!9"}}',
            "secret-in-configuration",
            "use [[ignore]] in the configuration",
        ),
    ],
)
def test_where_no_comment_can_stand_it_is_said_what_does(
    path: str, text: str, rule: str, advice: str, project: Folder
) -> None:
    (project.path / "template.yaml").unlink()
    project.write(path, text)
    done = project.run("check", "--add-ignore", "--select", rule, path)
    assert f"{path}: {rule} cannot be suppressed by a comment; {advice}" in done.err
    assert project.read(path) == text


@pytest.mark.parametrize("path", ["stack.template", "stack.yml"])
def test_templates_of_other_names_take_comments(path: str, project: Folder) -> None:
    (project.path / "template.yaml").unlink()
    project.write(path, TEMPLATE)
    project.run("check", "--add-ignore", "--select", "timeout-over-limit")
    assert "Timeout: 1000  # lamlint: ignore[timeout-over-limit]\n" in project.read(path)
    assert project.run("check", "--select", "timeout-over-limit,unused-ignore").code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("--select", "timeout-over-limit"),
        ("--ignore", "timeout-over-limit"),
        ("--ignore", "limits,secrets,handler"),
        ("--severity", "error"),
        ("--severity", "warning", "--select", "limits"),
        ("src",),
        ("template.yaml", "--ignore", "memory-not-set"),
    ],
)
def test_writing_a_part_keeps_what_was_not_looked_for(
    arguments: Sequence[str], project: Folder
) -> None:
    project.run("check", "--write-baseline")
    assert known(project) == ALL
    project.run("check", "--write-baseline", *arguments)
    assert known(project) == ALL


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("template.yaml", TEMPLATE.replace("Type:", "Type: [")),
        ("src/app.py", CODE.replace("event, context", "event, context:")),
        ("src/more.py", "def more(:\n"),
        ("infra/stack.yaml", "Resources: [\n# AWS::Lambda::\n"),
    ],
)
def test_what_could_not_be_read_is_kept_and_not_stale(
    path: str, text: str, project: Folder
) -> None:
    project.run("check", "--write-baseline")
    project.write(path, text)
    assert "found no more" not in project.run("check", "--baseline", BASELINE).err
    project.run("check", "--write-baseline")
    assert set(ALL) <= set(known(project))


def test_a_lighter_finding_that_is_not_shown_is_not_stale(project: Folder) -> None:
    project.run("check", "--write-baseline")
    done = project.run("check", "--baseline", BASELINE, "--severity", "error")
    assert "found no more" not in done.err


@pytest.mark.parametrize(
    ("path", "text", "arguments", "gone"),
    [
        ("template.yaml", TEMPLATE.replace("1000", "900"), (), {ALL[2], ALL[3]}),
        ("src/app.py", "def handler(event, context):\n    return 1\n", (), {ALL[1]}),
        ("src/app.py", "def handler(event, context):\n    return 1\n", ("src",), {ALL[1]}),
        ("template.yaml", TEMPLATE, ("--select", "memory-not-set"), {ALL[2]}),
        ("local/.env", "DEBUG=1\n", ("--severity", "error"), {ALL[0]}),
    ],
)
def test_what_was_looked_for_and_is_gone_is_dropped(
    path: str, text: str, arguments: Sequence[str], gone: set[str], project: Folder
) -> None:
    project.run("check", "--write-baseline")
    project.write(path, text)
    assert "found no more" in project.run("check", "--baseline", BASELINE, *arguments).err
    project.run("check", "--write-baseline", *arguments)
    assert set(known(project)) == set(ALL) - gone


def test_projects_may_share_a_baseline(project: Folder) -> None:
    project.write("below/lamlint.toml", FILES["lamlint.toml"])
    project.write("below/template.json", JSON)
    assert project.run("check", "--write-baseline", "--baseline", BASELINE).code == 0
    assert set(known(project)) > set(ALL)
    assert project.run("check", "--baseline", BASELINE).code == 0
