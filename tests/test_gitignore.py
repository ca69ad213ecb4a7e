"""Our reading of .gitignore agrees with git's own."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from lamlint.gitignore import Ignored

PATHS = [
    "a.log",
    "b/a.log",
    "b/c/a.log",
    "b/c/d/keep.log",
    "build/x.py",
    "src/build/x.py",
    "doc/x.txt",
    "doc/y/x.txt",
    "foo",
    "bar/foo",
    "foo1",
    "food",
    "foo[1]",
    "#hash",
    "!bang",
    "sp ace",
    "trail ",
    "deep/one/two/end",
    "deep/end",
    "data/a.csv",
    "data/sub/b.csv",
    "A.LOG",
    "x.y.z",
    "star/inner/file",
]
FILES = [
    "*.log",
    "*.log\n!keep.log",
    "/a.log",
    "build/",
    "build",
    "/build",
    "doc/*.txt",
    "doc/**/x.txt",
    "**/foo",
    "foo?",
    "foo[0-9]",
    "foo[!0-9]",
    "foo\\[1\\]",
    "\\#hash",
    "# comment\n\n\\!bang",
    "sp ace  ",
    "trail\\ ",
    "deep/**/end",
    "deep/**",
    "**/two/",
    "data/*\n!data/sub",
    "data/*\n!data/sub/\ndata/sub/*\n!data/sub/b.csv",
    "*\n!*/\n!*.txt",
    "star/*",
    "star/*/file",
    "x.*.z",
    "foo[",
    "/",
    "b/c/",
    "!a.log\n*.log",
]


def ours(texts: dict[str, str], path: str) -> bool:
    ignored = Ignored().below("", texts[""])
    parts = path.split("/")
    for depth in range(1, len(parts)):
        folder = "/".join(parts[:depth])
        if ignored.matches(folder, folder=True):
            return True
        if folder in texts:
            ignored = ignored.below(folder, texts[folder])
    return ignored.matches(path, folder=False)


def gits(root: Path) -> set[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=True,
    )
    return set(listed.stdout.decode().split("\0"))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    for path in PATHS:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("")
    return tmp_path


def test_every_pattern_ignores_what_git_ignores(repository: Path) -> None:
    for text in FILES:
        (repository / ".gitignore").write_text(text + "\n")
        seen = gits(repository)
        expected = {path for path in PATHS if path not in seen}
        assert {path for path in PATHS if ours({"": text}, path)} == expected, text


def test_a_nested_file_overrules_the_one_above(repository: Path) -> None:
    texts = {"": "*.log\n", "b/c": "!a.log\n/d/\n"}
    (repository / ".gitignore").write_text(texts[""])
    (repository / "b/c/.gitignore").write_text(texts["b/c"])
    seen = gits(repository)
    assert {path for path in PATHS if ours(texts, path)} == set(PATHS) - seen
    assert not ours(texts, "b/c/a.log")
