"""The jobs of a check: wherever and in whatever order they are done, the report is the same."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import (
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest

from lamlint import python
from lamlint.api import LamlintError, Report, UsageError, check
from lamlint.engine.bench import SILENT, here
from lamlint.engine.jobs import Found, together
from lamlint.engine.workers import crew, pool, worker
from lamlint.engine.workers.lent import Lent
from lamlint.engine.workers.parcel import packed, unpacked
from lamlint.engine.workers.pool import Pool
from lamlint.project import subjects
from lamlint.python.module.stack import deep
from lamlint.rule import Subject
from tests.checking import TODAY
from tests.command import CHECKOUT, WITHOUT_CACHE, Folder, project
from tests.engine.jobs import ALBUM, MODULE_RULE, PROJECTS, work
from tests.fixture_cases import FIXTURES

PROJECT_RULE = '''"""It dies."""
import os
from collections.abc import Iterator
from lamlint.project import Project
from lamlint.rule import WARNING, rule
from lamlint.text import Finding

@rule(severity=WARNING, since="1.0")
def check(project: Project) -> Iterator[Finding]:
    os._exit(5)
    yield
'''
HANDLER_RULE = '''"""It is marked."""
import os
from collections.abc import Iterator
from lamlint.project import Project
from lamlint.python import Handler
from lamlint.rule import WARNING, rule
from lamlint.text import Finding

@rule(severity=WARNING, since="1.0")
def check(handler: Handler, project: Project) -> Iterator[Finding]:
    if "dies" in handler.module.source.text:
        os.kill(os.getpid(), 9)
    yield Finding("it is marked", handler.span)
'''


def findings(found: Found) -> tuple[object, ...]:
    """What a report is made from."""
    return found.findings, found.failed, found.problems


@pytest.mark.parametrize("folder", PROJECTS, ids=lambda folder: folder.name)
def test_what_is_found_does_not_depend_on_what_was_done_before(folder: Path) -> None:
    whole = here(work(folder), SILENT)
    apart = work(folder)

    def backwards() -> Found:
        items = [one for job in apart.jobs() for one in job.each()]
        return together(reversed([apart.do(one) for one in reversed(items)]))

    found = deep(backwards)
    assert whole.findings
    assert findings(found) == findings(whole)
    assert apart.project.unread >= whole.unread == found.unread


@pytest.mark.parametrize("folder", PROJECTS, ids=lambda folder: folder.name)
def test_a_thread_finds_the_same(folder: Path) -> None:
    with ThreadPoolExecutor(3) as executor:
        lent = Lent(executor)(work(folder), SILENT)
    assert findings(lent) == findings(here(work(folder), SILENT))


@pytest.mark.parametrize("folder", [ALBUM, FIXTURES / "projects" / "photo-album-terraform"])
def test_processes_report_the_same(folder: Path) -> None:
    alone = check(root=folder, today=TODAY)
    assert alone.findings
    assert check(root=folder, today=TODAY, jobs=2) == alone


def test_an_executor_of_processes_reports_the_same() -> None:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as executor:
        assert check(root=ALBUM, today=TODAY, executor=executor) == check(root=ALBUM, today=TODAY)


def test_a_process_that_is_doubled_reports_the_same(tmp_path: Path) -> None:
    folder = project(tmp_path)
    alone = folder.check("--jobs", "1")
    doubled = folder.start("check", "--output-format", "json", "--jobs", "2")
    assert alone.found == ["template.yaml:9 timeout-over-limit"]
    assert (doubled.out, doubled.code, doubled.err) == (alone.out, alone.code, "")


WITHOUT_ROOM = """\
import sys
from lamlint.__main__ import run
from lamlint.engine.workers import anew
anew.TOGETHER = anew._LEAST = anew._LEAST_OF_MANY = 0
sys.exit(run())
"""
TELLS_WHO = "with open('who', 'a') as told: told.write(f'{os.getpid()} ')"
OWN = ("--rules", "own", "--output-format", "json")


@pytest.mark.skipif(not os.path.exists("/proc/self/smaps_rollup"), reason="no size is told there")
def test_a_worker_that_has_grown_large_begins_anew(folder: Folder) -> None:
    folder.write("own/house/marked.py", MODULE_RULE.format(dies=TELLS_WHO))
    for number in range(4):
        folder.write(f"src/long{number}.py", "# what dies\n" * 10_000)
    alone = folder.run("check", *OWN)
    (folder.path / "who").unlink()
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_ROOM, "check", *OWN, "--jobs", "2"],
        cwd=folder.path,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT), **WITHOUT_CACHE},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr, done.returncode) == (alone.out, "", alone.code)
    assert len(set(folder.read("who").split())) >= 4, "two workers had all modules"


def test_what_takes_much_memory_is_done_while_nothing_else_is(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write("own/house/marked.py", MODULE_RULE.format(dies=TELLS_WHO))
    for number in range(4):
        folder.write(f"src/long{number}.py", "# what dies\n" * 10_000)
    alone = folder.run("check", *OWN)
    (folder.path / "who").unlink()
    monkeypatch.setattr(crew, "_ALONE", 100_000)
    monkeypatch.setattr(worker, "is_larger", lambda _: False)
    assert folder.run("check", *OWN, "--jobs", "2").out == alone.out
    assert len(set(folder.read("who").split())) == 1, "another worker has nothing to do meanwhile"


def test_what_every_worker_needs_is_there_before_a_process_is_doubled() -> None:
    some = work(ALBUM)
    worker.ready(some)
    every = {one.name for one in walk_packages(python.__path__, "lamlint.python.")}
    assert every <= sys.modules.keys()
    assert {"_homes", "invoked_often"} <= vars(some.project).keys()


def test_a_long_unit_is_cut_between_its_handlers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "import boto3\ndef handler(event, context):\n    return boto3.client('s3')\n"
    for number in range(3):
        (tmp_path / f"app{number}.py").write_text(code + "# long\n" * 8_000)
    cut = work(tmp_path)
    parts = [job.part for job in cut.jobs() if job.part.kind is Subject.HANDLER]
    assert [(one.first, one.last) for one in parts] == [(0, 1), (1, 2), (2, 3)]
    assert len({one.unit for one in parts}) == 1
    found = findings(here(cut, SILENT))
    monkeypatch.setattr(subjects, "_LONGEST", 1_000_000)
    assert findings(here(work(tmp_path), SILENT)) == found


def test_what_is_sent_keeps_the_rules_of_a_folder(tmp_path: Path) -> None:
    folder = project(tmp_path)
    folder.write("own/house/marked.py", MODULE_RULE.format(dies="pass"))
    with ThreadPoolExecutor(1) as executor:
        report = check(root=tmp_path, rules=["own"], select=["house"], executor=executor)
    assert marked(report) == ["own/house/marked.py", "src/app.py"]


def marked(report: Report) -> list[str]:
    return [one.place.path for one in report.findings if one.rule == "marked"]


def left(report: Report) -> list[tuple[str, str]]:
    return [(note.place.path, note.message) for note in report.unread]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A project of some modules, on one of which a rule may die; all workers are fresh ones."""
    monkeypatch.setattr(crew, "may_fork", lambda: False)
    folder = project(tmp_path)
    folder.write("lamlint.toml", 'select = ["house"]\nexclude = ["/own"]\n')
    for name in ("a", "c"):
        folder.write(f"src/{name}.py", "x = 1\n")
    folder.write("src/b.py", "dies = 1\n")
    return folder


@pytest.mark.parametrize("code", [3, 0, 75])
def test_a_worker_that_dies_costs_its_job_alone(folder: Folder, code: int) -> None:
    folder.write("own/house/marked.py", MODULE_RULE.format(dies=f"os._exit({code})"))
    report = check(root=folder.path, rules=["own"], jobs=2)
    assert marked(report) == ["src/a.py", "src/app.py", "src/c.py"]
    assert left(report) == [
        (
            "src/b.py",
            f"not analysed: the process that did it ended with code {code}, and so did a second one",
        )
    ]


def test_what_dies_of_a_signal_is_named_on_the_command_line(folder: Folder) -> None:
    folder.write("own/house/marked.py", HANDLER_RULE)
    folder.write("src/app.py", "def handler(event, context):\n    dies = 1\n")
    done = folder.start("check", "--rules", "own", "--jobs", "2", "--require-read")
    assert done.code == 2
    assert "src/app.py: not analysed: the process that did it was killed by signal 9" in done.out
    assert "Traceback" not in done.err


def test_a_rule_on_the_project_that_dies_is_named(folder: Folder) -> None:
    folder.write("own/house/dying.py", PROJECT_RULE)
    folder.write("own/house/marked.py", MODULE_RULE.format(dies="pass"))
    report = check(root=folder.path, rules=["own"], jobs=2)
    assert marked(report) == ["src/a.py", "src/app.py", "src/b.py", "src/c.py"]
    ((path, why),) = left(report)
    assert path == "."
    assert why.startswith("not analysed by dying: the process that did it ended with code 5")


def test_what_dies_once_is_done_again(folder: Folder) -> None:
    once = "os.path.exists('done') or open('done', 'w').close() or os._exit(3)"
    once = once.replace("'done'", repr(str(folder.path / "own" / "done")))
    folder.write("own/house/marked.py", MODULE_RULE.format(dies=once))
    report = check(root=folder.path, rules=["own"], jobs=2)
    assert marked(report) == ["src/a.py", "src/app.py", "src/b.py", "src/c.py"]
    assert left(report) == []
    assert (folder.path / "own" / "done").exists()


RAISES = "raise ValueError('b')"


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_rule_that_fails_is_told_once(folder: Folder, jobs: int) -> None:
    folder.write("src/c.py", "dies = 2\n")
    folder.write("own/house/marked.py", MODULE_RULE.format(dies=RAISES))
    report = check(root=folder.path, rules=["own"], jobs=jobs)
    assert marked(report) == ["src/a.py", "src/app.py"]
    (failed,) = (one for one in report.findings if one.rule == "internal-error")
    assert "the rule marked failed on the module src/b.py: ValueError (marked.py:" in failed.message


class Breaking(Executor):
    """Does some calls at once, and loses the others."""

    def __init__(self, loses: Callable[[int], bool], error: BaseException) -> None:
        self.loses, self.error, self.calls = loses, error, 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """A future that is done."""
        future: Future[Any] = Future()
        self.calls += 1
        if self.loses(self.calls):
            future.set_exception(self.error)
        else:
            future.set_result(fn(*args, **kwargs))
        return future


@pytest.mark.parametrize("error", [BrokenProcessPool("gone"), ValueError("something else")])
def test_what_an_executor_loses_is_done_again(error: Exception) -> None:
    executor = Breaking(lambda call: call % 3 == 0, error)
    assert check(root=ALBUM, today=TODAY, executor=executor) == check(root=ALBUM, today=TODAY)
    assert executor.calls > 3


NOTHING_DONE = "the executor did none of its work: the first of its calls gave {}"


@pytest.mark.parametrize(
    "error",
    [
        ModuleNotFoundError("No module named 'lamlint'"),
        MemoryError(),
        CancelledError(),
        BrokenProcessPool("a worker ended"),
    ],
)
def test_an_executor_that_does_nothing_is_no_report(error: Exception) -> None:
    with pytest.raises(LamlintError) as raised:
        check(root=ALBUM, executor=Breaking(lambda _call: True, error))
    assert str(raised.value) == NOTHING_DONE.format(type(error).__name__)
    assert raised.value.__cause__ is error


class Refusing(Breaking):
    """Takes no call that it would lose."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """A future that is done; else the error is raised."""
        future = super().submit(fn, *args, **kwargs)
        future.result()
        return future


def test_what_an_executor_refuses_is_done_here() -> None:
    executor = Refusing(lambda call: call > 2, RuntimeError("no more"))
    assert check(root=ALBUM, today=TODAY, executor=executor) == check(root=ALBUM, today=TODAY)


def test_an_executor_that_refuses_all_is_no_report() -> None:
    with pytest.raises(LamlintError, match=r"gave OSError"):
        check(root=ALBUM, executor=Refusing(lambda _call: True, OSError("no process")))


def test_an_executor_that_is_shut_down_is_no_report() -> None:
    with ThreadPoolExecutor(1) as executor:
        pass
    with pytest.raises(LamlintError, match=r"gave RuntimeError"):
        check(root=ALBUM, executor=executor)


@pytest.mark.parametrize("kind", [Breaking, Refusing])
def test_an_interrupted_executor_interrupts(kind: type[Breaking]) -> None:
    with pytest.raises(KeyboardInterrupt):
        check(root=ALBUM, executor=kind(lambda call: call == 2, KeyboardInterrupt()))


def test_an_executor_stays_open() -> None:
    with ThreadPoolExecutor(1) as executor:
        check(root=ALBUM, executor=executor, select=["timeout-over-limit"])
        assert executor.submit(int, "3").result() == 3


@pytest.mark.parametrize(
    ("settings", "what"),
    [({"jobs": 0}, "at least 1"), ({"jobs": 2, "executor": ThreadPoolExecutor}, "its own workers")],
)
def test_what_does_not_go_together_is_refused(settings: dict[str, Any], what: str) -> None:
    with pytest.raises(UsageError, match=what):
        check(root=ALBUM, **settings)


def test_no_worker_takes_a_module_from_the_current_folder(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write("own/house/marked.py", MODULE_RULE.format(dies="pass"))
    trap = "import os\nos._exit(9)\n"
    for name in ("yaml", "lamlint/__init__", "pickle", "signal", "tomli", "sitecustomize"):
        folder.write(f"{name}.py", trap)
    monkeypatch.setattr(sys, "path", [entry for entry in sys.path if entry])  # as lamlint's own is
    monkeypatch.chdir(folder.path)
    report = check("src", rules=["own"], jobs=2)
    assert marked(report) == ["src/a.py", "src/app.py", "src/b.py", "src/c.py"]
    assert left(report) == []


def test_a_worker_looks_only_where_this_process_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", str(tmp_path), "src", "/somewhere/else"])
    *home, last = worker._path()
    assert last == "/somewhere/else"
    assert [os.path.isdir(os.path.join(one, "lamlint", "engine")) for one in home] == [True]


def test_where_no_process_starts_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_: object) -> worker.Worker:
        raise OSError("no more processes")

    monkeypatch.setattr(crew, "fresh", nothing)
    monkeypatch.setattr(crew, "forked", nothing)
    assert check(root=ALBUM, today=TODAY, jobs=2) == check(root=ALBUM, today=TODAY)


def test_a_worker_that_cannot_begin_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_START", "raise SystemExit(1)")
    monkeypatch.setattr(crew, "may_fork", lambda: False)
    assert check(root=ALBUM, today=TODAY, jobs=2) == check(root=ALBUM, today=TODAY)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many processes are asked for, each time; none is started."""
    found: list[int] = []

    def run(_crew: object, number: int) -> None:
        found.append(number)

    monkeypatch.setattr(crew.Crew, "run", run)
    return found


def test_small_projects_start_no_process(asked: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "usual", lambda: 2)
    small = work(ALBUM)
    Pool()(small, SILENT)
    assert asked == []
    module = next(iter(small.project.modules.values()))
    module.source = replace(module.source, text=module.source.text + "# long\n" * 100_000)
    Pool()(small, SILENT)
    assert asked == [2]


def test_no_more_processes_are_started_than_there_are_jobs(asked: list[int]) -> None:
    small = work(ALBUM)
    Pool(1_000)(small, SILENT)
    assert asked == [len(list(small.jobs()))]


def test_where_nothing_is_left_to_do_no_process_is_asked_for(asked: list[int]) -> None:
    small = replace(work(ALBUM), rules=())
    assert Pool(2)(small, SILENT) == Found()
    assert asked == []


def test_a_parcel_says_the_same() -> None:
    sent = unpacked(packed(work(ALBUM)))
    assert findings(here(sent, SILENT)) == findings(here(work(ALBUM), SILENT))


SENT_AWAY = """\
import os, signal
from lamlint.engine.workers.anew import begin_anew, by_doubles, shared_mark
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
os.kill(os.getpid(), signal.SIGTERM)
fork = os.fork
def ended():
    double = fork()
    if double:
        os.waitid(os.P_PID, double, os.WEXITED | os.WNOWAIT)
        os.write(1, b"begun ")
    return double
os.fork = ended
mark = shared_mark()
by_doubles(lambda: begin_anew(mark), mark)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only there a process is doubled")
def test_a_worker_that_is_sent_away_begins_nothing() -> None:
    begun = [sys.executable, "-c", SENT_AWAY]
    done = subprocess.run(begun, cwd=CHECKOUT, capture_output=True, check=False, timeout=300)
    assert (done.stdout, done.stderr, done.returncode) == (b"begun ", b"", 0)
