"""Whatever a run asks the disk is noted: nothing of a project is looked at behind its back."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lamlint.cache.memory import HEEDED
from lamlint.cache.program import of_data
from lamlint.cli.remembered import LOOKS
from lamlint.files import asking
from lamlint.files.asking import Notes, noting
from lamlint.python.module.stack import deep
from tests.cache.caching import git, remembered
from tests.command import CHECKOUT

_QUESTIONS = {
    "os": {"access", "listdir", "lstat", "open", "readlink", "scandir", "stat", "walk"},
    "path": {
        "exists", "getmtime", "getsize", "isdir", "isfile", "islink", "ismount", "lexists",
        "realpath", "samefile",
    },
}  # fmt: skip
_ELSEWHERE = {
    "lamlint/cache": "the cache itself",
    "lamlint/cli": "arguments, and files that are written",
    "lamlint/engine/workers/anew.py": "what it opens is no file of a project",
    "lamlint/engine/workers/serving.py": "what it opens is no file of a project",
    "lamlint/files/asking.py": "where the questions are put",
    "lamlint/files/missing.py": "how far a path leads is asked again",
    "lamlint/files/opening.py": "files are opened, and noted",
    "lamlint/files/writing": "runs that write are not remembered",
    "lamlint/files/git.py": "which git is asked; what it says is asked again",
    "lamlint/registry.py": "rules, all of whose files are noted by themselves",
    "lamlint/rules/__init__.py": "lamlint itself",
    "lamlint/catalog/tables.py": "lamlint itself",
}
"""What asks the disk by itself, and why that is not missed."""


def questions(tree: ast.Module) -> Iterator[int]:
    """The lines in which the disk is asked with what Python itself has for it."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="open")):
                yield node.lineno
            case ast.Attribute(value=ast.Name(id="os"), attr=name) if name in _QUESTIONS["os"]:
                yield node.lineno
            case ast.Attribute(value=ast.Attribute(attr="path"), attr=name) if (
                name in _QUESTIONS["path"]
            ):
                yield node.lineno


def test_nobody_asks_the_disk_by_himself() -> None:
    files = [*CHECKOUT.glob("lamlint/**/*.py"), *CHECKOUT.glob("rules/**/*.py")]
    found = [
        f"{name}:{line}"
        for file in files
        if not (name := file.relative_to(CHECKOUT).as_posix()).startswith(tuple(_ELSEWHERE))
        for line in questions(ast.parse(file.read_text(encoding="utf-8")))
    ]
    assert found == []


@pytest.mark.parametrize("name", _ELSEWHERE)
def test_what_asks_by_itself_is_there(name: str) -> None:
    assert (CHECKOUT / name).exists()


_LISTENING = """
import os, sys
root, seen = sys.argv.pop(1), set()
def listen(event, arguments):
    if event in ("open", "os.scandir", "os.listdir") and isinstance(arguments[0], str):
        path = os.path.abspath(arguments[0])
        if path.startswith(root):
            seen.add(path)
sys.addaudithook(listen)
from lamlint.__main__ import run
code = run()
print(*sorted(seen), sep="\\n", file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.parametrize(
    "name", ["photo-album", "photo-album-terraform", "photo-album-serverless", "photo-album-cdk"]
)
@pytest.mark.parametrize("tracked", [True, False], ids=["git", "no git"])
def test_all_that_is_opened_or_listed_is_noted(tmp_path: Path, name: str, tracked: bool) -> None:
    project = remembered(tmp_path)
    root = project.folder.path
    shutil.copytree(CHECKOUT / "fixtures/projects" / name, root, dirs_exist_ok=True)
    if tracked:
        git(root, "init", "--quiet")
    arguments = ["check", "--output-format", "concise", "--cache-dir", str(project.cache)]
    done = subprocess.run(
        [sys.executable, "-c", _LISTENING, str(root), *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT), "LAMLINT_NO_CACHE": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    (answer,) = project.answers()
    kept = project.store.get(*answer.parts[-2:])
    assert kept is not None
    noted, _ = of_data(kept, b"")
    opened = {line for line in done.stderr.splitlines() if line.startswith(str(root))}
    assert len(opened) > 3
    assert opened - noted.files.keys() - noted.folders.keys() == set()


def test_what_is_asked_on_a_deep_stack_is_noted(tmp_path: Path) -> None:
    notes = Notes()
    with noting(notes):
        deep(lambda: asking.exists(str(tmp_path)))
    assert notes.plain == {"exists": {str(tmp_path): True}}


def test_notes_of_another_process_are_taken_over(tmp_path: Path) -> None:
    file = str(tmp_path / "file")
    here, elsewhere, later = Notes(b"key"), Notes(b"key"), Notes(b"key")
    with noting(elsewhere):
        asking.is_file(file)
        asking.entries(str(tmp_path))
    with noting(here):
        assert asking.taken() is here
    here.add(elsewhere)
    assert (here.plain, here.folders) == (elsewhere.plain, elsewhere.folders)
    assert here.torn == set()
    (tmp_path / "file").write_text("")
    with noting(later):
        asking.is_file(file)
    here.add(later)
    assert here.torn == {file}


def test_nothing_is_noted_where_nobody_takes_notes(tmp_path: Path) -> None:
    assert asking.taken() is None
    assert asking.exists(str(tmp_path))


_VARIABLE = re.compile(r"""\benviron(?:ment)?\b(?:\.get\(|\[)\s*["']([A-Z_]+)["']""")
_LIVE = {"CI", "GITHUB_STEP_SUMMARY", "PATH"}
"""Where a summary goes is asked when it is told again, and which git there is when git is asked.
Whether a run is watched changes nothing of what it tells."""


def test_the_variables_that_are_asked_for_are_heeded() -> None:
    asked = {
        name
        for room in ("cli", "config", "engine", "files", "project", "report")
        for file in (CHECKOUT / "lamlint" / room).rglob("*.py")
        for name in _VARIABLE.findall(file.read_text(encoding="utf-8"))
    }
    assert {"NO_COLOR", "GITHUB_WORKSPACE"} <= asked
    assert asked <= {*HEEDED, *LOOKS, *_LIVE}
