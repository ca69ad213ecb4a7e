"""The line that tells how a run goes on: seen at a terminal, while it takes long, and only then."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from lamlint.cli import progress as told
from lamlint.cli.progress import Progress, progress
from lamlint.cli.terminal import flash
from lamlint.engine.jobs import Found, Job
from lamlint.project.subjects import Part
from lamlint.rule import Subject
from tests.command import project


class Terminal(io.StringIO):
    """A stream that is one."""

    def isatty(self) -> bool:
        """It is."""
        return True


def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """The error stream as a terminal, and no other reason to be quiet."""
    for name in ("CI", "GITHUB_ACTIONS", "TERM"):
        monkeypatch.delenv(name, raising=False)
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    return stream


def modules(number: int) -> Job:
    return Job(Part(Subject.MODULE, 0, number))


def handlers(number: int) -> Job:
    return Job(Part(Subject.HANDLER, 0, number))


class Run:
    """A run on a clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0
        self.lines: list[str] = []
        self.watch = Progress(self.lines.append, lambda: self.now)

    def after(self, seconds: float) -> Progress:
        """What watches, some time later."""
        self.now += seconds
        return self.watch


def test_a_short_run_says_nothing() -> None:
    run = Run()
    run.after(0).enter("reading")
    run.after(0.5).enter("analysing")
    run.after(0.4).done(modules(3), Found())
    run.after(0).end()
    assert run.lines == []


def test_a_long_run_counts_files_and_handlers() -> None:
    run = Run()
    run.after(0).enter("reading")
    run.after(2).enter("analysing")
    run.after(1).done(modules(30), Found())
    run.after(1).done(handlers(1), Found())
    run.after(1).done(Job(Part(Subject.ROLE, 0, 9)), Found())
    run.after(1).end()
    assert run.lines == [
        "lamlint: analysing",
        "lamlint: analysing 30 files",
        "lamlint: analysing 30 files, 1 handler",
        "lamlint: analysing 30 files, 1 handler",
        "",
    ]


def test_a_line_stays_long_enough_to_be_read() -> None:
    run = Run()
    run.after(0).enter("analysing")
    for _ in range(100):
        run.after(0.02).done(modules(1), Found())
    assert 2 <= len(run.lines) <= 12


def test_what_was_spent_is_told_by_phase_and_by_rule() -> None:
    run = Run()
    run.after(0).enter("reading")
    run.after(1.5).enter("analysing")
    run.after(1).done(handlers(1), Found(seconds={"slow": 0.75, "fast": 0.25}))
    run.after(1).done(handlers(1), Found(seconds={"slow": 0.25}))
    run.after(0).enter("reading")
    run.after(0.5).end()
    assert list(run.watch.spent()) == [
        "time: reading 2.00 s, analysing 2.00 s",
        "time of rules, in all processes: slow 1.00 s, fast 0.25 s",
    ]


def test_of_many_rules_the_slowest_are_told() -> None:
    run = Run()
    run.after(0).done(handlers(1), Found(seconds={f"rule-{n}": float(n) for n in range(20)}))
    _, rules = run.watch.spent()
    assert rules.startswith("time of rules, in all processes: rule-19 19.00 s, rule-18 18.00 s,")
    assert rules.endswith(", rule-8 8.00 s, all others 28.00 s")


def test_the_line_is_cleared(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = terminal(monkeypatch)
    flash("lamlint: reading")
    flash("")
    assert stream.getvalue() == "\rlamlint: reading\x1b[K\r\x1b[K"


def test_a_line_is_never_wrapped_and_steers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = terminal(monkeypatch)
    monkeypatch.setenv("COLUMNS", "20")
    flash("a\x1b[2Jb\n" + "x" * 100)
    assert stream.getvalue() == "\ra␛[2Jb␊" + "x" * 12 + "\x1b[K"


@pytest.mark.parametrize(
    ("variable", "value"), [("CI", "true"), ("GITHUB_ACTIONS", "true"), ("TERM", "dumb")]
)
def test_no_log_is_written_to(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    terminal(monkeypatch)
    assert progress(quiet=False)._show is flash
    monkeypatch.setenv(variable, value)
    assert progress(quiet=False)._show is not flash


def test_nobody_who_wants_quiet_sees_it(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal(monkeypatch)
    assert progress(quiet=True)._show is not flash


def test_what_is_no_terminal_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert progress(quiet=False)._show is not flash


def test_a_run_leaves_nothing_on_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = terminal(monkeypatch)
    monkeypatch.setattr(told, "_SOON", -1.0)
    monkeypatch.setattr(told, "_OFTEN", -1.0)
    from lamlint.__main__ import run

    project(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["lamlint", "check", "--jobs", "1", "--output-format", "json"])
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO()))
    assert run() == 1
    *lines, last = stream.getvalue().split("\r")
    assert "lamlint: reading\x1b[K" in lines
    assert last == "\x1b[K"
