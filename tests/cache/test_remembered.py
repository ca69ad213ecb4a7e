"""A run that would see the same is told again; any change of what it sees makes a new one."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.cache.caching import CODE, TEMPLATE, Remembered, git, remembered
from tests.command import Done


@pytest.fixture
def project(tmp_path: Path) -> Remembered:
    return remembered(tmp_path)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--output-format", "json"),
        ("--output-format", "sarif"),
        ("--output-format", "github"),
        ("--color", "always"),
        ("--statistics",),
        ("--quiet",),
        ("--exit-zero",),
        ("--severity", "error"),
        ("--select", "timeout-over-limit"),
        ("src",),
        ("src/app.py", "template.yaml"),
    ],
)
def test_what_is_told_again_is_what_a_fresh_run_tells(
    project: Remembered, arguments: tuple[str, ...]
) -> None:
    fresh = project.fresh(*arguments)
    assert (project.check(*arguments), project.check(*arguments)) == (fresh, fresh)
    assert project.recalls(*arguments)


Change = Callable[[Remembered], None]


def writes(name: str, text: str) -> Change:
    def change(project: Remembered) -> None:
        project.folder.write(name, text)

    return change


def both(*changes: Change) -> Change:
    def change(project: Remembered) -> None:
        for one in changes:
            one(project)

    return change


def removes(name: str) -> Change:
    return lambda project: (project.folder.path / name).unlink()


def _in_place(project: Remembered) -> None:
    """Other bytes of the same length, with the old time: only the file's own clock tells."""
    file = project.folder.path / "template.yaml"
    before = file.stat()
    file.write_text(TEMPLATE.replace("1000", "0900"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def _replaced(project: Remembered) -> None:
    """Another file of the same length and time in its place."""
    file = project.folder.path / "template.yaml"
    before = file.stat()
    other = project.folder.write("other", TEMPLATE.replace("1000", "0900"))
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(file)


def _link(project: Remembered) -> None:
    project.folder.write("elsewhere/app.py", "def handler(event, context): ...\n")
    shutil.rmtree(project.folder.path / "src")
    (project.folder.path / "src").symlink_to("elsewhere")


def _archive(project: Remembered) -> None:
    with zipfile.ZipFile(project.folder.path / "layer.zip", "w") as archive:
        archive.writestr("python/other.py", "x" * 10)


def _in_git(project: Remembered) -> None:
    git(project.folder.path, "init", "--quiet")


LAYERED = (
    TEMPLATE
    + """\
      Layers: [!Ref Shared]
  Shared:
    Type: AWS::Serverless::LayerVersion
    Properties:
      ContentUri: layer/
"""
)
ZIPPED = TEMPLATE.replace("CodeUri: src/", "CodeUri: layer.zip")
NESTED = (
    TEMPLATE
    + """\
  Inner:
    Type: AWS::Serverless::Application
    Properties:
      Location: inner.yaml
"""
)
BASELINE = '{"version": 1, "findings": []}\n'

CHANGES: dict[str, tuple[Change, Change]] = {
    "a template": (writes("x", ""), writes("template.yaml", TEMPLATE.replace("1000", "900"))),
    "a file of the same size and time": (writes("x", ""), _in_place),
    "another file of the same size and time": (writes("x", ""), _replaced),
    "a module": (writes("x", ""), writes("src/app.py", CODE.replace("s3", "sqs"))),
    "a new module": (writes("x", ""), writes("src/other.py", "import app\n")),
    "a new template": (writes("x", ""), writes("other/template.yaml", TEMPLATE)),
    "a removed file": (writes("src/other.py", "import app\n"), removes("src/other.py")),
    "a module that an import names": (
        writes("src/app.py", f"import near\n{CODE}"),
        writes("src/near.py", "NAME = 1\n"),
    ),
    "a folder of another project": (writes("x", ""), writes("src/lamlint.toml", "")),
    "a link": (writes("x", ""), _link),
    "the configuration": (writes("x", ""), writes("lamlint.toml", 'severity = "error"\n')),
    "the project's root": (writes("x", ""), removes("lamlint.toml")),
    "a stronger configuration": (
        both(removes("lamlint.toml"), writes("pyproject.toml", "[tool.lamlint]\n")),
        writes("lamlint.toml", 'ignore = ["timeout-over-limit"]\n'),
    ),
    "what the configuration extends": (
        both(writes("lamlint.toml", 'extend = "base.toml"\n'), writes("base.toml", "")),
        writes("base.toml", 'ignore = ["timeout-over-limit"]\n'),
    ),
    "a .gitignore without git": (writes("x", ""), writes(".gitignore", "*.yaml\n")),
    "git itself": (writes(".gitignore", "*.yaml\n"), _in_git),
    "a .gitignore": (_in_git, writes(".gitignore", "*.yaml\n")),
    "a .gitignore below": (_in_git, writes("src/.gitignore", "*.py\n")),
    "what git excludes here": (_in_git, writes(".git/info/exclude", "*.yaml\n")),
    "the index of git": (
        both(_in_git, writes(".gitignore", "*.yaml\n")),
        lambda project: git(project.folder.path, "add", "--force", "template.yaml"),
    ),
    "a baseline": (
        both(writes("lamlint.toml", 'baseline = "known.json"\n'), writes("known.json", BASELINE)),
        writes("known.json", f"{BASELINE} "),
    ),
    "requirements": (
        writes("src/requirements.txt", "requests==2.31.0\n"),
        writes("src/requirements.txt", "requests\n"),
    ),
    "requirements that appear": (writes("x", ""), writes("src/requirements.txt", "requests\n")),
    "a layer": (writes("template.yaml", LAYERED), writes("layer/python/near.py", "N = 1\n")),
    "a package": (
        writes("src/requests/__init__.py", ""),
        writes("src/requests/__init__.py", "A = 1\n"),
    ),
    "what is installed beside the code": (
        writes("src/requests-1.0.dist-info/RECORD", ""),
        writes("src/requests-1.0.dist-info/METADATA", "Name: requests\nVersion: 1.0\n"),
    ),
    "an archive that appears": (writes("template.yaml", ZIPPED), _archive),
    "a template that another one names": (
        writes("template.yaml", NESTED),
        writes("inner.yaml", TEMPLATE),
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_a_run_sees_makes_a_new_one(project: Remembered, what: str) -> None:
    before, change = CHANGES[what]
    before(project)
    project.check()
    assert project.recalls()
    change(project)
    assert not project.recalls()
    assert project.check() == project.fresh()


def test_what_a_run_does_not_see_makes_no_new_one(project: Remembered) -> None:
    project.folder.write("notes.txt", "one")
    project.check()
    project.folder.write("../outside.txt", "one")
    assert project.recalls()


def test_a_user_s_ignore_file_counts(project: Remembered, tmp_path: Path) -> None:
    _in_git(project)
    home = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": ""}
    project.check(**home)
    assert project.recalls(**home)
    ignored = tmp_path / ".config/git/ignore"
    ignored.parent.mkdir(parents=True)
    ignored.write_text("*.yaml\n")
    assert not project.recalls(**home)


@pytest.mark.parametrize(
    "more",
    [
        {"NO_COLOR": "1"},
        {"COLUMNS": "60"},
        {"GITHUB_ACTIONS": "true"},
        {"GITHUB_WORKSPACE": "/"},
        {"LAMLINT_SEVERITY": "error"},
        {"LAMLINT_SELECT": "timeout-over-limit"},
        {"HOME": "/nowhere"},
    ],
)
def test_the_variables_that_count_make_a_new_run(project: Remembered, more: dict[str, str]) -> None:
    project.check()
    assert project.recalls()
    assert not project.recalls(**more)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--severity", "error"),
        ("--fail-on", "error"),
        ("--ignore", "timeout-over-limit"),
        ("--isolated",),
        ("--max-file-size", "5000"),
        ("--output-format", "json"),
        ("template.yaml",),
        ("--color", "always"),
    ],
)
def test_other_arguments_make_another_run(project: Remembered, arguments: tuple[str, ...]) -> None:
    project.check()
    assert not project.recalls(*arguments)
    project.check(*arguments)
    assert project.recalls(*arguments)
    assert project.recalls()


@pytest.mark.parametrize(
    "place",
    [
        ("lamlint.cache.memory.__version__", "0.0.1"),
        ("lamlint.cache.memory._today", lambda: "2031-01-01"),
        ("sys.version", "3.99"),
        ("sys.path", ["/elsewhere", *os.sys.path]),  # type: ignore[attr-defined]
    ],
    ids=["lamlint", "day", "python", "path"],
)
def test_another_day_or_version_makes_a_new_run(
    project: Remembered, place: tuple[str, object]
) -> None:
    project.check()
    assert project.recalls()
    with patch(*place):
        assert not project.recalls()


def test_an_edited_rule_makes_a_new_run(project: Remembered, tmp_path: Path) -> None:
    own = tmp_path / "lamlint/rule.py"
    own.parent.mkdir()
    own.write_text("ONE = 1\n")
    with patch("lamlint.cache.program.HOME", str(own.parent)):
        project.check()
        assert project.recalls()
        own.write_text("ONE = 2\n")
        assert not project.recalls()


RULE = '''\
"""Every function is one too many.

## Why this matters
It is.
"""
from lamlint.rule import WARNING, rule
from lamlint.model import Function

@rule(severity=WARNING, since="0.1.0")
def check(function: Function, project: object):
    yield function.finding("{message}")
'''


def test_own_rules_count(project: Remembered, tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    folder.mkdir()
    rule = folder / "too_many.py"
    rule.write_text(RULE.replace("{message}", "it is there"))
    given = ("--rules", str(folder))
    assert "it is there" in project.check(*given).out
    assert project.recalls(*given)
    rule.write_text(RULE.replace("{message}", "it is here"))
    assert "it is here" in project.check(*given).out
    (folder / "_words.py").write_text("ONE = 1\n")
    assert not project.recalls(*given)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--diff",),
        ("--fix",),
        ("--fix-only",),
        ("--add-ignore",),
        ("--baseline", "known.json", "--write-baseline"),
        ("--verbose",),
        ("--no-cache",),
    ],
)
def test_what_does_more_than_to_tell_is_not_remembered(
    project: Remembered, arguments: tuple[str, ...]
) -> None:
    project.check(*arguments)
    assert [*project.answers()] == []


def test_a_run_that_fails_is_not_remembered(project: Remembered) -> None:
    project.folder.write("lamlint.toml", "selct = []\n")
    assert project.check().code == 2
    assert [*project.answers()] == []


def test_reports_in_files_and_summaries_are_written_again(project: Remembered) -> None:
    into = ("--output", "json:../report.json", "--output-format", "github")
    summary = project.folder.path.parent / "summary.md"
    project.check(*into, GITHUB_STEP_SUMMARY=str(summary))
    report = project.folder.path.parent / "report.json"
    first, once = report.read_text(), summary.read_text()
    report.unlink()
    assert project.recalls(*into, GITHUB_STEP_SUMMARY=str(summary))
    assert json.loads(report.read_text()) == json.loads(first)
    assert summary.read_text() == 2 * once


def test_a_fresh_checkout_is_the_same_and_is_looked_at_once(project: Remembered) -> None:
    project.check()
    copy = project.folder.path.with_name("copy")
    shutil.copytree(project.folder.path, copy)
    shutil.rmtree(project.folder.path)
    copy.rename(project.folder.path)
    assert project.recalls()


def test_what_changes_while_it_is_read_is_not_remembered(project: Remembered) -> None:
    from lamlint.files.git import Git

    listed = Git.listed

    def meddled(self: Git, folder: str) -> list[str] | None:
        project.folder.write("lamlint.toml", "# once more\n")
        return listed(self, folder)

    with patch.object(Git, "listed", meddled):
        told: Done = project.check()
    assert told.code == 1
    assert not project.recalls()
