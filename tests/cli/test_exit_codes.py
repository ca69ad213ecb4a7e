"""What a run ends with, where its options come from, and what it writes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from lamlint.cli.main import check
from tests.command import CHECKOUT, CLEAN, TEMPLATE, Folder, project

COMMANDS = ("check", "functions", "size", "config")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return project(tmp_path)


@pytest.mark.parametrize("command", COMMANDS)
def test_what_cannot_be_done_ends_with_2_and_one_sentence(folder: Folder, command: str) -> None:
    for arguments in (("absent",), ("--config", "absent.toml"), ("--rules", "absent")):
        done = folder.run(command, *arguments)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith("lamlint: absent")
        assert done.err.count("\n") == 1
    (folder.path / "folder").mkdir()
    for option, sentence in (("--config", "this is a folder"), ("--rules", "no rules lie here")):
        done = folder.run(command, option, "folder")
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith(f"lamlint: folder: {sentence}")
    assert folder.run(command, "--isolated", "--config", "lamlint.toml").code == 2
    folder.write("lamlint.toml", "selct = []\n")
    done = folder.run(command)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("lamlint: lamlint.toml:1: ")
    assert folder.run(command, "--isolated").code < 2


@pytest.mark.parametrize("command", ["functions", "size", "config", "rules", "explain"])
def test_unknown_options_end_with_2(folder: Folder, command: str) -> None:
    assert folder.run(command, "--what").code == 2


def test_no_command_is_wrong_usage_and_shows_the_help(folder: Folder) -> None:
    done = folder.run()
    assert (done.code, done.out) == (2, "")
    assert done.err == folder.run("--help").out


def test_commands_that_only_tell_end_with_0(folder: Folder) -> None:
    for arguments in (("functions",), ("size",), ("config",), ("rules",), ("--help",)):
        assert folder.run(*arguments).code == 0, arguments
    assert folder.run("explain").code == 2
    assert folder.run("completion", "csh").code == 2


def test_every_option_has_a_variable() -> None:
    options = [each for each in check.params if isinstance(each, click.Option)]
    assert len(options) > 20
    for option in options:
        word = max(option.opts, key=len)
        assert option.envvar == "LAMLINT_" + word.strip("-").upper().replace("-", "_")


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("SELECT", "memory-out-of-range", 0),
        ("IGNORE", "memory-not-set,limits", 0),
        ("FAIL_ON", "error", 1),
        ("EXIT_ZERO", "1", 0),
        ("ISOLATED", "true", 1),
        ("CONFIG", "absent.toml", 2),
        ("RULES", "absent", 2),
        ("BASELINE", "absent.json", 2),
        ("SEVERITY", "loud", 2),
        ("OUTPUT_FORMAT", "sarif", 1),
        ("EXTEND_SELECT", "strict preview", 1),
        ("OUTPUT", "xml:file", 2),
    ],
)
def test_options_come_from_the_environment(
    folder: Folder, name: str, value: str, code: int
) -> None:
    assert folder.run("check", environment={f"LAMLINT_{name}": value}).code == code


def test_reports_named_in_the_environment_are_written(folder: Folder) -> None:
    folder.run("check", environment={"LAMLINT_OUTPUT": "json:a.json;sarif:a.sarif"})
    assert '"timeout-over-limit"' in folder.read("a.json")
    assert '"timeout-over-limit"' in folder.read("a.sarif")


def test_fixing_ends_as_it_was_asked_to(folder: Folder) -> None:
    done = folder.run("check", "--fix-only")
    assert (done.code, done.out) == (0, "")
    assert folder.read("template.yaml") == CLEAN
    folder.write("template.yaml", TEMPLATE)
    assert folder.run("check", "--fix-only", "--exit-non-zero-on-fix").code == 1
    assert folder.run("check", "--fix-only", "--exit-non-zero-on-fix").code == 0


@pytest.mark.parametrize(
    "template",
    [
        TEMPLATE.encode(),
        TEMPLATE.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + TEMPLATE.encode(),
        TEMPLATE.rstrip("\n").replace("512", "20000").encode(),
        TEMPLATE.replace("Hello", "Grüße").encode(),
    ],
)
def test_a_diff_is_what_fixing_writes(folder: Folder, template: bytes) -> None:
    file = folder.write("template.yaml", template)
    diff = folder.run("check", "--diff")
    assert diff.code == 1
    assert file.read_bytes() == template
    patched = Folder(folder.path / "patched")
    copy = patched.write("template.yaml", template)
    subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "-"],
        cwd=patched.path,
        input=diff.out.encode(),
        env={**os.environ, "GIT_CEILING_DIRECTORIES": str(folder.path)},
        check=True,
    )
    folder.run("check", "--fix")
    assert file.read_bytes() != template
    assert copy.read_bytes() == file.read_bytes()


def test_the_standard_input_is_told_by_the_name_it_was_given(folder: Folder) -> None:
    arguments = ("check", "--output-format", "json", "--stdin-filename", "new/template.yaml", "-")
    done = folder.run(*arguments, stdin=TEMPLATE)
    assert done.found == ["new/template.yaml:9 timeout-over-limit"]
    assert folder.run(*arguments, stdin=CLEAN).code == 0
    assert not (folder.path / "new").exists()
    assert folder.run("check", "--stdin-filename", "template.yaml").code == 2
    assert folder.run("check", "-", "src", "--stdin-filename", "a.yaml").code == 2


def test_a_fix_of_the_standard_input_goes_to_the_standard_output(folder: Folder) -> None:
    arguments = ("check", "--fix", "--stdin-filename", "template.yaml", "-")
    done = folder.run(*arguments, stdin=TEMPLATE)
    assert (done.code, done.out) == (0, CLEAN)
    assert folder.read("template.yaml") == TEMPLATE
    assert folder.run(*arguments, stdin=CLEAN).out == CLEAN


@pytest.mark.parametrize(
    ("command", "code"),
    [("check", 1), ("check src", 0), ("functions", 0), ("rules", 0), ("size", 0)],
)
def test_a_reader_that_goes_away_changes_nothing(folder: Folder, command: str, code: int) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "lamlint", *command.split()],
        cwd=folder.path,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        stdout=write,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(write)
    assert done.stderr == b""
    assert done.returncode == code


def test_two_reports_do_not_go_to_one_file(folder: Folder) -> None:
    done = folder.check("--output", "json:report", "--output", "sarif:./report")
    assert done.code == 2
    assert done.err == "lamlint: report: two reports cannot go to one file\n"
    assert not (folder.path / "report").exists()


def test_a_folder_without_anything_to_read_is_told_as_such(tmp_path: Path) -> None:
    done = Folder(tmp_path).run("check")
    assert done.code == 0
    assert done.out == "No findings: there is no template and no Python file here.\n"


def test_a_diff_has_colours_only_where_they_are_shown(folder: Folder) -> None:
    plain = folder.run("check", "--diff", "--unsafe-fixes").out
    coloured = folder.run("check", "--diff", "--unsafe-fixes", "--color", "always").out
    assert "\x1b" not in plain
    assert "\x1b[1m--- a/template.yaml\x1b[0m\n" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain
