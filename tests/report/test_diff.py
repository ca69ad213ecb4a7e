"""The unified diff of a repair, judged by git."""

from __future__ import annotations

import subprocess
from pathlib import Path
from shutil import which

import pytest

from lamlint.report import diff
from lamlint.text import Source
from lamlint.text.visible import visible

TEXTS = {
    "plain": ("one\ntwo\nthree\n", "one\n2\nthree\n"),
    "crlf": ("one\r\ntwo\r\n", "one\r\n2\r\n"),
    "no newline at the end": ("one\ntwo", "one\n2"),
    "newline added": ("one\ntwo", "one\ntwo\n"),
    "newline removed": ("one\ntwo\n", "one\ntwo"),
    "form feed and separators": ("a\x0cb\x1c\u2028c\nend\n", "a\x0cb\x1c\u2028C\nend\n"),
    "lone carriage return": ("a\rb\nc\n", "a\rB\nc\n"),
    "emptied": ("one\n", ""),
    "not ascii": ("größe: 1\n", "größe: 2\n"),
}


@pytest.mark.parametrize("bom", [False, True])
@pytest.mark.parametrize("name", TEXTS)
def test_git_applies_the_diff(name: str, bom: bool, tmp_path: Path) -> None:
    before, after = TEXTS[name]
    original = Source("folder/a b.txt", before, bom=bom)
    file = tmp_path / original.path
    file.parent.mkdir()
    file.write_bytes(original.encode(before))
    patch = diff.render({original.path: after}, {original.path: original})
    subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "-"],
        cwd=tmp_path,
        input=patch.encode(),
        check=True,
    )
    assert file.read_bytes() == original.encode(after)


HONEST = {
    name: pair
    for name, pair in TEXTS.items()
    if name not in ("form feed and separators", "lone carriage return")
}


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("bom", [False, True])
@pytest.mark.parametrize(("before", "after"), HONEST.values(), ids=HONEST)
def test_what_hides_nothing_is_shown_as_it_is(
    before: str, after: str, bom: bool, log: bool
) -> None:
    original = Source("folder/a b.txt", f"\ta\n\f\n{before}", bom=bom)
    patch = diff.render({original.path: f"\ta\n\f\n{after}"}, {original.path: original})
    assert diff.shown(patch, log=log) == patch


@pytest.mark.parametrize("path", ["a.py", "b\x1b[7m.py"])
@pytest.mark.parametrize("hidden", ["", "\x1b[7m", "\u202e", "\r::error::", "\f\v"])
def test_a_difference_shown_by_signs_is_not_applied(path: str, hidden: str, tmp_path: Path) -> None:
    before, after = "a\nb\n", f"a\nb{hidden} # c\n"
    name = visible(path)
    patch = diff.render({name: after}, {name: Source(name, before)})
    shown = diff.shown(patch, named=name == path)
    hides = hidden != "" or name != path
    assert ("cannot-be-applied" in shown) is hides
    for program in (["git", "apply", "-"], ["patch", "--batch", "-p1"]):
        (tmp_path / name).write_text(before)
        if which(program[0]):
            done = subprocess.run(
                program, cwd=tmp_path, input=shown.encode(), check=False, capture_output=True
            )
            assert (done.returncode != 0) is hides
            assert ((tmp_path / name).read_text() == before) is hides


def test_no_line_of_a_difference_is_a_command_in_a_log() -> None:
    before, after = " \n::error::x\n##[error]y\n", "1\n::error::x\n##[error]y\n"
    patch = diff.render({"a.py": after}, {"a.py": Source("a.py", before)})
    shown = diff.shown(patch, log=True)
    assert not [line for line in shown.split("\n") if line.lstrip().startswith("::")]
    assert "##[" not in shown
    assert "cannot-be-applied" in shown
    assert diff.shown(patch) == patch


def test_nothing_changed_is_nothing_said() -> None:
    assert diff.render({}, {}) == ""


def test_the_diff_reads_like_one() -> None:
    original = Source("template.yaml", "Timeout: 1000")
    assert diff.render({"template.yaml": "Timeout: 900"}, {"template.yaml": original}) == (
        "--- a/template.yaml\n+++ b/template.yaml\n@@ -1 +1 @@\n"
        "-Timeout: 1000\n\\ No newline at end of file\n"
        "+Timeout: 900\n\\ No newline at end of file\n"
    )
