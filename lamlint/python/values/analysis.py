"""What one handler's analysis remembers: frames, answers, and how much it may still ask."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

import libcst as cst

from lamlint.python.module.scope import FUNCTIONS, Binding, How, Scope
from lamlint.python.values.alternatives import Text
from lamlint.python.values.objects import Class, Edge, Frame, Routine, Thing
from lamlint.python.values.unions import Unions

if TYPE_CHECKING:
    from lamlint.model.value import Value
    from lamlint.python.codebase.codebase import Codebase
    from lamlint.python.module.module import Module
    from lamlint.python.values.known import Known

T = TypeVar("T")
_MOST_STEPS = 400_000
"""How much is asked about one handler; real ones ask up to 13,000 questions. A count, not a clock:
the same code always gets the same answers."""
_MOST_FRAMES = 2_500
"""How many functions one handler may run; real ones run up to 110."""
_DEEPEST_INLINE = 8
_MOST_WAYS = 400
"""In how many calls a function is looked at one by one; more would multiply with each other."""


def _nothing() -> None:
    """Tell nobody: what is asked is small."""


def _unknown(_name: str) -> None:
    """Know no environment variable."""


Things = tuple[Thing, ...]
Origins = frozenset[str]
EVENT = "event"
CONTEXT = "context"


class Analysis(ABC):
    """The state shared by all questions about one handler. Answers are cached until `forget`.

    What an expression is depends on what calls give, what attributes are and what names are
    bound to, and each of these on what expressions are: they ask each other by way of this.
    """

    def __init__(
        self,
        codebase: Codebase,
        give_up: Callable[[], None] = _nothing,
        variable: Callable[[str], Value[str] | None] = _unknown,
        modules: Callable[[], tuple[Module, ...]] | None = None,
    ) -> None:
        self.codebase = codebase
        self.give_up = give_up
        """What is called where some code is not looked at, since there is too much of it."""
        self.variable = variable
        """What an environment variable is, by its name; None where that is not known."""
        self._imported = modules or (lambda: tuple(codebase.loaded))
        self.modules: dict[int, Frame] = {}
        self.reached: dict[tuple[int, int], Frame] = {}
        self.by_function: dict[int, Frame] = {}
        self._steps = 0
        self.known_things: dict[tuple[int, int], Things] = {}
        self.origins = Unions()
        self.known_texts: dict[tuple[int, int], Text] = {}
        self.known_values: dict[tuple[int, int], Known] = {}
        self.known_puts: dict[tuple[int, int], tuple[tuple[str | None, Thing], ...]] = {}
        self.asked: set[tuple[str, int, int]] = set()
        self._open: dict[tuple[str, int, int], int] = {}
        """The questions under way, with their places."""
        self._lowest = 0
        """The place of the outermost question that the current one led back to."""
        self._loose: list[Callable[[], object]] = []
        """What drops the answers that may be less than all."""
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
    def bound(self, binding: Binding, frame: Frame) -> Iterator[Thing]:
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
        """Drop all answers: a frame has got another way in."""
        self.known_things.clear()
        self.origins.forget()
        self.known_texts.clear()
        self.known_values.clear()
        self.known_puts.clear()

    def leave(self) -> None:
        """Undo the circles that frames form through their callers, so that all can be let go."""
        for frame in self.reached.values():
            frame.edges.clear()

    @property
    def exhausted(self) -> bool:
        """Whether so much was asked that every further answer is "unknown"."""
        return self._steps > _MOST_STEPS

    def step(self) -> None:
        """Count one question more, or one more place where an answer is looked for."""
        self._steps += 1
        if self._steps == _MOST_STEPS + 1:
            self.give_up()

    def has_room(self) -> bool:
        """Whether one more function may be reached."""
        if len(self.reached) < _MOST_FRAMES:
            return True
        self.give_up()
        return False

    def ask(
        self,
        kind: str,
        cache: dict[tuple[int, int], T],
        node: cst.CSTNode,
        frame: Frame,
        answer: Callable[[], T],
        nothing: T,
    ) -> T:
        """The answer to a question, once; `nothing` where it leads back to itself.

        What is answered on such a way back may be less than all, and is kept no longer than
        until the question that it led back to is answered.
        """
        key = (id(node), id(frame))
        if key in cache:
            return cache[key]
        question = (kind, *key)
        if question in self._open:
            self._lowest = min(self._lowest, self._open[question])
            return nothing
        self.step()
        place, since = len(self._open), len(self._loose)
        self._open[question] = place
        outer, self._lowest = self._lowest, place
        try:
            found = cache[key] = answer()
        finally:
            del self._open[question]
            closed = self._lowest >= place
            self._lowest = outer if closed else min(outer, self._lowest)
        if closed:
            for forget in self._loose[since:]:
                forget()
            del self._loose[since:]
        else:
            self._loose.append(partial(cache.pop, key, None))
        return found

    def module_frame(self, module: Module) -> Frame:
        """The frame of a module's own code."""
        frame = self.modules.get(id(module))
        if frame is None:
            frame = self.modules[id(module)] = Frame(module, module.tree, None)
        return frame

    def static(self, module: Module, node: cst.CSTNode) -> Frame:
        """A frame of a function that nothing leads to here: the reached one, or an empty one."""
        if id(node) in self.by_function:
            return self.by_function[id(node)]
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
        self._ways[id(node)] = ways + 1
        frame = self._inline[key] = Frame(module, node, closure, depth, [edge])
        return frame

    def lookup(self, name: str, at: cst.CSTNode, frame: Frame) -> Iterator[tuple[Binding, Frame]]:
        """What binds a name as seen from a node, each with the frame to read it in."""
        scopes = frame.module.scopes
        _, bindings = scopes.find(name, scopes.of(at))
        for binding in bindings:
            yield binding, self.home(binding, frame)

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


def function_of(module: Module, scope: Scope) -> cst.CSTNode:
    """The function (or module tree) that a scope belongs to."""
    current: Scope | None = scope
    while current is not None and current.parent is not None:
        if isinstance(current.node, FUNCTIONS):
            return current.node
        current = current.parent
    return module.tree
