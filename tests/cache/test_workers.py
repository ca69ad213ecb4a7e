"""What workers ask is noted where they were started: an answer is as good whoever did the work."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lamlint.api import check
from lamlint.engine.bench import SILENT
from lamlint.engine.workers import crew
from lamlint.engine.workers.lent import Lent
from lamlint.files.asking import Notes, noting
from lamlint.files.boundary import below
from tests.cache.caching import CODE, Remembered, remembered
from tests.command import CHECKOUT
from tests.engine.jobs import ALBUM, MODULE_RULE, PROJECTS, work

READING_RULE = '''"""It says what lies beside."""
from collections.abc import Iterator
from lamlint.project import Project
from lamlint.python import Module
from lamlint.rule import WARNING, rule
from lamlint.text import Finding

@rule(severity=WARNING, since="1.0", sees_every_module=True)
def check(module: Module, project: Project) -> Iterator[Finding]:
    beside = project.tree.read("src/beside.txt")
    yield Finding(f"beside lies {getattr(beside, 'text', 'nothing')}", module.source.span(0, 1))
'''
BESIDE = ("--rules", "../own", "--select", "user", "--jobs", "2")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Remembered:
    """A project; the workers that this process starts are fresh ones."""
    monkeypatch.setattr(crew, "may_fork", lambda: False)
    return remembered(tmp_path)


def test_what_only_a_worker_reads_makes_a_new_run(project: Remembered) -> None:
    project.folder.write("../own/beside.py", READING_RULE)
    assert "beside lies nothing" in project.check(*BESIDE).out
    assert project.recalls(*BESIDE)
    for text in ("one", "two"):
        project.folder.write("src/beside.txt", text)
        assert not project.recalls(*BESIDE)
        assert f"beside lies {text}" in project.check(*BESIDE).out
        assert project.recalls(*BESIDE)


def test_the_notes_are_those_of_a_run_without_workers(project: Remembered) -> None:
    root = project.folder.path
    shutil.copytree(ALBUM, root, dirs_exist_ok=True)
    beside = project.folder.write("src/beside.txt", "one")
    own = project.folder.write("../own/beside.py", READING_RULE).parent

    def noted(jobs: int) -> Mapping[str, object]:
        with noting(notes := Notes(b"key")):
            check(root=root, jobs=jobs, rules=[own], extend_select=["user"])
        assert notes.torn == set()
        assert str(beside) in notes.files
        return {
            "files": {path: parts for path, (_, parts) in notes.files.items()},
            "folders": {path: listed for path, (_, listed) in notes.folders.items()},
            "plain": notes.plain,
        }

    assert noted(2) == noted(1)


@pytest.mark.parametrize("folder", PROJECTS, ids=lambda folder: folder.name)
def test_all_numbers_of_jobs_have_one_answer(project: Remembered, folder: Path) -> None:
    shutil.copytree(folder, project.folder.path, dirs_exist_ok=True)
    fresh = project.fresh("--output-format", "json", "--jobs", "1")
    for kept, asked in (("2", "1"), ("1", "2")):
        shutil.rmtree(project.cache, ignore_errors=True)
        assert project.check("--output-format", "json", "--jobs", kept) == fresh
        assert project.recalls("--output-format", "json", "--jobs", asked)
        assert project.check("--output-format", "json", "--jobs", asked) == fresh


DEATHS = {
    "always": "os._exit(3)",
    "once": "os.path.exists({file!r}) or open({file!r}, 'w').close() or os._exit(3)",
}


@pytest.mark.parametrize("dies", DEATHS)
def test_where_a_worker_dies_nothing_is_kept(
    project: Remembered, tmp_path: Path, dies: str
) -> None:
    project.folder.write("src/other.py", "dies = 1\n")
    statement = DEATHS[dies].format(file=str(tmp_path / "done"))
    project.folder.write("../own/marked.py", MODULE_RULE.format(dies=statement))
    done = project.check(*BESIDE)
    assert ("not analysed" in done.out) == (dies == "always")
    assert [*project.answers()] == []


def test_where_no_worker_begins_the_run_itself_is_kept(
    project: Remembered, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(*_: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(crew, "fresh", nothing)
    monkeypatch.setattr(crew, "forked", nothing)
    fresh = project.fresh()
    assert project.check("--jobs", "2") == fresh
    assert project.recalls()
    project.folder.write("src/app.py", CODE.replace("s3", "sqs"))
    assert not project.recalls()


def test_what_only_a_doubled_process_reads_makes_a_new_run(project: Remembered) -> None:
    own = {"LAMLINT_NO_CACHE": "0", "LAMLINT_CACHE_DIR": str(project.cache)}
    project.folder.write("../own/beside.py", READING_RULE)
    project.folder.write("src/beside.txt", "one")
    first = project.folder.start("check", *BESIDE, environment=own)
    assert "beside lies one" in first.out
    assert len([*project.answers()]) == 1  # it is kept before the process leaves
    assert project.folder.start("check", *BESIDE, environment=own) == first
    project.folder.write("src/beside.txt", "two")
    assert "beside lies two" in project.folder.start("check", *BESIDE, environment=own).out


def test_an_executor_takes_no_notes() -> None:
    with ThreadPoolExecutor(1) as executor, noting(notes := Notes()):
        Lent(executor)(work(ALBUM), SILENT)
    assert notes.torn == {"an executor"}


def test_the_python_api_remembers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def file(_notes: Notes, path: str, _status: object) -> None:
        assert not below(path, str(CHECKOUT)), "it is noted"

    monkeypatch.setattr(Notes, "file", file)
    assert check(root=ALBUM).findings
