"""The jobs of a check done by an executor that the caller lends."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor, Future
from functools import lru_cache

from lamlint.engine.bench import Watch
from lamlint.engine.jobs import Found, Job, Work
from lamlint.engine.workers.crew import Answer, done
from lamlint.engine.workers.parcel import packed, unpacked
from lamlint.files import asking
from lamlint.python.module.stack import deep
from lamlint.text.dataclass import dataclass

_BATCHES = 32
"""Into how many calls the jobs are put: each of them takes the whole project along."""


@dataclass(frozen=True)
class Lent:
    """A bench of whatever does the calls of an executor: threads, processes, other machines.

    The executor is neither waited for nor shut down. Where all of its calls fail, the first
    error is raised. Nobody lends one to a run that is remembered: its calls take no notes.
    """

    executor: Executor

    def __call__(self, work: Work, watch: Watch) -> Found:
        """Do all jobs of some work."""
        asking.tear("an executor")
        jobs = deep(lambda: tuple(work.jobs()))
        batches = [jobs[start::_BATCHES] for start in range(min(_BATCHES, len(jobs)))]
        parcel = packed(work)
        calls = [self.executor.submit(do, parcel, batch) for batch in batches]
        answers: dict[Job, Answer] = {}
        errors: list[Exception] = []
        try:
            for batch, call in zip(batches, calls, strict=True):
                answers.update(_answers(batch, call, watch, errors))
        finally:
            for call in calls:
                call.cancel()
        if errors and len(errors) == len(batches):
            raise errors[0]
        return done(work, jobs, [answers[job] for job in jobs], watch)


def _answers(
    batch: Sequence[Job],
    call: Future[tuple[Found, ...]],
    watch: Watch,
    errors: list[Exception],
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
