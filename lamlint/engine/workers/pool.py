"""The jobs of a check done by several processes at a time, where that is worth it."""

from __future__ import annotations

import dataclasses
import os
import sys

from lamlint.engine.bench import Watch, here
from lamlint.engine.jobs import NOTED, Found, Work
from lamlint.python.module.stack import deep
from lamlint.text.dataclass import dataclass

MOST = 4
"""How many processes are taken unasked: more save little, and each takes its memory."""
_WORTH = 500_000
"""How many characters of Python a project has for which it is worth to start processes: some two
seconds of analysis. A doubled process costs a tenth of one, a new interpreter half of one."""


@dataclass(frozen=True)
class Pool:
    """A bench of processes: so many, or as many as are worth it for a project."""

    number: int | None = None

    def __call__(self, work: Work, watch: Watch) -> Found:
        """Do all jobs of some work; in this process where more of them gain nothing."""
        number = self.number or (usual() if _is_worth_it(work) else 1)
        if number == 1:
            return here(work, watch)
        from lamlint.engine.workers.crew import Crew, done

        jobs = deep(lambda: tuple(work.jobs()))
        left = [job for job in jobs if job not in work.known]
        if not left:
            return here(work, watch)
        crew = Crew(dataclasses.replace(work, known={}), left, watch)
        with work.project.shelf.divided(number):  # memory is bounded over all of them together
            crew.run(min(number, len(left)))
        if not crew.answers:  # no process could be started
            return here(work, watch)
        answers = {**work.known, **dict(zip(left, crew.told(), strict=True))}
        return done(work, jobs, [answers[job] for job in jobs], watch)


def usual() -> int:
    """How many processes are worth it on this machine."""
    if sys.platform == "linux":  # not all of them need be this process's to use
        return min(len(os.sched_getaffinity(0)), MOST)
    return min(os.cpu_count() or 1, MOST)


def _is_worth_it(work: Work) -> bool:
    """Whether enough is left to do; where it is known what comes of a job, its share is not."""
    length = sum(len(module.source.text) for module in work.project.modules.values())
    if not work.known:
        return length > _WORTH
    left, every = 0, 0
    for job in work.jobs():
        if job.part.kind in NOTED:
            every += len(job.part)
            left += 0 if job in work.known else len(job.part)
    return length * left > _WORTH * every
