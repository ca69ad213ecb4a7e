"""How a run goes on: a line on a terminal while it takes long, and where its time went."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from time import monotonic

from lamlint.cli.terminal import flash, is_watched
from lamlint.engine.jobs import Found, Job
from lamlint.report.terminal.closing import amount
from lamlint.rule import Subject

_SOON = 1.0
"""A run that takes less, in seconds, is over before anyone wonders."""
_OFTEN = 0.1
_COUNTED = {Subject.MODULE: "file", Subject.HANDLER: "handler"}
_SHOWN_RULES = 12


class Progress:
    """Watches a run. `show` is given one line at a time, each in place of the last."""

    def __init__(self, show: Callable[[str], None], clock: Callable[[], float] = monotonic) -> None:
        self._show, self._clock = show, clock
        self._phases: dict[str, float] = {}
        self._rules: Counter[str] = Counter()
        self._done: Counter[str] = Counter()
        self._phase = ""
        self._begun = self._entered = self._last = clock()
        self._shown = False

    def enter(self, phase: str) -> None:
        """Something else is done from now on."""
        now = self._clock()
        if self._phase:
            self._phases[self._phase] = self._phases.get(self._phase, 0) + now - self._entered
        self._phase, self._entered = phase, now
        self._tell(now)

    def done(self, job: Job, found: Found) -> None:
        """A job is done."""
        if job.part.kind in _COUNTED:
            self._done[_COUNTED[job.part.kind]] += len(job.part)
        self._rules.update(found.seconds)
        self._tell(self._clock())

    def end(self) -> None:
        """The run is over: nothing of it is left on the terminal."""
        self.enter("")
        if self._shown:
            self._show("")

    def _tell(self, now: float) -> None:
        if now - self._begun < _SOON or now - self._last < _OFTEN or not self._phase:
            return
        self._last, self._shown = now, True
        counted = [amount(number, what) for what, number in sorted(self._done.items())]
        self._show(" ".join(["lamlint:", self._phase, ", ".join(counted)]).rstrip())

    def spent(self) -> Iterator[str]:
        """Where the time went, as sentences: by phase, and by rule."""
        yield f"time: {_seconds(self._phases)}"
        most = dict(self._rules.most_common(_SHOWN_RULES))
        others = sum(self._rules.values()) - sum(most.values())
        if most:
            rest = f", all others {others:.2f} s" if len(self._rules) > len(most) else ""
            yield f"time of rules, in all processes: {_seconds(most)}{rest}"


def _seconds(spent: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {took:.2f} s" for name, took in spent.items())


def progress(*, quiet: bool) -> Progress:
    """What watches a run: it is seen by people at a terminal, and by nobody else."""
    seen = not quiet and is_watched(os.environ)
    return Progress(flash if seen else _nowhere)


def _nowhere(_line: str) -> None:
    """Nobody sees it."""
