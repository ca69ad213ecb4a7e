"""A handler, and what its invocation reaches. The questions that rules ask."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING

from lamlint.python.module.module import Module
from lamlint.python.reach.guard import Guard
from lamlint.python.values.objects import Instance, When
from lamlint.python.values.text import UNKNOWN, Text
from lamlint.text import Related, Span, Unread
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    import libcst as cst

    from lamlint.catalog.computing import Computing
    from lamlint.model import Function
    from lamlint.python.codebase.codebase import Codebase
    from lamlint.python.reach.environment import EnvironmentRead
    from lamlint.python.reach.memo import Memo
    from lamlint.python.reach.reach import Reach, Reached
    from lamlint.python.reach.recursion import WayBack
    from lamlint.python.values.analysis import Analysis, Origins
    from lamlint.python.values.objects import Edge, Frame
    from lamlint.python.values.records import Record

_ROUTED = Regex(r"event_handler|\b(mangum|awsgi|serverless_wsgi|apig_wsgi|aws_wsgi)\b")


@dataclass(frozen=True, eq=False)
class Call:
    """A call that a handler reaches.

    `name` is the full name of what is called, `boto3.client`, or of a method of
    a tracked object, `boto3.client.put_object` for any client however it was
    made; empty when unknown. `receiver` is that object. `frames` are the
    analysis's own: the ways in which the function around the call is run.
    """

    node: cst.Call
    module: Module
    function: cst.FunctionDef | None
    name: str
    receiver: Instance | None
    when: When
    frames: tuple[Frame, ...] = field(repr=False)
    told: Callable[[], tuple[Related, ...]] = field(repr=False)

    @property
    def flow(self) -> tuple[Related, ...]:
        """The way from the handler to the call; places are worked out only when it is told."""
        return self.told()

    @property
    def span(self) -> Span:
        """Where the call stands."""
        return self.module.span(self.node)

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
    def is_repeated(self) -> bool:
        """Whether one invocation may run it many times: in a loop, on some way to it."""
        from lamlint.python.reach.repeated import repeated

        return repeated(self.frames, self.node)

    def argument(self, place: int | None, keyword: str = "") -> cst.BaseExpression | None:
        """The argument at a place or by keyword; None when it is not written so."""
        from lamlint.python.values.arguments import argument

        return argument(self.node, place, keyword)


class Handler:
    """A function that Lambda invokes, in one codebase.

    `functions` are the configured functions that name it; empty when it was
    recognised by its signature.
    """

    def __init__(
        self,
        codebase: Codebase,
        module: Module,
        definition: cst.FunctionDef,
        functions: tuple[Function, ...] = (),
    ) -> None:
        self.codebase = codebase
        self.module = module
        self.definition = definition
        self.functions = functions
        self._calls: dict[tuple[int, str], Call] = {}

    def __repr__(self) -> str:
        return f"Handler({self.module.path!r}, {self.name!r})"

    @property
    def name(self) -> str:
        """The function's name."""
        return self.definition.name.value

    @property
    def by_signature(self) -> bool:
        """Whether no configuration names it."""
        return not self.functions

    @property
    def span(self) -> Span:
        """The function's name in its file."""
        return self.module.span(self.definition.name)

    def forget(self) -> None:
        """Let go what the analysis found; calls that were given out answer no more questions."""
        analysis = self.__dict__.pop("_analysis", None)
        if analysis is not None:
            analysis.leave()
        self._calls.clear()
        for name in ("_reach", "_memo", "_reached", "_ways", "way_back", "environment_reads"):
            self.__dict__.pop(name, None)

    @cached_property
    def _analysis(self) -> Analysis:
        from lamlint.python.values.evaluation import Evaluation

        return Evaluation(self.codebase, self._give_up)

    def _give_up(self) -> None:
        reason = f"only in part: {self.name} leads through more code than lamlint follows"
        self.codebase.leave_out(Unread(self.span, reason))

    @cached_property
    def _reach(self) -> Reach:
        from lamlint.python.reach.reach import Reach, entries

        # Routes of a resolver are found in the modules that the handler imports.
        imported = self.imported_modules()
        if any(module.source.once(_ROUTED, partial(_is_routed, module)) for module in imported):
            for module in imported:
                _ = module.index
        return Reach(self._analysis, entries(self._analysis, self.module, self.definition))

    @cached_property
    def _memo(self) -> Memo:
        from lamlint.python.reach.memo import Memo

        _ = self._reach
        return Memo(self._analysis)

    @cached_property
    def _reached(self) -> dict[tuple[int, str], list[Reached]]:
        """What is reached, by the call's node and what it calls."""
        found: dict[tuple[int, str], list[Reached]] = {}
        for one in self._reach.calls:
            found.setdefault((id(one.node), one.name), []).append(one)
        return found

    def _call(self, group: list[Reached]) -> Call:
        memo = self._memo
        ways = [(self._way(one.frame), one) for one in group]
        bare = [pair for pair in ways if memo.is_bare(pair[1].frame)]
        way, best = min(bare or ways, key=lambda pair: (max(_sure(pair)), len(pair[0])))
        module = best.frame.module
        return Call(
            best.node,
            module,
            module.enclosing_function(best.node),
            best.name,
            best.receiver,
            max(_sure((way, best))),
            tuple(one.frame for one in group),
            partial(self._flow, way, best),
        )

    def _way(self, frame: Frame) -> tuple[Edge, ...]:
        return self._ways.get(id(frame), ())

    @cached_property
    def _ways(self) -> dict[int, tuple[Edge, ...]]:
        """The shortest way from the handler into each frame, past memos where there is one."""
        memo = self._memo
        ways: dict[int, tuple[Edge, ...]] = {}
        frames = self._reach.order
        for bare in (True, False):
            changed = True
            while changed:
                changed = False
                for frame in frames:
                    for edge in frame.edges:
                        if edge.caller is None:
                            found: tuple[Edge, ...] = ()
                        elif id(edge.caller) not in ways or (
                            bare and (edge.cached or _guarded(memo, edge))
                        ):
                            continue
                        else:
                            found = (*ways[id(edge.caller)], edge)
                        known = ways.get(id(frame))
                        if known is None or (bare and len(found) < len(known)):
                            ways[id(frame)] = found
                            changed = True
        return ways

    def _flow(self, way: tuple[Edge, ...], reached: Reached) -> tuple[Related, ...]:
        from lamlint.python.reach.flow import named, told

        frame = reached.frame
        last = f"{named(frame)} calls {reached.name or 'this'}"
        return (
            Related(self.span, f"each invocation runs {self.name}"),
            *told(way, frame),
            Related(frame.module.span(reached.node), last),
        )

    def calls(self, names: Container[str] | None = None) -> Iterator[Call]:
        """Every call that is reached, once, by its shortest way; of some names only if given."""
        for key, group in self._reached.items():
            if names is None or key[1] in names:
                if key not in self._calls:
                    self._calls[key] = self._call(group)
                yield self._calls[key]

    def nodes(self) -> Iterator[cst.CSTNode]:
        """The nodes of every function that is reached."""
        from lamlint.python.module.body import inside

        for frame in self._reach.order:
            yield from inside(frame.module, frame.node)

    def origins(self, call: Call, node: cst.CSTNode) -> Origins:
        """What a node at a call's place depends on: "event", "context", names of library calls."""
        from lamlint.python.values.analysis import EVENT
        from lamlint.python.values.origins import origins

        try:
            return frozenset().union(
                *(origins(self._analysis, node, frame) for frame in call.frames)
            )
        except RecursionError:
            self._give_up()
            return frozenset({EVENT})

    def depends_on_event(self, call: Call, node: cst.CSTNode) -> bool:
        """Whether a node at a call's place may depend on the event or the context."""
        return not self.origins(call, node).isdisjoint({"event", "context"})

    def memoized(self, call: Call) -> bool:
        """Whether every way to a call leads through a memo, in whichever function."""
        return all(self._memo.kept(frame, call.node) for frame in call.frames)

    def is_dead(self, call: Call) -> bool:
        """Whether constants keep a call from ever being run."""
        from lamlint.python.reach.dead import dead

        try:
            return dead(self._analysis, call.frames, call.node)
        except RecursionError:
            self._give_up()
            return False

    def keywords(
        self, frames: Sequence[Frame], node: cst.CSTNode
    ) -> list[tuple[str, cst.CSTNode, Frame]] | None:
        """The keywords that a `**` argument holds, with values; None when not all are known."""
        from lamlint.python.reach.starred import keywords

        found: list[tuple[str, cst.CSTNode, Frame]] = []
        for frame in frames:
            try:
                written = keywords(self._analysis, node, frame)
            except RecursionError:
                self._give_up()
                return None
            if written is None:
                return None
            found.extend(written)
        return found

    def count(self, frames: Sequence[Frame], node: cst.CSTNode) -> int | None:
        """How many arguments a `*` argument holds at most; None when that is not known."""
        from lamlint.python.reach.starred import count

        try:
            counts = [count(self._analysis, node, frame) for frame in frames]
        except RecursionError:
            self._give_up()
            return None
        known = [one for one in counts if one is not None]
        return max(known) if known and len(known) == len(counts) else None

    def text(self, frame: Frame, node: cst.CSTNode) -> Text:
        """What is known of a string in a frame."""

        try:
            return self._analysis.text(node, frame)
        except RecursionError:
            self._give_up()
            return UNKNOWN

    def value(self, call: Call, node: cst.CSTNode | None) -> Text:
        """What is known of a string at a call's place."""
        from lamlint.python.values.text import either

        if node is None:
            return UNKNOWN
        try:
            return either([self._analysis.text(node, frame) for frame in call.frames])
        except RecursionError:
            self._give_up()
            return UNKNOWN

    def made_with(self, instance: Instance, place: int | None, keyword: str = "") -> Text:
        """What is known of an argument that a tracked object was made with."""
        from lamlint.python.values.arguments import argument

        node = argument(instance.call, place, keyword)
        if node is None:
            return UNKNOWN
        try:
            return self._analysis.text(node, instance.frame)
        except RecursionError:
            self._give_up()
            return UNKNOWN

    def guards(self, call: Call) -> tuple[Guard, ...]:
        """The tests that decide whether a call is reached, on all ways to it."""
        from lamlint.python.reach.guards import guards

        try:
            return guards(self._analysis, call.frames, call.node)
        except RecursionError:
            self._give_up()
            return (Guard(call.node, call.module, True, True, frozenset()),)

    def guarded(
        self, call: Call, items: cst.CSTNode | None, stops: Callable[[Guard], bool]
    ) -> bool:
        """Whether a test that counts decides about a call, or about all that it is made for.

        `items` is the argument that holds what the call hands on, if it hands on many.
        """
        from lamlint.python.reach.selected import guarded

        try:
            return guarded(self._analysis, call.frames, call.node, items, stops)
        except RecursionError:
            self._give_up()
            return True

    def records(self, call: Call, node: cst.CSTNode | None) -> tuple[Record, ...]:
        """The dicts of a list written in the code, each with its texts; none when unsure."""
        from lamlint.python.values.records import records

        if node is None or len(call.frames) != 1:
            return ()
        return records(self._analysis, node, call.frames[0])

    def inner(
        self, call: Call, node: cst.CSTNode | None, path: Sequence[str], *, keys: bool = False
    ) -> tuple[Text, ...]:
        """The texts that a path leads to in written lists and dicts; or (`keys`) the keys of
        a dict from whose values it leads anywhere.
        """
        from lamlint.python.values.records import keys_to, within

        if node is None:
            return ()
        look = keys_to if keys else within
        return tuple(
            found for frame in call.frames for found in look(self._analysis, node, frame, path)
        )

    @cached_property
    def way_back(self) -> WayBack | None:
        """The shortest way from the handler to a call of itself; None when there is none."""
        from lamlint.python.reach.recursion import way_back

        return way_back(self._reach.order, self.definition)

    def imported_modules(self) -> tuple[Module, ...]:
        """The modules of the codebase that are imported with the handler's module, itself first."""
        from lamlint.python.codebase.imports import imported_modules

        return imported_modules(self.codebase, self.module)

    def imported_libraries(self) -> Iterator[tuple[str, Span]]:
        """The modules outside the codebase, by their first name, that its code surely imports."""
        from lamlint.python.codebase.imports import libraries

        for name, module, node in libraries(self.codebase, self.module):
            yield name, module.span(node)

    def only_computes(self, facts: Computing) -> bool:
        """Whether all that an invocation may run is known, and neither acts nor waits."""
        from lamlint.python.reach.computing import only_computes

        return only_computes(self.codebase, self.imported_modules(), facts)

    @cached_property
    def environment_reads(self) -> tuple[EnvironmentRead, ...]:
        """The environment variables that are read at import or in what the handler reaches."""
        from lamlint.python.reach.environment import reads

        return tuple(reads(self._analysis, self.module, self.imported_modules(), self._reach))


def _sure(pair: tuple[tuple[Edge, ...], Reached]) -> list[When]:
    return [pair[1].when, *(edge.when for edge in pair[0])]


def _guarded(memo: Memo, edge: Edge) -> bool:
    return (
        edge.caller is not None and edge.site is not None and memo.guarded(edge.caller, edge.site)
    )


def _is_routed(module: Module) -> bool:
    """Whether a module speaks of something that gives events to routes."""
    source = module.source
    return source.once(_ROUTED, lambda: _ROUTED.search(source.text) is not None)
