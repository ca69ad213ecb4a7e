"""What one handler's analysis remembers: frames, answers, and how much it may still ask."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from lamlint.python.module import cst
from lamlint.python.module.scope import FUNCTIONS, Binding, How, Scope
from lamlint.python.values.alternatives import Text
from lamlint.python.values.answers import Answers, Memory
from lamlint.python.values.objects import Class, Edge, Frame, Routine, Thing
from lamlint.python.values.unions import Unions

if TYPE_CHECKING:
    from lamlint.model.value import Value
    from lamlint.python.codebase.codebase import Codebase
    from lamlint.python.module.module import Module
    from lamlint.python.values.configured import Configured
    from lamlint.python.values.known import Known

T = TypeVar("T")
_MOST_STEPS = 400_000
"""How much is asked about one handler, beside what each function that it runs may be asked. A
count, not a clock: the same code always gets the same answers."""
_MOST_OF_ONE = 200
"""How much is asked about a function; the largest application read so far, of 790, asks 350."""
_MOST_FRAMES = 2_500
"""How many functions one handler may run; real ones run up to 110."""
_DEEPEST_INLINE = 8
_DEEPEST_IN_ITSELF = 2
"""How often a function is looked at within itself; with two calls of itself, each time doubles the
ways, and what it gives is of the same kinds."""
_MOST_WAYS = 400
"""In how many calls a function is looked at one by one; more would multiply with each other."""


def _nothing() -> None:
    """Tell nobody: what is asked is small."""


def _unknown(_name: str) -> None:
    """Know no environment variable."""


Things = tuple[Thing, ...]
Path = tuple[int | None, ...]
"""Places in tuples and lists that lie in each other; None for any of them."""
Origins = frozenset[str]
EVENT = "event"
CONTEXT = "context"


class Analysis(ABC):
    """The state shared by all questions about one handler, and their answers until `forget`.

    What an expression is depends on what calls give, what attributes are and what names are
    bound to, and each of these on what expressions are: they ask each other by way of this.
    """

    def __init__(
        self,
        codebase: Codebase,
        give_up: Callable[[], None] = _nothing,
        variable: Callable[[str], Value[str] | None] = _unknown,
        modules: Callable[[], tuple[Module, ...]] | None = None,
        environments: tuple[Configured, ...] = (),
        records: int | None = None,
    ) -> None:
        self.codebase = codebase
        self.give_up = give_up
        """What is called where some code is not looked at, since there is too much of it."""
        self.variable = variable
        """What an environment variable is, by its name; None where that is not known."""
        self.environments = environments
        """What the functions that run the code are configured with; none where that is unknown."""
        self.records = records
        """How many `Records` an event has at most; None where that is not known."""
        self.kept: dict[object, Any] = {}
        """What those who ask have worked out of the answers, until `forget`."""
        self._imported = modules or (lambda: tuple(codebase.loaded))
        self.modules: dict[int, Frame] = {}
        self.reached: dict[tuple[int, int], Frame] = {}
        self.by_function: dict[int, Frame] = {}
        self._steps = 0
        self.exhausted = False
        """Whether so much was asked that every further answer is "unknown"."""
        self._memory = Memory(self.step)
        self.ask = self._memory.ask
        """The answer to a question, once; nothing where it leads back to itself."""
        self.known_things: Answers[Things] = self._memory.kind(Answers())
        self.known_names: Answers[Things] = self._memory.kind(Answers())
        self.known_bound: Answers[Things] = self._memory.kind(Answers())
        self.known_elements: Answers[Things] = self._memory.kind(Answers())
        self.known_attributes: Answers[Things] = self._memory.kind(Answers())
        self.known_texts: Answers[Text] = self._memory.kind(Answers())
        self.known_values: Answers[Known] = self._memory.kind(Answers())
        self.known_puts: Answers[tuple[tuple[str | None, Thing], ...]] = self._memory.kind(
            Answers()
        )
        self.known_parts: Answers[Things] = self._memory.kind(Answers())
        self.known_runs: Answers[tuple[Frame, ...]] = self._memory.kind(Answers())
        self.known_classes: Answers[tuple[Class, ...]] = self._memory.kind(Answers())
        self.origins = Unions()
        self.asked: set[tuple[str, int, int]] = set()
        self._unpacking: dict[tuple[Things, Path], tuple[Things, Path]] = {}
        self._attributes: dict[tuple[Class, str, int], tuple[Class, str, int]] = {}
        self._ways: dict[int, int] = {}
        self._inline: dict[tuple[int, int, Edge], Frame] = {}
        self._static: dict[int, Frame] = {}

    @abstractmethod
    def things(self, node: cst.CSTNode, frame: Frame) -> Things:
        """What an expression, evaluated in a frame, may be; empty when nothing is known."""

    @abstractmethod
    def text(self, node: cst.CSTNode, frame: Frame) -> Text:
        """What a string expression, evaluated in a frame, may be."""

    @abstractmethod
    def value(self, node: cst.CSTNode, frame: Frame) -> Known:
        """What an expression, evaluated in a frame, is known to be: any constant."""

    @abstractmethod
    def bound(self, binding: Binding, frame: Frame) -> Iterable[Thing]:
        """What a binding makes of its name."""

    @abstractmethod
    def member(self, module: Module, name: str) -> Iterator[Thing]:
        """What a name of a module of the codebase may be."""

    @abstractmethod
    def attribute(self, base: Thing, name: str) -> Iterator[Thing]:
        """What an attribute of a thing may be."""

    @abstractmethod
    def returned(self, routine: Routine, edge: Edge) -> Things:
        """What one call of a function gives: what it returns, or yields as a context manager."""

    @abstractmethod
    def derived(self, of: Class) -> tuple[Class, ...]:
        """The classes of the project that derive from a class."""

    @abstractmethod
    def added(self, thing: Thing, key: str | None) -> Iterator[Thing]:
        """What lines of the project put into a container, under a key if one is given."""

    @cached_property
    def imported(self) -> tuple[Module, ...]:
        """The modules of the project that may be imported."""
        return self._imported()

    def forget(self) -> None:
        """Drop the answers that another way into a frame may change."""
        self._memory.forget()
        self.origins.forget()
        self.kept.clear()

    def leave(self) -> None:
        """Undo the circles that frames form through their callers, so that all can be let go."""
        for frame in self.reached.values():
            frame.edges.clear()

    def step(self) -> None:
        """Count one question more, or one more place where an answer is looked for."""
        self._steps += 1
        most = _MOST_STEPS + _MOST_OF_ONE * len(self.reached)
        if self._steps > most and not self.exhausted:
            self.exhausted = True
            self.give_up()

    def has_room(self) -> bool:
        """Whether one more function may be reached."""
        if len(self.reached) < _MOST_FRAMES:
            return True
        self.give_up()
        return False

    def ask_apart(
        self,
        kind: Answers[T],
        node: object,
        frame: object,
        answer: Callable[[], T],
        nothing: T,
    ) -> T:
        """The same for a question of which many others are made, as if none were under way."""
        if self._memory.apart or (id(node), id(frame)) in kind.known:
            return self._memory.ask(kind, node, frame, answer, nothing)
        asked, self.asked = self.asked, set()
        try:
            return self._memory.ask_apart(kind, node, frame, answer, nothing)
        finally:
            self.asked = asked

    def unpacking(self, things: Things, path: Path) -> tuple[Things, Path]:
        """One and the same object for equal ones, so that they are one question."""
        return self._unpacking.setdefault((things, path), (things, path))

    def asking(self, of: Class, name: str, places: int) -> tuple[Class, str, int]:
        """The same for an attribute of a class's objects, by how many places set it."""
        question = (of, name, places)
        return self._attributes.setdefault(question, question)

    def ways_into(self, frame: Frame) -> list[Edge]:
        """The ways into a frame that are known so far."""
        if frame.depth == 0 and frame.closure is not None:
            self._memory.read(frame.node)
        return frame.edges

    def running(self, function: cst.CSTNode) -> Frame | None:
        """The frame of a function that the handler runs; None while no way to it is known."""
        frame = self.by_function.get(id(function))
        if frame is None:
            self._memory.read(function)
        return frame

    def entered(self, frame: Frame) -> None:
        """Note that a frame has got another way in."""
        self._memory.changed(frame.node)

    def module_frame(self, module: Module) -> Frame:
        """The frame of a module's own code."""
        frame = self.modules.get(id(module))
        if frame is None:
            frame = self.modules[id(module)] = Frame(module, module.tree, None)
        return frame

    def static(self, module: Module, node: cst.CSTNode) -> Frame:
        """A frame of a function that nothing leads to here: the reached one, or an empty one."""
        running = self.running(node)
        if running is not None:
            return running
        if id(node) not in self._static:
            self._static[id(node)] = Frame(module, node, self._closure(module, node))
        return self._static[id(node)]

    def around(self, module: Module, node: cst.CSTNode) -> Frame:
        """The frame in which a node is evaluated, as far as that is known."""
        function = function_of(module, module.scopes.of(node))
        return self.frame_of(function, self.module_frame(module))

    def _closure(self, module: Module, node: cst.CSTNode) -> Frame:
        for ancestor in module.ancestors(node):
            if isinstance(ancestor, FUNCTIONS):
                return self.static(module, ancestor)
        return self.module_frame(module)

    def inline(self, module: Module, node: cst.CSTNode, closure: Frame, edge: Edge) -> Frame | None:
        """A frame of a function for one call only; None when calls lie too deep in each other."""
        depth = 1 + (edge.caller.depth if edge.caller else 0)
        key = (id(node), id(closure), edge)
        if key in self._inline:
            return self._inline[key]
        ways = self._ways.get(id(node), 0)
        if depth > _DEEPEST_INLINE or ways >= _MOST_WAYS or self.exhausted:
            return None
        if _times(node, edge.caller) > _DEEPEST_IN_ITSELF:
            return None
        self._ways[id(node)] = ways + 1
        frame = self._inline[key] = Frame(module, node, closure, depth, [edge])
        return frame

    def lookup(self, name: str, at: cst.CSTNode, frame: Frame) -> Iterator[tuple[Binding, Frame]]:
        """What binds a name as seen from a node, each with the frame to read it in."""
        for binding in self.seen_from(name, at, frame)[1]:
            yield binding, self.home(binding, frame)

    def seen_from(self, name: str, at: cst.CSTNode, frame: Frame) -> tuple[Scope, list[Binding]]:
        """The scope that holds a name as seen from a node, and what binds it."""
        return frame.module.scopes.seen_from(at, name)

    def home(self, binding: Binding, frame: Frame) -> Frame:
        """The frame in which a binding of a module is made, as seen from a frame of that module."""
        module = frame.module
        if binding.how is How.PARAMETER:
            function = module.parent(module.parent(binding.node) or binding.node)
        else:
            function = function_of(module, module.scopes.of(binding.node))
        return self.frame_of(function or module.tree, frame)

    def frame_of(self, function: cst.CSTNode, frame: Frame) -> Frame:
        """The frame of a function (or module) that encloses what is run in a frame."""
        current: Frame | None = frame
        while current is not None:
            if current.node is function:
                return current
            current = current.closure
        if isinstance(function, cst.Module):
            return self.module_frame(frame.module)
        return self.static(frame.module, function)

    def members(self, module: Module, name: str) -> Iterator[tuple[Binding, Frame]]:
        """What binds a name of a module, star imports included."""
        frame = self.module_frame(module)
        found = module.scopes.module.bindings.get(name, ())
        for binding in found:
            yield binding, self.home(binding, frame)
        if not found:
            yield from self._starred(module, name, {module.path})

    def _starred(
        self, module: Module, name: str, seen: set[str]
    ) -> Iterator[tuple[Binding, Frame]]:

        for star in module.scopes.module.stars:
            other = self.codebase.module(module.absolute(star))
            if other is None or other.path in seen:
                continue
            seen.add(other.path)
            bindings = other.scopes.module.bindings.get(name, ())
            for binding in bindings:
                yield binding, self.home(binding, self.module_frame(other))
            if not bindings:
                yield from self._starred(other, name, seen)


def _times(function: cst.CSTNode, caller: Frame | None) -> int:
    """How often a function is under way where a frame calls it."""
    times = 0
    while caller is not None:
        times += caller.node is function
        caller = caller.edges[0].caller if caller.depth else None
    return times


def function_of(module: Module, scope: Scope) -> cst.CSTNode:
    """The function (or module tree) that a scope belongs to."""
    current: Scope | None = scope
    while current is not None and current.parent is not None:
        if isinstance(current.node, FUNCTIONS):
            return current.node
        current = current.parent
    return module.tree
