"""The unified diff of a repair, judged by git."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from lamlint.report import diff
from lamlint.text import Source

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


def test_nothing_changed_is_nothing_said() -> None:
    assert diff.render({}, {}) == ""


def test_the_diff_reads_like_one() -> None:
    original = Source("template.yaml", "Timeout: 1000")
    assert diff.render({"template.yaml": "Timeout: 900"}, {"template.yaml": original}) == (
        "--- a/template.yaml\n+++ b/template.yaml\n@@ -1 +1 @@\n"
        "-Timeout: 1000\n\\ No newline at end of file\n"
        "+Timeout: 900\n\\ No newline at end of file\n"
    )
