"""A process that does jobs, one at a time, as the process sees it that started it."""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import pkgutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from importlib import import_module
from typing import IO

import lamlint.python
from lamlint.engine.jobs import Job, Work
from lamlint.engine.workers.anew import begin_anew, by_doubles, is_larger, shared_mark
from lamlint.engine.workers.serving import READY, Told, serve
from lamlint.python.module.heap import give_back, let_go
from lamlint.python.module.stack import deep
from lamlint.text.dataclass import dataclass

_HOME = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(__file__))))
"""Where lamlint was found."""

_START = """
import signal, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
sys.path[:] = sys.argv[1:]
from lamlint.engine.workers.serving import main
main()
"""


@dataclass(frozen=True, eq=False)
class Worker:
    """A worker. `leave` sends it away, if it has not gone, and says how it ended.

    `parcel` is the work, for one that does not have it yet.
    """

    reader: IO[bytes]
    writer: IO[bytes]
    leave: Callable[[], int]
    parcel: bytes = b""

    def begins(self) -> bool:
        """Whether the worker has its work, and waits for the first job."""
        if not self.parcel:
            return True
        try:
            pickle.dump(self.parcel, self.writer, pickle.HIGHEST_PROTOCOL)
            self.writer.flush()
            return self.reader.read(len(READY)) == READY
        except OSError:
            return False

    def ask(self, job: Job, key: bytes | None) -> Told | None:
        """What comes of a job; None where the worker dies of it.

        With a key, the worker takes notes of what it asks the disk meanwhile.
        """
        try:
            pickle.dump((job, key), self.writer, pickle.HIGHEST_PROTOCOL)
            self.writer.flush()
            told: Told = pickle.load(self.reader)  # noqa: S301  a worker of this run wrote it
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            return None
        return told

    def end(self) -> str:
        """Let the worker go; how it ended, as the end of a sentence."""
        code = self.leave()
        for stream in (self.writer, self.reader):
            with contextlib.suppress(OSError):
                stream.close()
        return f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"


def may_fork() -> bool:
    """Whether this process can be doubled: where the system is made for it, and no thread runs."""
    return sys.platform == "linux" and threading.active_count() == 1


def ready(work: Work) -> None:
    """Make what every worker would make for itself, before this process is doubled.

    A worker that begins anew would make it anew, too.
    """
    import_module("lamlint.python.module.cst")
    for one in pkgutil.walk_packages(lamlint.python.__path__, "lamlint.python."):
        import_module(one.name)
    work.ready()
    let_go()
    give_back()


def forked(work: Work, most: int) -> Worker:
    """A worker that is this process once more, with all that it has read.

    It begins anew where it has more than `most` bytes of its own.
    """
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    gc.freeze()  # what is there now stays, and its pages are shared as long as nobody touches it
    jobs, answers = os.pipe(), os.pipe()
    process = os.fork()
    if not process:
        _be_worker(work, most, jobs, answers)
    gc.unfreeze()
    os.close(jobs[0])
    os.close(answers[1])

    def leave() -> int:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGTERM)  # it takes its double along
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])

    return Worker(os.fdopen(answers[0], "rb"), os.fdopen(jobs[1], "wb"), leave)


def _be_worker(work: Work, most: int, jobs: tuple[int, int], answers: tuple[int, int]) -> None:
    """Serve, and go without a word: what the first process has begun is not ended here too."""
    mark = shared_mark()

    def answered() -> None:
        if is_larger(most):
            begin_anew(mark)

    def begin() -> None:
        with os.fdopen(jobs[0], "rb") as reader, os.fdopen(answers[1], "wb") as writer:
            deep(lambda: serve(work, reader, writer, answered))

    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process hears it, too
        os.close(jobs[1])
        os.close(answers[0])
        os.dup2(2, 1)  # what a rule prints is no report
        by_doubles(begin, mark)
    finally:
        os._exit(1)


def fresh(parcel: bytes) -> Worker:
    """A worker in an interpreter of its own, which looks for modules where this one does.

    But not in the current folder: it may be the project that is checked.
    """
    if not sys.executable:  # Python is part of another program
        raise OSError("there is no interpreter to start")
    started = subprocess.Popen(
        [sys.executable, "-I", "-c", _START, *_path()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )

    def leave() -> int:
        started.kill()
        return started.wait()

    if started.stdout is None or started.stdin is None:  # it was asked for both
        raise OSError("no pipe")
    return Worker(started.stdout, started.stdin, leave, parcel)


def _path() -> list[str]:
    here = os.getcwd()
    entries = [entry for entry in sys.path if os.path.isabs(entry) and entry != here]
    return entries if _HOME in entries else [_HOME, *entries]
