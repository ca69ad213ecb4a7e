"""The jobs of a check done by an executor that the caller lends."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor, Future
from functools import lru_cache
from typing import TypeAlias

from lamlint.engine.bench import Watch
from lamlint.engine.jobs import Found, Job, Work
from lamlint.engine.workers.crew import Answer, done
from lamlint.engine.workers.parcel import packed, unpacked
from lamlint.errors import LamlintError
from lamlint.files import asking
from lamlint.python.module.stack import deep
from lamlint.text.dataclass import dataclass

_BATCHES = 32
"""Into how many calls the jobs are put: each of them takes the whole project along."""

_Call: TypeAlias = "Future[tuple[Found, ...]]"


@dataclass(frozen=True)
class Lent:
    """A bench of whatever does the calls of an executor: threads, processes, other machines.

    The executor is neither waited for nor shut down. Where it takes no call, or all of them
    fail, a LamlintError tells the first error. Nobody lends one to a run that is remembered:
    its calls take no notes.
    """

    executor: Executor

    def __call__(self, work: Work, watch: Watch) -> Found:
        """Do all jobs of some work."""
        asking.tear("an executor")
        jobs = deep(lambda: tuple(work.jobs()))
        batches = [jobs[start::_BATCHES] for start in range(min(_BATCHES, len(jobs)))]
        parcel = packed(work)
        calls: list[_Call] = []
        answers: dict[Job, Answer] = {}
        errors: list[Exception] = []
        try:
            calls.extend(self._call(parcel, batch) for batch in batches)
            for batch, call in zip(batches, calls, strict=True):
                answers.update(_answers(batch, call, watch, errors))
        finally:
            for call in calls:
                call.cancel()
        if errors and len(errors) == len(batches):
            raise _telling(errors[0]) from errors[0]
        return done(work, jobs, [answers[job] for job in jobs], watch)

    def _call(self, parcel: bytes, batch: Sequence[Job]) -> _Call:
        """A call that the executor takes; one that it refuses has failed."""
        try:
            return self.executor.submit(do, parcel, batch)
        except Exception as error:  # noqa: BLE001  of whatever kind the executor's errors are
            refused: _Call = Future()
            refused.set_exception(error)
            return refused


def _answers(
    batch: Sequence[Job], call: _Call, watch: Watch, errors: list[Exception]
) -> dict[Job, Answer]:
    """What came of the jobs of one call; one that fails has lost them all."""
    try:
        found = call.result()
    except Exception as error:  # noqa: BLE001  of whatever kind the executor's errors are
        errors.append(error)
        return dict.fromkeys(batch, f"failed ({type(error).__name__})")
    for job, one in zip(batch, found, strict=True):
        watch.done(job, one)
    return dict(zip(batch, found, strict=True))


def _telling(error: Exception) -> LamlintError:
    """The error to raise where an executor does nothing."""
    if isinstance(error, LamlintError):
        return error
    kind = type(error).__name__
    return LamlintError(f"the executor did none of its work: the first of its calls gave {kind}")


def do(parcel: bytes, jobs: Sequence[Job]) -> tuple[Found, ...]:
    """Do some jobs of the work in a parcel, wherever this is called.

    Threads of one process do so one after the other, as `deep` has it: they share the work.
    """
    work = _last(parcel)
    return deep(lambda: tuple(work.do(job) for job in jobs))


@lru_cache(maxsize=1)
def _last(parcel: bytes) -> Work:
    """The work of a parcel: the calls that follow each other in a process have the same."""
    return unpacked(parcel)
