"""Where the jobs of a check are done, and who watches."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, TypeAlias

from lamlint.engine.jobs import Found, Job, Work, together
from lamlint.python.module.stack import deep


class Watch(Protocol):
    """Who is told how a run goes on."""

    def enter(self, phase: str) -> None:
        """Something else is done from now on."""

    def done(self, job: Job, found: Found) -> None:
        """A job is done; several threads may tell that, one after the other."""


class Silent:
    """Nobody watches."""

    def enter(self, phase: str) -> None:
        """Nobody is told."""

    def done(self, job: Job, found: Found) -> None:
        """Nobody is told."""


SILENT = Silent()

Bench: TypeAlias = "Callable[[Work, Watch], Found]"
"""Does the jobs of some work, tells of each, and gives what came of all, in their order."""


def here(work: Work, watch: Watch) -> Found:
    """Do all jobs in this process, one after the other."""
    # Code that nests deep, and calls that lead far, need a deep stack in each question.
    return deep(lambda: together(told(work, work.jobs(), watch)))


def told(work: Work, jobs: Iterable[Job], watch: Watch) -> Iterable[Found]:
    """What comes of some jobs; those of which it is known are not done."""
    for job in jobs:
        found = work.known.get(job)
        if found is None:
            found = work.do(job)
            watch.done(job, found)
        yield found
