"""The call graph of a handler: every function that runs because it runs."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.facts import facts
from lamlint.python.module.running import runs
from lamlint.python.reach.fits import fits
from lamlint.python.reach.handed_methods import SHIFTING, handed_methods
from lamlint.python.reach.held import as_application
from lamlint.python.reach.inherited import ASIDE, inherited
from lamlint.python.reach.memo import is_single
from lamlint.python.reach.serving import NEVER_CALLING, Given, Serving
from lamlint.python.reach.started import called_by, wrapped
from lamlint.python.reach.threads import starts
from lamlint.python.values.analysis import Analysis
from lamlint.python.values.attributes import factories, library_bases, property_of
from lamlint.python.values.objects import (
    Class,
    Context,
    Edge,
    Event,
    Frame,
    Instance,
    Library,
    Own,
    Passing,
    Routine,
    Thing,
    When,
)
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.python.module.module import Module

_MOST_ROUNDS = 4
_MOST_EDGES = 12
_ACTING = frozenset({cst.Call, cst.Attribute, cst.WithItem, cst.For, cst.Decorator})
_MAPPING = frozenset({"map", "filter", "starmap", "imap", "imap_unordered"})
_THREADS = ("threading.Thread", "multiprocessing.Process", "threading.Timer")


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """A call that runs in a frame, or that another one is given to make: `submit(s3.copy, …)`."""

    frame: Frame
    node: cst.Call
    name: str
    receiver: Instance | None
    when: When
    handed: bool = False


class Reach:
    """What runs from some entries on, found in rounds until no new way into a frame appears.

    `modules` are the frames of modules whose own code runs, too: they are imported.
    `routed` are the modules in which routes of applications are looked for. The entries are
    run one and all, or else one of them is `chosen`. Where they are `declared`, so is what an
    application only registers for Lambda to call.
    """

    def __init__(
        self,
        analysis: Analysis,
        entries: Sequence[Thing],
        modules: Sequence[Frame] = (),
        *,
        routed: Sequence[Module] = (),
        chosen: bool = False,
        declared: bool = False,
    ) -> None:
        self.analysis = analysis
        self.calls: list[Reached] = []
        self.order: list[Frame] = []
        self._queue: deque[Frame] = deque()
        self._processed: set[int] = set()
        self._again = False
        self._property_names: set[str] = set()
        self._serving = Serving(analysis, routed, self._frame, self._enter, declared=declared)
        self._entries = entries
        self._likely = When.CONDITIONAL if chosen else When.ALWAYS
        for frame in modules:
            frame.edges.append(Edge(None, None, Passing.NOTHING))
            self.order.append(frame)
        for _ in range(_MOST_ROUNDS):
            self._again = False
            self._round()
            if not self._again:
                break

    @property
    def is_served_in_one_loop(self) -> bool:
        """Whether an event is given to an application whose server keeps its event loop."""
        return self._serving.in_one_loop

    @property
    def servers(self) -> frozenset[str]:
        """The libraries by which the event is given to an application."""
        return frozenset(self._serving.servers)

    def _round(self) -> None:
        self.analysis.forget()
        self.calls = []
        self._processed.clear()
        self._queue = deque(self.order)
        self._serving.forget()
        self._start()
        while self._queue:
            frame = self._queue.popleft()
            if id(frame) not in self._processed:
                self._processed.add(id(frame))
                self._run(frame)

    def _start(self) -> None:
        """Enter what Lambda calls."""
        for thing in self._entries:
            self._entered(thing, (Event(), Context()))

    def _entered(self, thing: Thing, given: tuple[Thing, ...]) -> None:
        """Enter what runs where a thing is given an event, and a context."""
        if isinstance(thing, Routine):
            edge = Edge(
                None, None, Passing.NOTHING, thing.receiver, (*thing.leading, *given), self._likely
            )
            self._enter(thing, edge)
        elif isinstance(thing, Own):
            for method in self.analysis.attribute(thing, "__call__"):
                if isinstance(method, Routine):
                    self._entered(method, given)
            application = as_application(self.analysis, thing)
            if application is not None:
                self._entered(application, given)
        elif (called := called_by(thing)) is not None:
            if not self._serving.serve(*called, Given(None, None, self._likely)):
                for inner in wrapped(self.analysis, thing):
                    self._entered(inner, given)

    def _frame(self, routine: Routine) -> Frame | None:
        """The frame of a function that runs; None where there is no room for it."""
        key = (id(routine.node), id(routine.closure))
        frame = self.analysis.reached.get(key)
        if frame is None:
            if not self.analysis.has_room():
                return None
            frame = Frame(routine.module, routine.node, routine.closure)
            self.analysis.reached[key] = frame
            self.analysis.by_function.setdefault(id(routine.node), frame)
            self.order.append(frame)
            self._queue.append(frame)
            self.analysis.entered(frame)
        return frame

    def _enter(self, routine: Routine, edge: Edge) -> None:
        frame = self._frame(routine)
        if frame is not None and edge not in frame.edges and len(frame.edges) < _MOST_EDGES:
            frame.edges.append(edge)
            self.analysis.entered(frame)
            if id(frame) in self._processed:
                self._again = True

    def _run(self, frame: Frame) -> None:
        if any(edge.passing is Passing.REQUEST for edge in frame.edges):
            self._serving.depend(frame)
        self._serving.decorate(frame)
        for node in runs(frame.module, frame.node):
            if type(node) not in _ACTING:
                continue  # far faster than asking for each kind in turn
            if isinstance(node, cst.Call):
                self._call(frame, node)
            elif isinstance(node, cst.Attribute):
                self._property(frame, node)
            elif isinstance(node, cst.WithItem):
                self._method(frame, node.item, ("__enter__", "__exit__", "__aenter__", "__aexit__"))
            elif isinstance(node, cst.For):
                self._method(frame, node.iter, ("__iter__", "__next__"))
            elif isinstance(node, cst.Decorator):
                self._decorator(frame, node)

    def _call(self, frame: Frame, node: cst.Call) -> None:
        from lamlint.python.reach.when import when

        sure = when(frame, node)
        found = self.analysis.things(node.func, frame)
        callees = [c for c in found if not isinstance(c, Routine) or fits(node, c)]
        routines = [c for c in callees if isinstance(c, (Routine, Class, Own))]
        chosen = len(routines) > 1 or any(isinstance(c, Routine) and c.guessed for c in routines)
        likely = max(sure, When.CONDITIONAL) if chosen else sure
        libraries = False
        for callee in callees:
            if isinstance(callee, (Library, Instance)):
                libraries = True
                self._library(frame, node, callee, sure)
            else:
                self._own(frame, node, callee, likely)
        for method in inherited(self.analysis, node, frame):
            self._inherited(
                frame, node, method, max(sure, When.CONDITIONAL) if method.guessed else sure
            )
        if not found:
            self.calls.append(Reached(frame, node, "", None, sure))
        if not libraries and not routines:
            self._callbacks(frame, node, "", max(sure, When.CONDITIONAL))

    def _inherited(self, frame: Frame, node: cst.Call, method: Routine, when: When) -> None:
        """Enter a method that an inherited one calls."""
        aside = isinstance(node.func, cst.Attribute) and node.func.attr.value in ASIDE
        edge = Edge(
            frame, node, Passing.NOTHING, method.receiver, method.leading, when, aside=aside
        )
        self._enter(method, edge)

    def _own(self, frame: Frame, node: cst.Call, callee: Thing, when: When) -> None:
        if isinstance(callee, Routine):
            self._enter(
                callee,
                Edge(
                    frame, node, Passing.CALL, callee.receiver, callee.leading, when, callee.cached
                ),
            )
        elif isinstance(callee, Class):
            made = Own(callee, node, frame)
            for base in library_bases(self.analysis, callee):
                self.calls.append(Reached(frame, node, base, None, when))  # `class Api(Session)`
            for name in ("__init__", "__post_init__", "__new__"):
                for method in self.analysis.attribute(made, name):
                    if isinstance(method, Routine):
                        passing = Passing.NOTHING if name == "__post_init__" else Passing.CALL
                        single = is_single(self.analysis, callee)
                        self._enter(
                            method, Edge(frame, node, passing, method.receiver, (), when, single)
                        )
            for factory in factories(self.analysis, made):
                if isinstance(factory, Routine):
                    self._enter(factory, Edge(frame, node, Passing.NOTHING, when=when))
        elif isinstance(callee, Own):
            for method in self.analysis.attribute(callee, "__call__"):
                if isinstance(method, Routine):
                    self._enter(
                        method, Edge(frame, node, Passing.CALL, callee, (), when, method.cached)
                    )

    def _library(
        self, frame: Frame, node: cst.Call, callee: Library | Instance, when: When
    ) -> None:
        if isinstance(callee, Instance):
            name = f"{callee.kind}.__call__"
            receiver: Instance | None = callee
        else:
            name, receiver = callee.name, callee.receiver
        self.calls.append(Reached(frame, node, name, receiver, when))
        if name not in NEVER_CALLING and not self._serving.serve(
            name, receiver, Given(frame, node, when)
        ):
            self._callbacks(frame, node, name, when)
            if isinstance(callee, Instance):
                for inner in wrapped(self.analysis, callee):
                    self._own(frame, node, inner, when)

    def _callbacks(self, frame: Frame, node: cst.Call, name: str, when: When) -> None:
        last = name.rpartition(".")[2]
        passing = Passing.ANY
        if last in _MAPPING:
            passing = Passing.ELEMENTS
        elif last in SHIFTING:
            passing = Passing.SHIFTED
        elif name in _THREADS:
            passing = Passing.THREAD
        aside = starts(name, node) or self._is_started(frame, node)
        for argument in node.args:
            value = argument.value
            if not isinstance(value, (cst.Name, cst.Attribute, cst.Lambda)):
                continue
            found = self.analysis.things(value, frame)
            for method, of in handed_methods(frame, node, name, argument, found):
                self.calls.append(Reached(frame, node, method, of, when, handed=True))
            for thing in self._called(found):
                edge = Edge(
                    frame,
                    node,
                    passing,
                    thing.receiver,
                    thing.leading,
                    when,
                    thing.cached,
                    aside=aside,
                )
                self._enter(thing, edge)

    def _called(self, things: Iterable[Thing]) -> Iterator[Routine]:
        """The functions that are run where some things are called."""
        for thing in things:
            if isinstance(thing, Routine) and not thing.guessed:
                yield thing
            elif isinstance(thing, Own):
                methods = self.analysis.attribute(thing, "__call__")
                yield from (method for method in methods if isinstance(method, Routine))

    def _is_started(self, frame: Frame, node: cst.Call) -> bool:
        """Whether what a call makes is given to a thread: `executor.submit(partial(run, key))`."""
        given = frame.module.parent(node)
        outer = frame.module.parent(given) if isinstance(given, cst.Arg) else None
        if not isinstance(outer, cst.Call):
            return False
        found = self.analysis.things(outer.func, frame)
        names = [thing.name for thing in found if isinstance(thing, Library)]
        return any(starts(name, outer) for name in names or [""])

    def _property(self, frame: Frame, node: cst.Attribute) -> None:
        if not self._property_names:
            self._property_names = {
                name
                for module in tuple(self.analysis.codebase.loaded)
                for name in module.syntax.once("properties", partial(_properties, module))
            } | {""}
        if node.attr.value not in self._property_names:
            return
        from lamlint.python.reach.when import when

        for base in self.analysis.things(node.value, frame):
            if isinstance(base, Own):
                routine = property_of(self.analysis, base, node.attr.value)
                if routine is not None:
                    sure = when(frame, node)
                    edge = Edge(frame, node, Passing.NOTHING, base, (), sure, routine.cached)
                    self._enter(routine, edge)

    def _method(self, frame: Frame, node: cst.CSTNode, names: tuple[str, ...]) -> None:
        from lamlint.python.reach.when import when

        for base in self.analysis.things(node, frame):
            if isinstance(base, Own):
                for name in names:
                    for method in self.analysis.attribute(base, name):
                        if isinstance(method, Routine):
                            sure = when(frame, node)
                            self._enter(method, Edge(frame, node, Passing.NOTHING, base, (), sure))

    def _decorator(self, frame: Frame, node: cst.Decorator) -> None:
        inner = frame.module.parent(node)
        if not isinstance(inner, cst.FunctionDef):
            return
        for thing in self.analysis.things(node.decorator, frame):
            if isinstance(thing, Routine):
                given = (*thing.leading, Routine(frame.module, inner, frame))
                self._enter(thing, Edge(frame, node.decorator, Passing.NOTHING, None, given))


def _properties(module: Module) -> frozenset[str]:
    """The names of the decorated methods of a module: one may be a property."""
    known = facts(module.source)
    if known.taken:  # far sooner known than a tree is made
        return known.decorated
    return frozenset(
        function.name.value
        for function in module.nodes(cst.FunctionDef)
        if function.decorators and module.enclosing_class(function) is not None
    )
