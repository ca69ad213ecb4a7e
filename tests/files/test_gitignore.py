"""Our reading of .gitignore agrees with git's own."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lamlint.files.disk import DiskTree
from lamlint.files.gitignore import LONGEST, Globs, Ignored
from lamlint.text.bracket import CLASSES

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


def assert_git_agrees(root: Path, texts: Sequence[str], paths: Sequence[str]) -> None:
    """One start of git for all texts, each in a folder of its own. The paths need not exist."""
    for number, text in enumerate(texts):
        (root / f"{number}").mkdir(exist_ok=True)
        (root / f"{number}/.gitignore").write_bytes(text.encode())
    asked = [f"{number}/{path}" for number in range(len(texts)) for path in paths]
    told = subprocess.run(
        ["git", "check-ignore", "--no-index", "-z", "--stdin"],
        cwd=root,
        input="\0".join(asked).encode(),
        capture_output=True,
        check=False,
    )
    assert not told.stderr
    expected = set(told.stdout.decode().split("\0"))
    for number, text in enumerate(texts):
        for path in paths:
            assert ours({"": text}, path) == (f"{number}/{path}" in expected), (text, path)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("empty")
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    return root


PLAIN = ["a", "a", "b", "/", ".", "-", "]", "!", "^", "\\", "é", " ", "ab", "a/b"]
STARS = ["*", "**", "/**", "**/", "/**/", "?", "\\*", "\\/"]
BRACKETS = ["[", "[ab]", "[!a]", "[^/]", "[a-c]", "[]a]", "[a-]", "[b-a]", "[\\]]", "[[:"]
CLASSES_USED = ["[[:alpha:]]", "[[:nope:]]"]
PIECES = st.sampled_from([*PLAIN, *STARS, *BRACKETS, *CLASSES_USED])
LINES = st.lists(PIECES, min_size=1, max_size=7).map("".join)
TEXTS = st.lists(st.tuples(st.sampled_from(["", "", "!", "/"]), LINES), min_size=1, max_size=3).map(
    lambda lines: "\n".join(negated + line for negated, line in lines)
)
NAMES = st.text("abc.-]é", min_size=1, max_size=4).filter(lambda name: name.strip("."))
SOME_PATHS = st.lists(NAMES, min_size=1, max_size=4).map("/".join)


@settings(
    max_examples=8,
    phases=[Phase.generate],
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(TEXTS, min_size=60, max_size=120),
    st.lists(SOME_PATHS, min_size=10, max_size=30, unique=True),
)
def test_any_pattern_ignores_what_git_ignores(
    empty: Path, texts: list[str], paths: list[str]
) -> None:
    assert_git_agrees(empty, texts, paths)


def test_brackets_hold_the_characters_that_git_has(empty: Path) -> None:
    texts = [f"[[:{name}:]]" for name in CLASSES]
    texts += ["[!a-c]", "[a-c-e]", "[]-a]", "[--a]", "[[:digit:]-z]", "[\\a-\\c]", "[[:]", "[[:a]"]
    assert_git_agrees(empty, texts, [chr(code) for code in range(1, 127) if chr(code) not in "./"])


def test_stars_behind_a_plain_beginning_are_those_of_git(empty: Path) -> None:
    texts = [
        "x/a**/b",
        "x/a**",
        "x/?**/b",
        "x/**\\/b",
        "x/a*/b",
        "/**/b",
        "x/**/**/b",
        "x**b",
        "a**/",
    ]
    assert_git_agrees(
        empty, texts, ["x/ab", "x/a/b", "x/ac/d/b", "x/b", "x/a/c/b", "xab", "a", "b"]
    )


def test_the_ends_of_lines_are_those_of_git(empty: Path) -> None:
    texts = [
        "a\r\nb",
        "a\x0bb",
        "a\x0cb",
        "a\u2028b",
        "a\t",
        "a\\ \nb  ",
        "a//",
        "//",
        "!",
        "a\\",
        "\ufeffa",
    ]
    assert_git_agrees(empty, texts, ["a", "b", "a\x0bb", "a\x0cb", "a\t", "a ", "b ", "a\\", "x/a"])


@pytest.mark.parametrize(
    "hard", ["**/" * 14 + "x", "*a" * 22 + "b", "a**" * 22, "[ab]*" * 30 + "c"]
)
def test_stars_do_not_multiply(hard: str) -> None:
    """The automaton moves once a character, whatever there are of stars."""
    deep = "a/" * 100 + "a" * 2_000
    assert Globs.of((hard,)).matches(deep) == (
        "b" not in hard and "c" not in hard and "x" not in hard
    )
    assert Globs.of((hard.rstrip("bcx") + "*",)).matches(deep)


def test_what_is_too_long_to_match_together_is_told() -> None:
    many = "\n".join(f"name-{number:05}*" for number in range(5_000))
    ignored = Ignored().below("", many)
    assert not ignored.whole
    assert ignored.matches("name-00007.txt", folder=False)
    assert not ignored.matches("name-04999.txt", folder=False)
    further = ignored.below("sub", "*.txt\nplain")
    assert (further.whole, further.matches("sub/x.txt", folder=False)) == (False, False)
    assert sum(patterns.size for _, patterns in further.levels) <= LONGEST


def test_any_number_of_plain_names_is_looked_up() -> None:
    many = "\n".join(f"name-{number}\n/folder/path-{number}/" for number in range(50_000))
    ignored = Ignored().below("", f"{many}\n!name-7\nname-8/")
    assert ignored.whole
    assert ignored.matches("a/name-49999", folder=False)
    assert not ignored.matches("name-7", folder=False)
    assert ignored.matches("folder/path-49999", folder=True)
    assert not ignored.matches("folder/path-49999", folder=False)
    assert not ignored.matches("a/folder/path-1", folder=True)


def test_a_gitignore_that_is_too_long_is_told_by_the_tree(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("a*\n" + "b*c\n" * LONGEST)
    (tmp_path / "a.py").write_text("")
    tree = DiskTree(str(tmp_path))
    assert "a.py" not in tree.sources()
    (unread,) = tree.unread
    assert unread.span.path == ".gitignore"
    assert unread.reason.startswith("only the first 20,000 characters")
