"""How much is lost by what a handler builds anew: by how often it runs, and has it built."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from functools import cached_property, partial
from typing import TYPE_CHECKING

from lamlint.model import REQUESTS, Often
from lamlint.project.frequency import how_often
from lamlint.project.handed import often_invoked
from lamlint.project.idle import is_passed_over
from lamlint.python import Again, builds_again, is_certain, is_repeated
from lamlint.text import Loosely, Related
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.model import Frequency, Function
    from lamlint.project.join import Project
    from lamlint.python import Built, Call, Handler

_BEFORE = "{cure}, before it runs more often"
_IDLY = f"little is lost while the function nearly always starts cold: {_BEFORE}"
_RARELY = f"little is lost while the function runs so seldom: {_BEFORE}"
_UNTOLD = "how often the function runs is not known here: {cure}, if it runs often"
_SOMETIMES = "how often that is so is not known here: {cure}, if it is often"
_SLOWLY = "little is lost beside what each round of the loop waits for: {cure}"
_WAITING = "little is lost beside what it waits for there: {cure}"
_FEW = "little is lost, as the function seldom runs and the rounds are few: {cure}"
_PASSED_OVER = "nothing is known to deploy it, as it does what lies beside it: {cure}, if it runs"
_WEIGHTS = (_PASSED_OVER, _IDLY, _RARELY, _FEW, _SLOWLY, _WAITING, _UNTOLD, _SOMETIMES)
"""Why little may be lost: the later, the more may be."""
_OF_THE_WHOLE = (_UNTOLD, _PASSED_OVER)
"""Those of them that say the same of all that a function builds."""


@dataclass(frozen=True)
class Loss:
    """How much is lost by one thing that a handler builds anew.

    `why` says why little may be, with `{cure}` for what to do; it is empty where it surely is
    built often. `whatever`: so it is whatever else the handler builds. `is_seldom`: the handler
    seldom runs, for some `reasons`. `is_aside`: the file is no part of what is deployed.
    """

    why: str = ""
    whatever: bool = False
    is_seldom: bool = False
    reasons: tuple[Related, ...] = ()
    is_aside: bool = False

    def loosely(self, what: str, cure: str) -> Loosely:
        """What is said where the functions that come there have several reasons for it."""
        if not self.why:
            return Loosely()
        why = self.why.replace("often the function runs", "often one of the functions runs")
        return Loosely(what + why.format(cure=cure), _WEIGHTS.index(self.why) + 1)


@dataclass(frozen=True, eq=False)
class Weighing:
    """What weighs each thing that a handler builds anew."""

    handler: Handler
    project: Project = field(repr=False)

    def loss(self, built: Built) -> Loss | None:
        """How much is lost by it; None where nothing is gained by keeping it."""
        again = builds_again(built.branches, self.project.catalog.computing)
        why = self._why(built, again)
        seldom = bool(why) and self._runs.often is Often.SELDOM
        if seldom and not (again or is_certain(built.branches, self.handler)):
            return None  # all other starts would pay for it
        undeployed = self.handler.by_signature and not self.project.may_run(self.handler)
        return Loss(
            why,
            whatever=seldom or (why in _OF_THE_WHOLE and undeployed),
            is_seldom=seldom,
            reasons=self._runs.reasons if seldom else (),
            is_aside=not seldom and self._is_aside(built.call.module.path),
        )

    @cached_property
    def _running(self) -> Sequence[Function]:
        return self.handler.functions or self.project.may_run(self.handler)

    @cached_property
    def _runs(self) -> Frequency:
        handler, project = self.handler, self.project
        by_code = partial(often_invoked, project=project)
        return how_often(handler, self._running, project.invoked_often, project.catalog, by_code)

    @cached_property
    def _is_passed_over(self) -> bool:
        return is_passed_over(self.handler, self.project)

    def _why(self, built: Built, again: Again) -> str:
        """Why little may be lost, and what to do then; empty where it surely is built often."""
        if self._is_passed_over:
            return _PASSED_OVER
        often, branches = self._runs.often, built.branches
        if self._is_many(again) or (self._runs.pairs and built.fails_again):
            return ""
        if often is Often.SELDOM:
            return self._when_seldom(branches, again)
        if again is Again.WHEN_DUE:
            return _SOMETIMES
        if often is Often.UNTOLD:
            return _UNTOLD
        if again in (Again.ONCE, Again.SLOWLY) and all(one.waits_beside for one in branches):
            return _SLOWLY if any(one.again is Again.SLOWLY for one in branches) else _WAITING
        return "" if self._is_as_often(branches) else _SOMETIMES

    def _is_many(self, again: Again) -> bool:
        """Whether a loop surely builds many, or some in a function that may run often."""
        some = again is Again.SOMETIMES and self._runs.often is not Often.SELDOM
        return some or again is Again.EACH_ROUND

    def _when_seldom(self, branches: Sequence[Call], again: Again) -> str:
        """Why little may be lost in a function that seldom runs, by the loops that build it."""
        if again is not Again.ONCE:
            return _SLOWLY if again is Again.SLOWLY else _SOMETIMES
        if is_repeated(branches):
            return _FEW
        return _RARELY if self._runs.pairs else _IDLY

    def _is_as_often(self, branches: Sequence[Call]) -> bool:
        """Whether it is built about as often as the function runs."""
        from lamlint.python import is_as_often  # this needs LibCST

        computing, asked = self.project.catalog.computing, self._is_for_requests
        return is_certain(branches, self.handler) or any(
            is_as_often(one, computing, asked=asked) for one in branches
        )

    @property
    def _is_for_requests(self) -> bool:
        """Whether requests are what a handler runs for, as far as anything is declared of it."""
        kinds = {event.kind for one in self._running for event in one.events}
        return not kinds or not kinds.isdisjoint(REQUESTS) or any(one.urls for one in self._running)

    def _is_aside(self, path: str) -> bool:
        """Whether a file is one of examples, of what people start by hand, or is set aside."""
        handler, project = self.handler, self.project
        if not handler.by_signature or project.is_sample(path):
            return project.is_sample(path)
        aside = project.is_set_aside(path) and not project.may_run(handler)
        return aside or project.is_script(path)
