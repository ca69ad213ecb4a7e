"""`lamlint check --diff`: how much it would do, as JSON, and where a secret keeps it from applying."""

from __future__ import annotations

import json
import subprocess
from importlib.resources import files
from pathlib import Path
from shutil import which
from typing import Any

import jsonschema
import pytest
import yaml

from lamlint.report import diff
from lamlint.secrets.covering import Words
from lamlint.text import Source
from tests.command import CLEAN, TEMPLATE, Folder

SCHEMA = json.loads(
    files("lamlint.report").joinpath("diff-schema.json").read_text(encoding="utf-8")
)
SECRET = "kX9vQ2mT7wLp4ZrB8nYc"
IN_HANDLER = f"""\
import boto3


def handler(event, context):
    s3 = boto3.client("s3", aws_secret_access_key="{SECRET}")
    return s3.list_buckets()
"""
LATE = TEMPLATE.replace("    Properties:", "    Properties:\n      EphemeralStorage: {Size: 20000}")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A function with one mistake."""
    made = Folder(tmp_path)
    made.write("template.yaml", TEMPLATE)
    made.write("src/app.py", "def handler(event, context):\n    pass\n")
    made.write("lamlint.toml", "")
    return made


@pytest.mark.parametrize(
    ("template", "arguments", "told"),
    [
        (TEMPLATE, (), "Would fix 1 finding in 1 file; nothing would be left.\n"),
        (LATE, (), "Would fix 2 findings in 1 file; nothing would be left.\n"),
        (CLEAN, (), "Would fix nothing; nothing would be left.\n"),
        (
            TEMPLATE.replace("1000", "900").replace("python3.13", "python3.8"),
            (),
            "Would fix nothing; 1 finding would be left, 1 of them for --unsafe-fixes.\n",
        ),
        (
            TEMPLATE.replace("python3.13", "python3.8"),
            ("--unsafe-fixes",),
            "Would fix 2 findings in 1 file; nothing would be left.\n",
        ),
        (
            TEMPLATE,
            ("--show-fixes",),
            "Would fix 1 finding in 1 file; nothing would be left.\n"
            "- template.yaml:\n    1 × timeout-over-limit\n",
        ),
        (TEMPLATE, ("--quiet",), ""),
    ],
)
def test_a_difference_ends_with_how_much_it_is(
    folder: Folder, template: str, arguments: tuple[str, ...], told: str
) -> None:
    folder.write("template.yaml", template)
    done = folder.run("check", "--diff", *arguments)
    assert done.err == told
    assert bool(done.out) is (done.code == 1) is ("nothing; " not in told)


def as_json(folder: Folder, *arguments: str) -> Any:
    document = folder.check("--diff", *arguments).document
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    return document


@pytest.mark.parametrize("template", [TEMPLATE, CLEAN])
@pytest.mark.parametrize("option", ["--add-ignore=known", "--write-baseline"])
def test_the_patches_of_accepting_are_what_it_writes(
    folder: Folder, template: str, option: str
) -> None:
    folder.write("template.yaml", template)
    document = as_json(folder, option)
    assert (document["accepted"] > 0) is (template == TEMPLATE)
    assert document["refused"] == document["unread"] == []
    for file in document["files"]:
        assert file["applies"]
        assert apply(folder, file["patch"])
    patched = [folder.read(file["path"]) for file in document["files"]]
    for file in document["files"]:
        (folder.path / file["path"]).unlink()
    folder.write("template.yaml", template)
    folder.run("check", option)
    assert [folder.read(file["path"]) for file in document["files"]] == patched


def test_accepting_says_what_no_comment_can_suppress(folder: Folder) -> None:
    (folder.path / "template.yaml").unlink()
    folder.write("template.json", json.dumps(yaml.safe_load(TEMPLATE)))
    document = as_json(folder, "--add-ignore")
    assert (document["files"], document["accepted"]) == ([], 0)
    assert "template.json: timeout-over-limit cannot be suppressed" in document["refused"][0]


@pytest.mark.parametrize("template", [TEMPLATE, LATE, CLEAN])
def test_the_patches_of_the_document_are_what_fixing_writes(folder: Folder, template: str) -> None:
    folder.write("template.yaml", template)
    document = as_json(folder)
    assert document["summary"]["fixed"] == len(document["fixes"])
    assert {each["path"] for each in document["fixes"]} == (
        set() if template == CLEAN else {"template.yaml"}
    )
    assert folder.read("template.yaml") == template
    for file in document["files"]:
        assert file["applies"]
        assert apply(folder, file["patch"])
    patched = folder.read("template.yaml")
    folder.write("template.yaml", template)
    folder.run("check", "--fix")
    assert folder.read("template.yaml") == patched


def apply(folder: Folder, patch: str) -> bool:
    """Whether git applies a difference."""
    done = subprocess.run(
        ["git", "apply", "-"],
        cwd=folder.path,
        input=patch.encode(),
        capture_output=True,
        check=False,
    )
    return done.returncode == 0


def test_a_fix_says_what_it_does(folder: Folder) -> None:
    (fix,) = as_json(folder)["fixes"]
    assert fix == {
        "rule": "timeout-over-limit",
        "path": "template.yaml",
        "line": 9,
        "functions": ["Hello"],
        "title": "Set the timeout to 900 seconds",
        "safety": "safe",
    }


def test_what_is_left_alone_is_told(folder: Folder) -> None:
    arguments = ("--stdin-filename", "src/app.py", "-", "--diff", "--output-format", "json")
    done = folder.run("check", *arguments, stdin="def handler(event, context):\n    pass\n")
    assert done.document["files"] == []
    assert folder.read("template.yaml") == TEMPLATE


def test_a_covered_secret_is_told_where_it_keeps_a_patch_from_applying(folder: Folder) -> None:
    folder.write("src/app.py", IN_HANDLER)
    arguments = ("--unsafe-fixes", "--select", "connection-in-handler,hardcoded-aws-credentials")
    done = folder.run("check", "--diff", *arguments)
    assert SECRET not in done.out + done.err
    assert "@@ a secret is covered here, so this does not apply\n" in done.out
    assert "src/app.py: a secret is covered in lines 1 to 6, so no program can apply" in done.err
    (file,) = as_json(folder, *arguments)["files"]
    assert file["covered"] == [{"line": 1, "end_line": 6}]
    assert not file["applies"]
    assert SECRET not in file["patch"]
    assert not apply(folder, file["patch"])


FILLED = "".join(f"x{number} = {number}\n" for number in range(20))


@pytest.mark.parametrize(
    ("before", "after", "covered"),
    [
        pytest.param(f"a\n{FILLED}", f'key = "{SECRET}"\n{FILLED}', [(1, 4)], id="added"),
        pytest.param(f'key = "{SECRET}"\n{FILLED}', f"a\n{FILLED}", [(1, 4)], id="removed"),
        pytest.param(
            f'{FILLED}"{SECRET}"\n', f'"{SECRET}"\n{FILLED}', [(1, 3), (18, 21)], id="moved far"
        ),
        pytest.param(f'{FILLED}"{SECRET}"\n', f'a\n{FILLED}"{SECRET}"\n', [], id="not shown"),
        pytest.param(
            f'a\n{FILLED}"{SECRET}"\nb\n', f'z\n{FILLED}"{SECRET}"\nc\n', [(20, 23)], id="beside"
        ),
    ],
)
def test_stars_are_never_written(
    tmp_path: Path, before: str, after: str, covered: list[tuple[int, int]]
) -> None:
    patch = diff.patch("a.py", Source("a.py", before), after, Words.of([SECRET]))
    assert list(patch.covered) == covered
    assert SECRET not in patch.text
    file = tmp_path / "a.py"
    file.write_text(before)
    if which("patch") is None:
        pytest.skip("there is no program to apply it")
    subprocess.run(
        ["patch", "--batch", "-p1"],
        cwd=tmp_path,
        input=patch.text.encode(),
        capture_output=True,
        check=False,
    )
    assert "***" not in file.read_text()
    assert (file.read_text() == after) is (not covered)
