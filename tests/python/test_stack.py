"""A deep stack, where the machine gives one."""

from __future__ import annotations

import sys
import threading

import pytest

from lamlint.python.module.stack import deep


def down(steps: int) -> int:
    return steps and 1 + down(steps - 1)


def test_calls_may_lie_deep_in_each_other() -> None:
    limit = sys.getrecursionlimit()
    assert deep(lambda: down(20_000)) == 20_000
    assert sys.getrecursionlimit() == limit


def test_what_runs_on_it_stays_there() -> None:
    assert deep(lambda: deep(threading.current_thread) is threading.current_thread())


def test_what_has_no_end_ends_in_an_error_of_python() -> None:
    with pytest.raises(RecursionError):
        deep(lambda: down(10**9))


def test_a_machine_that_gives_no_such_stack_goes_on_without(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    limit = sys.getrecursionlimit()
    assert deep(lambda: (down(50), sys.getrecursionlimit())) == (50, limit)
