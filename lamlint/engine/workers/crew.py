"""Workers that do the jobs of a check side by side.

A worker that dies costs its job alone: it is done again by itself, item by item, and what
kills a worker twice is told as not analysed.
"""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TypeAlias

from lamlint.engine.bench import Watch
from lamlint.engine.jobs import Found, Job, Work, together
from lamlint.engine.workers.anew import share
from lamlint.engine.workers.parcel import packed
from lamlint.engine.workers.worker import Worker, forked, fresh, may_fork, ready
from lamlint.files import asking
from lamlint.rule import Subject

_MOST_DEATHS = 20
"""How many workers are replaced: where more die, it is not some file that kills them."""
_ALONE = 200_000
"""How many characters of code a job has to read that nothing else is done beside: it takes some
hundred megabytes. Mostly it is one file, of a library that was packed in."""

Answer: TypeAlias = "Found | str"
"""What came of a job, or how the worker ended that died of it."""


def done(work: Work, jobs: Sequence[Job], answers: Sequence[Answer], watch: Watch) -> Found:
    """What came of all jobs: those that a worker died of are done again, by themselves."""
    lost = [job for job, told in zip(jobs, answers, strict=True) if isinstance(told, str)]
    items = [(job, one) for job in lost for one in job.each()]
    again: dict[Job, list[Found]] = {job: [] for job in lost}
    if items:
        asking.tear("a worker")  # what it asked, and whether it would die again, nobody knows
        crew = Crew(work, [one for _, one in items], watch)
        crew.run(1)
        for (job, one), answer in zip(items, crew.told(), strict=True):
            why = f"the process that did it {answer}, and so did a second one"
            again[job].append(work.lost(one, why) if isinstance(answer, str) else answer)
    return together(
        together(again[job]) if isinstance(answer, str) else answer
        for job, answer in zip(jobs, answers, strict=True)
    )


class Crew:
    """Workers, each with a thread here that gives it one job after the other."""

    def __init__(self, work: Work, jobs: Sequence[Job], watch: Watch) -> None:
        self.work, self.jobs, self.watch = work, jobs, watch
        self.answers: dict[int, Answer] = {}
        self.notes = asking.taken()  # the threads that add to them are in no context
        alone, others = _in_turn(work, jobs)
        self._waiting = deque([*alone, *others])
        self._alone = frozenset(alone)
        self._beside = threading.Event()
        self._workers: set[Worker] = set()
        self._lock = threading.Lock()
        self._stopped = False
        self._deaths = 0

    def run(self, number: int) -> None:
        """Do all jobs, as far as there are processes for them."""
        try:
            self._run(number)
        finally:
            self._stop()

    def told(self) -> Sequence[Answer]:
        """What came of the jobs, in their order."""
        none = "could not be started"
        return [self.answers.get(place, none) for place in range(len(self.jobs))]

    def _run(self, number: int) -> None:
        # All are there before the first thread is: a process that has threads cannot be doubled.
        workers = list(self._first(number))
        threads = [
            threading.Thread(target=self._drive, args=(worker,), daemon=True) for worker in workers
        ]
        for place, thread in enumerate(threads):
            if place == 1:
                self._beside.wait()
            thread.start()
        for thread in threads:
            thread.join()

    def _stop(self) -> None:
        """Send all workers away, also from the middle of a job."""
        with self._lock:
            self._stopped = True
            left = tuple(self._workers)
        for worker in left:
            self._end(worker)

    def _first(self, number: int) -> Iterator[Worker]:
        double = may_fork()
        if double:
            ready(self.work)
        most = share(number)
        with contextlib.suppress(OSError):  # a machine that gives no more
            for _ in range(number):
                worker = forked(self.work, most) if double else fresh(self._parcel)
                self._workers.add(worker)
                yield worker

    @cached_property
    def _parcel(self) -> bytes:
        return packed(self.work)

    def _drive(self, worker: Worker | None) -> None:
        """Give a worker, and those that take its place, the jobs that are left."""
        try:
            while worker is not None and worker.begins():
                worker = self._next() if self._dies(worker) else None
        finally:
            self._beside.set()

    def _dies(self, worker: Worker) -> bool:
        """Give a worker the jobs that are left; whether it dies of one."""
        while True:
            try:
                place = self._waiting.popleft()
            except IndexError:
                return False
            if place not in self._alone:
                self._beside.set()
            told = worker.ask(self.jobs[place], None if self.notes is None else self.notes.key)
            if told is None:
                self.answers[place] = self._end(worker)
                return True
            found, noted = told
            self.answers[place] = found
            with self._lock:
                if self.notes is not None and noted is not None:
                    self.notes.add(noted)
                self.watch.done(self.jobs[place], found)

    def _next(self) -> Worker | None:
        with self._lock:
            self._deaths += 1
            if self._stopped or not self._waiting or self._deaths > _MOST_DEATHS:
                return None
            try:
                worker = fresh(self._parcel)
            except OSError:
                return None
            self._workers.add(worker)
            return worker

    def _end(self, worker: Worker) -> str:
        with self._lock:
            if worker not in self._workers:
                return "was sent away"
            self._workers.remove(worker)
        return worker.end()


def _in_turn(work: Work, jobs: Sequence[Job]) -> tuple[list[int], list[int]]:
    """The places of the jobs in the order in which they are given out.

    The first worker does those of the first list before another one begins. Of the others the
    small ones come at the end, and fill what is left.
    """
    small = {Subject.MODULE}
    order = sorted(range(len(jobs)), key=lambda place: jobs[place].part.kind in small)
    alone = {place for place in order if work.length(jobs[place]) > _ALONE}
    return sorted(alone), [place for place in order if place not in alone]
