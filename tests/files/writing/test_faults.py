"""A run that fails, is interrupted or is killed at any step leaves a project that is sound."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from lamlint.cli import applying
from lamlint.text import Safety
from tests.files.writing.killing import kill_runs
from tests.files.writing.project import assert_sound, contents, lay, new_contents, outcomes, staged

STEPS = ("open", "fsync", "fchmod", "replace")
"""What the system is asked for while files are written."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the steps are those of Unix")


def _raise(error: BaseException) -> Callable[[], None]:
    def fail() -> None:
        raise error

    return fail


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def failing_at(step: int, fail: Callable[[], None]) -> Iterator[list[str]]:
    """Let one step fail before it is made; gives the names of all steps that were asked for."""
    asked: list[str] = []
    real = {name: getattr(os, name) for name in STEPS}

    def watched(name: str) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            asked.append(name)
            if len(asked) == step:
                fail()
            return real[name](*arguments, **named)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for name in STEPS:
            patch.setattr(os, name, watched(name))
        yield asked


def steps(folder: Path) -> int:
    """How many steps it takes to write the fixes of the project."""
    lay(folder)
    first = outcomes(folder)
    with failing_at(0, _kill) as asked:
        applying.write_fixes(first, Safety.UNSAFE)
    assert asked.count("replace") == 3
    return len(asked)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_a_step_that_fails_leaves_the_project_sound(tmp_path: Path, number: int) -> None:
    lay(tmp_path)
    old, new = contents(tmp_path), new_contents(tmp_path)
    first = outcomes(tmp_path)
    partly = 0
    for step in range(1, steps(tmp_path) + 1):
        lay(tmp_path)
        with failing_at(step, _raise(OSError(number, os.strerror(number)))):
            _, left = applying.write_fixes(first, Safety.UNSAFE)
        now = contents(tmp_path)
        # What is mended without one file is another text than with all of them.
        if not left:
            assert now == new
        else:
            partly += 1
            for path in left:
                name = os.path.relpath(path, tmp_path)
                assert now[name] in (old[name], new[name])
            assert_sound_but_for_less(now, old)
        assert staged(tmp_path) == []
    assert partly >= 3


def assert_sound_but_for_less(now: dict[str, bytes], old: dict[str, bytes]) -> None:
    """No file is lost or empty, and no code reads what the template does not set."""
    assert now.keys() == old.keys()
    readers = [path for path, data in now.items() if b'os.environ["API_SECRET"]' in data]
    for path in readers:
        name = path.split("/")[1]
        block = now["template.yaml"].partition(f"  {name}:\n".encode())[2].partition(b"Type:")[2]
        assert b"API_SECRET: change-me" in block.partition(b"Type:")[0]


def test_an_interrupted_run_leaves_nothing_staged(tmp_path: Path) -> None:
    lay(tmp_path)
    old, new = contents(tmp_path), new_contents(tmp_path)
    first = outcomes(tmp_path)
    for step in range(1, steps(tmp_path) + 1):
        lay(tmp_path)
        with failing_at(step, _raise(KeyboardInterrupt())), pytest.raises(KeyboardInterrupt):
            applying.write_fixes(first, Safety.UNSAFE)
        assert_sound(contents(tmp_path), old, new)
        assert staged(tmp_path) == []


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_killed_run_leaves_the_project_sound_and_the_next_one_ends_it(tmp_path: Path) -> None:
    lay(tmp_path)
    old, new = contents(tmp_path), new_contents(tmp_path)
    first = outcomes(tmp_path)
    left_behind = 0
    for step in range(1, steps(tmp_path) + 1):
        lay(tmp_path)
        child = os.fork()
        if child == 0:
            with failing_at(step, _kill):
                applying.write_fixes(first, Safety.UNSAFE)
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        assert_sound(contents(tmp_path), old, new)
        left_behind += len(staged(tmp_path))
        (again,) = outcomes(tmp_path)
        assert not [path for path in again.scope.disk.sources() if path.endswith(".staged")]
        applying.write_fixes((again,), Safety.UNSAFE)
        assert contents(tmp_path) == new
        assert staged(tmp_path) == []
    assert left_behind


def test_runs_that_are_killed_at_random_instants_do_no_harm(tmp_path: Path) -> None:
    seen = kill_runs(tmp_path, 4, seed=7)
    assert seen["ended"] + seen["killed"] == 4
