"""A call that is reached, and what may be asked of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from lamlint.python.reach.often_built import Again
from lamlint.text import Finding, Fix, Related, Safety, Severity, Span
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.catalog import Constructors
    from lamlint.model import Scalar, Value
    from lamlint.python.module import cst
    from lamlint.python.module.module import Module
    from lamlint.python.reach.repeated import Chosen
    from lamlint.python.values.alternatives import Text
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.known import Known
    from lamlint.python.values.objects import Edge, Frame, Instance, Supplied, When

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Call:
    """A call that a handler reaches, or (`at_import`) that importing its modules makes.

    `name` is the full name of what is called, `boto3.client`, or of a method of
    a tracked object, `boto3.client.put_object` for any client however it was
    made; empty when unknown. `receiver` is that object. `frames` are the
    analysis's own: the ways in which the function around the call is run; `way` leads
    to the one by which the call is told.
    """

    node: cst.Call
    module: Module
    function: cst.FunctionDef | None
    name: str
    receiver: Instance | None
    when: When
    at_import: bool
    frames: tuple[Frame, ...] = field(repr=False)
    way: tuple[Edge, ...] = field(repr=False)
    told: Callable[[], tuple[Related, ...]] = field(repr=False)
    analysis: Analysis = field(repr=False)

    @property
    def flow(self) -> tuple[Related, ...]:
        """The way from the handler to the call; places are worked out only when it is told."""
        return self.told()

    @property
    def span(self) -> Span:
        """Where the call stands."""
        return self.module.span(self.node)

    def finding(
        self,
        message: str,
        *,
        fix: Fix | None = None,
        severity: Severity | None = None,
        related: tuple[Related, ...] = (),
    ) -> Finding:
        """A finding at the call, with the way to it."""
        return Finding(message, self.span, related, self.flow, fix, severity)

    @property
    def is_dead(self) -> bool:
        """Whether constants keep it from ever being run."""
        from lamlint.python.reach.dead import dead

        return self._ask(lambda: dead(self.analysis, self.frames, self.node), False)

    @property
    def runs_in(self) -> frozenset[str] | None:
        """The functions whose environment lets it be run, by their names; None for all of them."""
        from lamlint.python.reach.dead import runs_in

        if len(self.analysis.environments) < 2:
            return None
        return self._ask(lambda: runs_in(self.analysis, self.frames, self.node), None)

    @property
    def when_run(self) -> str:
        """When it is run by whoever runs its function, as the end of a sentence."""
        from lamlint.python.reach.certain import when_run

        return when_run(self.frames[0], self.node)

    @property
    def is_certain(self) -> bool:
        """Whether each invocation runs it."""
        from lamlint.python.reach.certain import every_time

        return every_time(self.frames, self.node)

    @property
    def hands_over_once(self) -> bool:
        """Whether the payload of an invocation, as an event, would not come to this call again."""
        from lamlint.python.reach.handed_over import hands_over_once

        return self._ask(lambda: hands_over_once(self.analysis, self.frames, self.node), False)

    @property
    def waits_beside(self) -> bool:
        """Whether what runs it waits so long, on each way, that little is lost by what is built.

        In a loop that sleeps or the like, or before it, or behind it, in whichever function.
        """
        from lamlint.python.reach.sleeping import waits_on_each_way

        return self._ask(lambda: waits_on_each_way(self.analysis, self.frames, self.node), False)

    @property
    def is_repeated(self) -> bool:
        """Whether one invocation may run it many times: in a loop, on some way to it."""
        return self.again is not Again.ONCE

    @cached_property
    def again(self) -> Again:
        """How often a loop, on some way to it, has one invocation run it."""
        from lamlint.python.reach.certain import in_some_rounds

        return self.again_unless(in_some_rounds)

    def again_unless(self, chosen: Chosen, beyond: int = 1) -> Again:
        """The same, where a loop has more rounds than `beyond`; some of them only if `chosen`."""
        from lamlint.python.reach.repeated import again

        return self._ask(
            lambda: again(self.analysis, self.frames, self.node, chosen, beyond), Again.EACH_ROUND
        )

    @property
    def looped_elsewhere(self) -> Related | None:
        """The loop that most often runs it, where none does so on the way by which it is told."""
        return self._ask(self._looped_elsewhere, None)

    def _looped_elsewhere(self) -> Related | None:
        from lamlint.python.reach.certain import in_some_rounds
        from lamlint.python.reach.repeated import loops

        found = list(loops(self.analysis, self.frames, self.node, in_some_rounds))
        most = max((one.again for one in found), default=Again.ONCE)
        often = [one for one in found if one.again is most]
        passed = [
            *((frame, self.node) for frame in self.frames),
            *((edge.caller, edge.site) for edge in self.way),
        ]
        told = any(
            one.holds(frame, node)
            for one in often
            for frame, node in passed
            if frame is not None and node is not None
        )
        if told or not often:
            return None
        places = [one.frame.module.span(one.node) for one in often]
        return Related(min(places), "this loop leads to it, too")

    @property
    def service(self) -> str:
        """The AWS service of the client or resource that it makes, or is called on: "s3".

        Empty when it is no such call, or when that is not known.
        """
        from lamlint.python.values.sdk import service

        found = {
            service(self.analysis, self.name, self.receiver, self.node, frame)
            for frame in self.frames
        }
        return (found.pop() or "") if len(found) == 1 else ""

    @property
    def operation(self) -> str:
        """The operation of the service's API that it calls, whatever it is called on.

        "put_object" for `client.put_object(…)`, `bucket.Object(key).put(…)` and an upload;
        empty when it is none, or when that is not known.
        """
        from lamlint.python.values.sdk import operation

        return operation(self.analysis, self.name, self.receiver)

    def is_of_its_thread(self, of_one_thread: Callable[[str], bool]) -> bool:
        """Whether only threads that the handler starts make it, and each needs one of its own.

        `of_one_thread` says of a constructor's name whether threads can't share what it makes.
        """
        from lamlint.python.reach.threads import in_thread, made_by_thread

        return made_by_thread(self.name, self.receiver, of_one_thread) and in_thread(self.frames)

    def comes_from(self, maker: Call) -> bool:
        """Whether it is called on what another call gave, or on what was made from that."""
        receiver = self.receiver
        while receiver is not None:
            if receiver.call is maker.node:
                return True
            receiver = receiver.parent
        return False

    def argument(self, place: int | None, keyword: str = "") -> cst.BaseExpression | None:
        """The argument at a place or by keyword; None when it is not written so."""
        from lamlint.python.values.arguments import argument

        return argument(self.node, place, keyword)

    def text(self, keyword: str = "", place: int | None = None) -> Text:
        """What is known of a string that the call gives, by keyword or at a place."""
        from lamlint.python.values.alternatives import UNKNOWN
        from lamlint.python.values.strings import led

        return self._ask(lambda: led(self.analysis, self._given(keyword, place)), UNKNOWN)

    def value(self, keyword: str = "", place: int | None = None) -> Known:
        """What is known of anything that the call gives: each choice with its place.

        Unknown because of `NOT_SET` where it surely gives nothing.
        """
        from lamlint.model.value import NOT_SET
        from lamlint.python.values.constants import of_call
        from lamlint.python.values.known import nothing

        if self.lacks(keyword, place):
            return nothing(self.span, NOT_SET)
        return self._ask(
            lambda: of_call(self.analysis, self._given(keyword, place), self.span),
            nothing(self.span, "it leads too deep"),
        )

    def number(self, keyword: str = "", place: int | None = None) -> Value[Scalar]:
        """What is known of a number that the call gives; unknown where it may be anything else."""
        from lamlint.python.values.known import number

        return number(self.value(keyword, place))

    def lacks(self, keyword: str = "", place: int | None = None) -> bool:
        """Whether the call surely gives nothing, neither so nor by `*`, `**` or a partial."""
        from lamlint.python.values.given import bound_before

        if bound_before(self.node, self.frames[0], self.name):
            return False
        return self._ask(lambda: not self._given(keyword, place), False)

    def without(
        self, keyword: str, place: int | None = None, *, safety: Safety = Safety.UNSAFE
    ) -> Fix | None:
        """The fix that leaves an argument out, with its comma.

        None where it is not written so, where others would take its place, or a comment
        would be lost.
        """
        from lamlint.python.call_edits import without, written

        argument = written(self.node, keyword, place)
        edits = without(self.module, self.node, [argument]) if argument is not None else None
        return Fix(f"Leave {keyword} out", safety, edits) if edits else None

    def with_argument(
        self, keyword: str, code: str, place: int | None = None, *, safety: Safety = Safety.UNSAFE
    ) -> Fix | None:
        """The fix that gives an argument a value, in the place of the present one if any.

        None where `*` or `**` may hand it on already.
        """
        from lamlint.python.call_edits import with_argument

        edits = with_argument(self.module, self.node, keyword, place, code)
        return Fix(f"Set {keyword} to {code}", safety, edits) if edits else None

    def hoisted(self, catalog: Constructors, beside: Iterable[Module] = ()) -> Fix | None:
        """The fix that moves what the call builds to module level; None where there is no way.

        `beside` are the modules that run with it.
        """
        from lamlint.python.hoist.fix import hoist
        from lamlint.python.values.objects import When

        always = self.when is When.ALWAYS
        return hoist(self.module, self.node, catalog, always=always, beside=beside)

    def _given(self, keyword: str, place: int | None) -> list[Supplied]:
        """What the call gives on each way to it."""
        from lamlint.python.values.given import given

        return [
            lead
            for frame in self.frames
            for lead in given(self.analysis, self.node, frame, keyword, place)
        ]

    def _ask(self, question: Callable[[], T], unknown: T) -> T:
        """The answer to a question; what is unknown where it leads too deep."""
        try:
            return question()
        except RecursionError:
            self.analysis.give_up()
            return unknown
