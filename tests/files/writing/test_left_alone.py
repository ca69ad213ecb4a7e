"""What `lamlint check` leaves alone when it writes, and how it tells so."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lamlint.cli.main import lamlint
from lamlint.engine import pipeline
from lamlint.files.disk import DiskTree
from tests.files.writing.project import CODE, FILES, NAMES, READ, SECRET, SET, lay, staged

unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
ORDERS, BILLS = (f"src/{name}/app.py" for name in NAMES)
HOISTED = b'\ns3 = boto3.client("s3")\n'
TIMEOUT = b"Timeout: 900"
EMPTY_BASELINE = b'{"version": 1, "findings": []}\n'


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "project"
    lay(place)
    monkeypatch.chdir(place)
    return place


def run(*arguments: str) -> Any:
    """The exit code of `lamlint check`."""
    return lamlint.main(["check", *arguments], standalone_mode=False)


def fix(*arguments: str) -> Any:
    return run("--fix", "--unsafe-fixes", "--output-format", "concise", *arguments)


def _read_only(file: Path) -> None:
    file.chmod(0o444)


def _second_name(file: Path) -> None:
    os.link(file, file.with_suffix(".copy"))


@unix
@pytest.mark.parametrize("spoil", [_read_only, _second_name])
def test_a_template_that_cannot_be_written_keeps_the_secret_in_the_code(
    project: Path, capsys: pytest.CaptureFixture[str], spoil: Callable[[Path], None]
) -> None:
    spoil(project / "template.yaml")
    assert fix() == 2
    assert (project / "template.yaml").read_text() == FILES["template.yaml"]
    for path in (ORDERS, BILLS):
        assert SECRET in (project / path).read_text()
        # What needs no template is mended all the same.
        assert b'boto3.client("s3")\n\n\ndef' in (project / path).read_bytes()
    told = capsys.readouterr().err
    assert "template.yaml: it was left alone: " in told
    for path in (ORDERS, BILLS):
        assert f"not fixed: hardcoded-secret in {path}:3: it would leave this: API_SECRET" in told
    assert "not fixed: timeout-over-limit in template.yaml:" in told
    assert SECRET not in told


@unix
@pytest.mark.parametrize("spoil", [_read_only, _second_name])
def test_code_that_cannot_be_written_leaves_the_rest_to_be_mended(
    project: Path, capsys: pytest.CaptureFixture[str], spoil: Callable[[Path], None]
) -> None:
    spoil(project / ORDERS)
    assert fix() == 2
    assert (project / ORDERS).read_text() == CODE
    assert READ in (project / BILLS).read_bytes()
    template = (project / "template.yaml").read_bytes()
    assert template.count(SET) == 1
    assert template.index(SET) > template.index(b"  Bills:")
    assert template.count(TIMEOUT) == 2
    told = capsys.readouterr().err
    assert f"{ORDERS}: it was left alone: " in told
    assert f"not fixed: hardcoded-secret in {ORDERS}:3: {ORDERS} is left alone: " in told
    assert BILLS not in told


@pytest.mark.parametrize("path", ["template.yaml", ORDERS])
def test_a_file_that_changed_since_it_was_read_keeps_the_change(
    project: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    path: str,
) -> None:
    real = pipeline.run
    by_hand = f"{FILES[path]}# by hand\n"

    def meanwhile(*arguments: Any) -> Any:
        done = real(*arguments)
        (project / path).write_text(by_hand)
        return done

    monkeypatch.setattr(pipeline, "run", meanwhile)
    assert fix() == 2
    assert (project / path).read_text() == by_hand
    assert f"{path}: it was left alone: it changed since it was read" in capsys.readouterr().err
    reading = sum(READ in (project / each).read_bytes() for each in (ORDERS, BILLS))
    assert (project / "template.yaml").read_bytes().count(SET) == reading == (path == ORDERS)


@unix
def test_no_link_leads_out_of_the_project(project: Path) -> None:
    outside = project.parent / "outside.py"
    outside.write_text(CODE)
    (project / ORDERS).unlink()
    (project / ORDERS).symlink_to(outside)
    fix()
    assert outside.read_text() == CODE
    assert sorted(os.listdir(project.parent)) == ["outside.py", "project"]


@unix
def test_a_folder_that_became_a_link_out_of_the_project_is_not_written_to(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pipeline.run
    outside = project.parent / "outside"

    def meanwhile(*arguments: Any) -> Any:
        done = real(*arguments)
        (project / "src").rename(outside)
        (project / "src").symlink_to(outside)
        return done

    monkeypatch.setattr(pipeline, "run", meanwhile)
    assert fix() == 2
    assert (outside / NAMES[0] / "app.py").read_text() == CODE
    assert staged(outside) == []


@unix
def test_comments_are_added_where_they_can_be(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "template.yaml").chmod(0o444)
    assert run("--add-ignore=known") == 2
    assert (project / "template.yaml").read_text() == FILES["template.yaml"]
    assert "# lamlint: ignore[hardcoded-secret] known" in (project / ORDERS).read_text()
    told = capsys.readouterr().err
    assert "template.yaml: it was left alone: it is read-only" in told
    assert "suppressed 4 findings in 2 files" in told


@unix
def test_a_baseline_is_replaced_only_where_it_may_be(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--write-baseline") == 0
    file = project / ".lamlint-baseline.json"
    written = file.read_bytes()
    file.chmod(0o444)
    assert run("--write-baseline") == 2
    assert "it cannot be written: it is read-only" in capsys.readouterr().err
    assert file.read_bytes() == written
    file.unlink()
    outside = project.parent / "outside.json"
    outside.write_bytes(EMPTY_BASELINE)
    file.symlink_to(outside)
    assert run("--write-baseline") == 2
    assert outside.read_bytes() == EMPTY_BASELINE
    assert run("--write-baseline", "--baseline", str(file)) == 0
    assert outside.read_bytes() == written
    assert file.is_symlink()


@unix
def test_a_report_takes_the_place_of_a_file_and_no_other_thing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "real.json").write_text("old")
    (project / "link.json").symlink_to("real.json")
    before = os.stat("/dev/null")
    assert run("--output", "json:link.json", "--output", "sarif:/dev/null") == 1
    assert (project / "link.json").is_symlink()
    assert '"version": 1' in (project / "real.json").read_text()
    assert os.stat("/dev/null").st_rdev == before.st_rdev
    (project / "real.json").chmod(0o444)
    for name in ("real.json", "src", "absent/report.json"):
        assert run("--output", f"json:{name}") == 2
        assert f"{name}: it cannot be written: " in capsys.readouterr().err


def test_what_was_mended_is_listed_where_that_is_asked_for(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = [
        "Fixed 5 findings, and 1 that came up on the way:",
        f"- {BILLS}:",
        "    1 × connection-in-handler",
        "    1 × hardcoded-secret",
        "    1 × undefined-environment-variable",
        f"- {ORDERS}:",
        "    1 × connection-in-handler",
        "- template.yaml:",
        "    2 × timeout-over-limit",
        "Left to do in template.yaml: replace change-me, the value of API_SECRET.",
    ]
    assert fix("--show-fixes") == 1
    assert capsys.readouterr().out.splitlines()[-len(listed) :] == listed
    for arguments in (("--fix-only",), ("--output-format", "json"), ("--quiet",)):
        lay(project)
        fix("--show-fixes", *arguments)
        assert capsys.readouterr().err.splitlines() == listed
    lay(project)
    fix()
    told = capsys.readouterr().out.splitlines()
    assert told[-2:] == [listed[0].replace(":", "."), listed[-1]]
    assert sum("placeholder-value" in line for line in told) == 2


def test_what_is_read_from_the_standard_input_is_all_that_is_rewritten(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with open(project / ORDERS) as given:
        monkeypatch.setattr("sys.stdin", given)
        fix("--stdin-filename", ORDERS, "-")
    rewritten, told = capsys.readouterr()
    assert SECRET in rewritten
    assert HOISTED.decode() in rewritten
    assert "(template.yaml is left alone: only the standard input is rewritten)" in told
    assert (project / "template.yaml").read_text() == FILES["template.yaml"]


def test_a_staged_file_is_no_code_no_template_and_no_part_of_a_package(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = ".lamlint-0123456789abcdef.staged"
    run("--output-format", "json")
    before = capsys.readouterr().out
    (project / name).write_text(FILES["template.yaml"])
    (project / "src" / NAMES[0] / name).write_text(CODE)
    run("--output-format", "json")
    assert capsys.readouterr().out == before
    tree = DiskTree(str(project))
    assert not [path for path in tree.sources() if path.endswith(".staged")]
    assert not [each.path for each in tree.contents("src") if each.path.endswith(".staged")]
    assert len(staged(project)) == 2
    fix("--select", "connection-in-handler")
    assert staged(project) == []


@unix
def test_no_name_of_a_file_steers_the_reader_of_what_is_told(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("\x1b[2Jmended.py", "\x1b[2Jleft.py"):
        (project / name).write_text(f'API_SECRET = "{SECRET}"\n')
    (project / "\x1b[2Jleft.py").chmod(0o444)
    assert fix("--show-fixes") == 2
    out, told = capsys.readouterr()
    assert "- ␛[2Jmended.py:" in out
    assert "␛[2Jleft.py: it was left alone: it is read-only" in told
    assert "\x1b" not in out + told
