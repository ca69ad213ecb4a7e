"""What runs where an event is given to the application of a framework."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from lamlint.catalog.frameworks import At, Moment, Server, View, frameworks
from lamlint.python.module import cst
from lamlint.python.reach.dependencies import dependencies, made_by, of_class, provided
from lamlint.python.reach.flow import named
from lamlint.python.reach.held import application_of, called, held, view
from lamlint.python.reach.registered import owner_of
from lamlint.python.reach.routes import Routes
from lamlint.python.values.arguments import argument
from lamlint.python.values.attributes import lineage
from lamlint.python.values.caches import keeps
from lamlint.python.values.decorators import decorator_names
from lamlint.python.values.given import bound_before
from lamlint.python.values.objects import (
    Class,
    Edge,
    Frame,
    Instance,
    Own,
    Passing,
    Routine,
    Step,
    Thing,
    When,
)
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.values.analysis import Analysis

NEVER_CALLING = frozenset(
    {"atexit.register", "signal.signal", "functools.wraps", "functools.update_wrapper"}
)
"""What takes a function, and does not call it within an invocation."""
_MADE_BY = ("__init__", "__post_init__")
"""What making an object of a class runs."""


@dataclass(frozen=True, slots=True)
class Given:
    """Where an event is given away: a call in a frame; nothing where Lambda itself does it."""

    frame: Frame | None
    node: cst.Call | None
    when: When


class Serving:
    """Leads from what gives events away to the functions that run for them."""

    def __init__(
        self,
        analysis: Analysis,
        modules: Sequence[Module],
        frame_of: Callable[[Routine], Frame | None],
        enter: Callable[[Routine, Edge], None],
        *,
        declared: bool = False,
    ) -> None:
        self._analysis = analysis
        self._modules = modules
        self._frame_of = frame_of
        self._enter = enter
        self._routes = Routes(analysis, modules)
        self._never = {Moment.NEVER, Moment.APART} if declared else {Moment.NEVER}
        self.in_one_loop = False
        """Whether some server was met that keeps its event loop for the next event."""
        self.servers: set[str] = set()
        """What gives events to applications, by the names of its libraries."""

    def forget(self) -> None:
        """Drop what was found: a frame has got another way in."""
        self._routes = Routes(self._analysis, self._modules)

    def serve(self, name: str, receiver: Instance | None, given: Given) -> bool:
        """Enter what a call gives an event to; false where it does no such thing."""
        server = frameworks().server(name)
        if server is None or (server.at is At.RECEIVER and receiver is None):
            return False
        self.in_one_loop = self.in_one_loop or server.loop
        starts = _starts(self._analysis, server, receiver)
        things = list(self._applications(server, receiver, given))
        owners = [owner for thing in things if (owner := owner_of(thing)[0]) is not None]
        registered = list(self._routes.served(owners) if things else self._routes.all_of())
        if not registered or any(one.moment is Moment.INVOCATION for one in registered):
            self.servers.add(name.partition(".")[0])
        for one in registered:
            if one.moment in self._never or (one.moment is Moment.STARTUP and not starts):
                continue
            when = When.ERROR if one.moment is Moment.ERROR else given.when
            step = one.within(name) if one.moment is Moment.STARTUP else one.step
            self._run(one.thing, one.methods, step, Given(given.frame, given.node, when))
        for thing in things:
            if not isinstance(thing, Instance):
                self._run(thing, ("__call__",), None, given)
        return True

    def _applications(
        self, server: Server, receiver: Instance | None, given: Given
    ) -> Iterator[Thing]:
        """What a server gives its event to."""
        if server.at is At.RECEIVER:
            yield from [receiver] if receiver is not None else []
            return
        call, frame = given.node, given.frame
        if server.at is At.MAKER:
            call, frame = (receiver.call, receiver.frame) if receiver else (None, None)
        if call is None or frame is None:
            return
        written = argument(call, server.place, server.keyword)
        if written is not None:
            yield from held(self._analysis, written, frame)

    def _run(self, thing: Thing, methods: tuple[str, ...], step: Step | None, given: Given) -> None:
        """Enter what a framework calls: a function, or methods of an object or of a class."""
        match thing:
            case Routine():
                self._request(thing, step, given)
            case Own():
                self._methods(thing, called(self._analysis, thing.of, methods), step, given)
            case Class():
                self._view(thing, methods, step, given)
            case _:
                return

    def _view(self, of: Class, methods: tuple[str, ...], step: Step | None, given: Given) -> None:
        """Enter the methods of a class of which a framework makes an object: for each request."""
        row = view(self._analysis, of)
        names = called(self._analysis, of, row.methods if row is not None else methods)
        shared = _is_shared(self._analysis, of, row) if row is not None else bool(names)
        if shared:
            self._methods(Own(of, None, None), names, step, given)
            return
        first = next(self._routines(Own(of, None, None), (*names, "__init__")), None)
        frame = self._frame_of(first) if first is not None else None
        call = step.node if step is not None else None
        call = call.decorator if isinstance(call, cst.Decorator) else call
        if frame is None or not isinstance(call, cst.Call):
            self._methods(Own(of, None, None), names, step, given)
            return
        made = made_by(self._analysis, of, call, frame)
        self._methods(made, ("__init__", *names), step, given)

    def _methods(self, owner: Own, names: tuple[str, ...], step: Step | None, given: Given) -> None:
        for routine in self._routines(owner, names):
            self._request(routine, step, given)

    def _routines(self, owner: Own, names: tuple[str, ...]) -> Iterator[Routine]:
        for name in names:
            for method in self._analysis.attribute(owner, name):
                if isinstance(method, Routine):
                    yield method

    def _request(self, routine: Routine, step: Step | None, given: Given) -> None:
        """Enter a function that a framework gives what it makes of the event."""
        frame = self._frame_of(routine)
        if frame is None:
            return
        receiver = routine.receiver
        owner = routine.module.enclosing_class(routine.node)
        if receiver is None and owner is not None and not _is_static(routine):
            of = Class(routine.module, owner, routine.closure)
            receiver = self._object(of, step, frame)
            if decorator_names(self._analysis, owner, of.closure) & frameworks().makers:
                self._methods(receiver, _MADE_BY, step, given)
        edge = Edge(
            given.frame,
            given.node,
            Passing.REQUEST,
            receiver,
            routine.leading,
            given.when,
            routine.cached,
            provided=provided(self._analysis, routine, frame),
            step=step,
        )
        self._enter(routine, edge)

    def _object(self, of: Class, step: Step | None, frame: Frame) -> Own:
        """The object whose method is a route: of a class that is no view by itself."""
        call = step.node if step is not None else None
        call = call.decorator if isinstance(call, cst.Decorator) else call
        depends = any(True for _ in of_class(self._analysis, of))
        if depends and isinstance(call, cst.Call):
            return made_by(self._analysis, of, call, frame)
        return Own(of, None, None)

    def depend(self, frame: Frame) -> None:
        """Enter what the parameters of a function get, that a framework has called."""
        node = frame.node
        if frame.closure is None or not isinstance(node, (cst.FunctionDef, cst.Lambda)):
            return
        routine = Routine(frame.module, node, frame.closure)
        found = [*dependencies(self._analysis, routine)]
        owner = frame.module.enclosing_class(node)
        if owner is not None:
            found += of_class(self._analysis, Class(frame.module, owner, frame.closure))
        for each in found:
            given = Given(frame, None, When.ALWAYS)
            self._provide(each.thing, each.call, each.site, given)

    def decorate(self, frame: Frame) -> None:
        """Enter what a library's decorator of a function was given to call: a record handler."""
        if frame.closure is None or not isinstance(frame.node, cst.FunctionDef):
            return
        for decorator in frame.node.decorators:
            made = decorator.decorator
            if isinstance(made, cst.Call) and made.args:
                for thing in self._analysis.things(made, frame.closure):
                    if isinstance(thing, Instance) and _may_call(thing):
                        self._decorated(frame, decorator, made)

    def _decorated(self, frame: Frame, decorator: cst.Decorator, made: cst.Call) -> None:
        for given in made.args:
            for thing in self._analysis.things(given.value, frame.closure or frame):
                if isinstance(thing, Routine):
                    edge = Edge(
                        frame,
                        decorator,
                        Passing.REQUEST,
                        thing.receiver,
                        thing.leading,
                        When.CONDITIONAL,
                        thing.cached,
                    )
                    self._enter(thing, edge)

    def _provide(self, thing: Thing, call: cst.Call, site: cst.CSTNode, given: Given) -> None:
        frame = given.frame
        if frame is None:
            return
        routines: list[Routine] = []
        if isinstance(thing, Routine):
            routines = [thing]
        elif isinstance(thing, Own):
            routines = list(self._routines(thing, ("__call__",)))
        elif isinstance(thing, Class):
            routines = list(self._routines(made_by(self._analysis, thing, call, frame), _MADE_BY))
        for routine in routines:
            own = self._frame_of(routine)
            if own is not None:
                edge = Edge(
                    frame,
                    site,
                    Passing.REQUEST,
                    routine.receiver,
                    routine.leading,
                    cached=routine.cached,
                    provided=provided(self._analysis, routine, own),
                    step=Step(frame.module, site, f"{named(frame)} depends on {named(own)}"),
                )
                self._enter(routine, edge)


def _starts(analysis: Analysis, server: Server, receiver: Instance | None) -> bool:
    """Whether a server runs the startup of its application within each call."""
    if not server.lifespan or receiver is None:
        return False
    written = argument(receiver.call, server.lifespan_place, server.lifespan)
    if written is None:
        before = bound_before(receiver.call, receiver.frame, receiver.constructor)
        return not (before or any(one.star for one in receiver.call.args))
    known = analysis.text(written, receiver.frame).literal
    return known is not None and known != server.off


def _is_shared(analysis: Analysis, of: Class, row: View) -> bool:
    """Whether an application makes one object of a class for all events."""
    if row.shared or not row.kept:
        return row.shared
    written = (
        binding.value
        for current in lineage(analysis, of)
        for binding in current.module.scopes.own(current.node).bindings.get(row.kept, ())
    )
    return any(isinstance(one, cst.Name) and one.value == "False" for one in written)


def _may_call(made: Instance) -> bool:
    """Whether a decorator may call what it is given on each call of what it decorates."""
    name = made.constructor
    return application_of(made) is None and name not in NEVER_CALLING and not keeps(name)


def _is_static(routine: Routine) -> bool:
    return isinstance(routine.node, cst.FunctionDef) and any(
        isinstance(one.decorator, cst.Name) and one.decorator.value == "staticmethod"
        for one in routine.node.decorators
    )
