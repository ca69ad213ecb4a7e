"""A worker that begins anew where it has grown large.

What a process has let go, it seldom gives back to the system: its memory only grows. A doubled
process therefore stays as it began, and lets a double of its own do the jobs, one after another.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import signal
from collections.abc import Callable

from lamlint.python.module.heap import give_back

TOGETHER = 300_000_000
"""How many bytes all processes of a run are to have at most, as far as a run can be cut in jobs."""
_LEAST = 60_000_000
"""How many of its own a worker has at any rate: one that begins anew parses anew."""
_LEAST_OF_MANY = 250_000_000
"""The same where the project alone is more than all may have: to begin anew after each job
would keep no bound either, and take many times as long."""


def share(number: int) -> int:
    """How many bytes each of some workers may have of its own, beside what this process has."""
    left = TOGETHER - _bytes("Rss:")
    return max(left // number, _LEAST) if left > 0 else _LEAST_OF_MANY


def is_larger(most: int) -> bool:
    """Whether this process has more bytes of its own than it is to have, and needs them all."""
    if _bytes("Private_Dirty:") <= most:
        return False
    give_back()
    return _bytes("Private_Dirty:") > most


def _bytes(what: str) -> int:
    """What the system says of the memory of this process; nothing where it does not say so."""
    with contextlib.suppress(OSError), open("/proc/self/smaps_rollup", encoding="ascii") as told:
        for line in told:
            if line.startswith(what):
                return int(line.split()[1]) * 1024
    return 0


def shared_mark() -> mmap.mmap:
    """A byte that a process shares with its doubles: a job may end one with any exit code."""
    return mmap.mmap(-1, 1)


def begin_anew(mark: mmap.mmap) -> None:
    """End this process; the one that it is a double of makes another."""
    mark[0] = 1
    os._exit(0)


def by_doubles(serve: Callable[[], None], mark: mmap.mmap) -> None:
    """Let doubles of this process serve until one has done all, and end as that one ends."""
    ends = (signal.SIGTERM, signal.SIGCHLD)
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)  # they are waited for
    while True:
        double = os.fork()
        if not double:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, ends)
            _serve(serve)
        sent_away = signal.sigwait(ends) == signal.SIGTERM
        if sent_away:
            os.kill(double, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(double, 0)[1])
        if sent_away or not mark[0]:
            _end(code)
        mark[0] = 0


def _serve(serve: Callable[[], None]) -> None:
    code = 1
    try:
        serve()
        code = 0
    finally:
        os._exit(code)


def _end(code: int) -> None:
    """End with a code; below zero, by the signal of that number."""
    if code < 0:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, (-code,))
        with contextlib.suppress(OSError, ValueError):  # what nothing can catch is not set
            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    os._exit(code if code >= 0 else 1)
