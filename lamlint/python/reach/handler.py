"""A handler, and what its invocation reaches. The questions that rules ask."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterator, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from lamlint.catalog.constructors import Constructors
from lamlint.catalog.ends import Ends, ends
from lamlint.catalog.writes import Writes
from lamlint.python.module.module import Module
from lamlint.python.reach.call import Call
from lamlint.python.reach.django import SETTINGS
from lamlint.python.reach.guard import Guard
from lamlint.python.values.alternatives import UNKNOWN, Text
from lamlint.text import Span, Unread

if TYPE_CHECKING:
    from lamlint.catalog.computing import Computing
    from lamlint.model import Function
    from lamlint.python.codebase.codebase import Codebase
    from lamlint.python.module import cst
    from lamlint.python.reach.beginning import Beginning
    from lamlint.python.reach.bounds import Bounds
    from lamlint.python.reach.entry import Entry
    from lamlint.python.reach.environment import EnvironmentRead
    from lamlint.python.reach.imported import Imported
    from lamlint.python.reach.recursion import WayBack
    from lamlint.python.reach.run import Run
    from lamlint.python.values.analysis import Origins
    from lamlint.python.values.listed import TextsByKey
    from lamlint.python.values.objects import Frame, Instance

T = TypeVar("T")
_KEPT = ("way_back", "environment_reads", "words")


class Handler:
    """What Lambda invokes, in one codebase.

    `functions` are the configured functions that name it; empty when it was
    recognised by its signature, or as what it is.
    """

    def __init__(
        self, codebase: Codebase, entry: Entry, functions: tuple[Function, ...] = ()
    ) -> None:
        self.codebase = codebase
        self.entry = entry
        self.functions = functions

    def __repr__(self) -> str:
        return f"Handler({self.module.path!r}, {self.name!r})"

    @property
    def name(self) -> str:
        """The function's name; of what is none, the name that it is called by."""
        return self.entry.name

    @property
    def module(self) -> Module:
        """The module that defines it."""
        return self.entry.module

    @property
    def by_signature(self) -> bool:
        """Whether no configuration names it."""
        return not self.functions

    @property
    def surely_invoked(self) -> bool:
        """Whether Lambda itself is taken to call it, by its configuration or its name.

        What only has the signature may be one of many that another handler chooses from.
        """
        from lamlint.python.reach.signature import is_called_handler

        called = not self.entry.is_function or is_called_handler(self.name)
        return bool(self.functions) or called

    @property
    def span(self) -> Span:
        """Its name in its file."""
        return self.module.span(self.entry.node)

    def forget(self) -> None:
        """Let go what the analysis found; calls that were given out answer no more questions."""
        for name in ("_invocation", "_import"):
            run = self.__dict__.pop(name, None)
            if run is not None:
                run.leave()
        for name in (*_KEPT, "_beginning", "_imports", "_bounds"):
            self.__dict__.pop(name, None)

    def _give_up(self) -> None:
        reason = f"only in part: {self.name} leads through more code than lamlint follows"
        self.codebase.leave_out(Unread(self.span, reason))

    def _ask(self, question: Callable[[], T], unknown: T) -> T:
        """The answer to a question; what is unknown where it leads too deep."""
        try:
            return question()
        except RecursionError:
            self._give_up()
            return unknown

    @cached_property
    def _beginning(self) -> Beginning:
        from lamlint.python.reach.beginning import Beginning

        return Beginning(
            self.codebase, self.entry, self.functions, self.imported_modules, self._give_up
        )

    @cached_property
    def _invocation(self) -> Run:
        """What each invocation runs."""
        return self._beginning.invocation()

    @cached_property
    def _import(self) -> Run:
        """What runs once an environment, before its first invocation."""
        return self._beginning.importing()

    def calls(
        self,
        names: Container[str] | None = None,
        *,
        at_import: bool = False,
        handed: bool = False,
    ) -> Iterator[Call]:
        """Every call that an invocation reaches, once, by its shortest way; of some names only if
        given. With `at_import`, those that importing the handler's modules makes come first.

        With `handed`, the calls are among them that hand a method on to what will call it:
        `executor.submit(client.invoke, FunctionName=…)`, `partial(client.invoke, …)`.
        """
        if at_import:
            yield from self._import.calls(names, handed=handed)
        if at_import or names is None or self._may_call(names):
            yield from self._invocation.calls(names, handed=handed)

    @cached_property
    def _bounds(self) -> Bounds | None:
        """What an invocation can do at most; None where that is anything."""
        from lamlint.python.reach.bounds import bounds

        by_settings = any(SETTINGS in one.environment.variables for one in self.functions)
        return None if by_settings else bounds(self.codebase, self.module, self.name)

    def _may_call(self, names: Container[str]) -> bool:
        """Whether an invocation may call something by one of some names: far sooner known than
        what it calls.
        """
        known = "_invocation" in self.__dict__
        return known or self._bounds is None or self._bounds.may_call(_ends(names))

    def may_need(self, is_missing: Callable[[str], bool]) -> bool:
        """Whether the code may need an environment variable of which some are missing."""
        variables = None if self._bounds is None else self._bounds.variables
        return variables is None or any(map(is_missing, variables))

    @property
    def is_served_in_one_loop(self) -> bool:
        """Whether a server gives its event to an application, in one event loop for all events."""
        return self._invocation.reach.is_served_in_one_loop

    @property
    def servers(self) -> frozenset[str]:
        """The libraries by which its event is given to an application."""
        return self._invocation.reach.servers

    def nodes(self) -> Iterator[cst.CSTNode]:
        """The nodes of every function that is reached."""
        from lamlint.python.module.running import inside

        for frame in self._invocation.reach.order:
            yield from inside(frame.module, frame.node)

    def decorators(self) -> Iterator[cst.Decorator]:
        """What decorates the functions that are reached."""
        from lamlint.python.module.cst import FunctionDef

        for frame in self._invocation.reach.order:
            if isinstance(frame.node, FunctionDef):
                yield from frame.node.decorators

    @cached_property
    def words(self) -> frozenset[str]:
        """The names that what is reached is written with."""
        from lamlint.python.reach.words import words

        return words(self.nodes())

    def origins(self, call: Call, node: cst.CSTNode) -> Origins:
        """What a node at a call's place depends on: "event", "context", names of library calls."""
        from lamlint.python.values.analysis import EVENT
        from lamlint.python.values.origins import origins

        found = (origins(call.analysis, node, frame) for frame in call.frames)
        return self._ask(lambda: frozenset().union(*found), frozenset({EVENT}))

    def depends_on_event(self, call: Call, node: cst.CSTNode) -> bool:
        """Whether a node at a call's place may depend on the event or the context."""
        from lamlint.python.values.origins import depends_on_invocation

        found = (depends_on_invocation(call.analysis, node, frame) for frame in call.frames)
        return self._ask(lambda: any(found), True)

    def memoized(self, call: Call) -> bool:
        """Whether every way to a call leads through a memo, in whichever function."""
        return (self._import if call.at_import else self._invocation).memoized(call)

    def keywords(
        self, frames: Sequence[Frame], node: cst.CSTNode
    ) -> list[tuple[str, cst.CSTNode, Frame]] | None:
        """The keywords that a `**` argument holds, with values; None when not all are known."""
        from lamlint.python.reach.starred import keywords

        found: list[tuple[str, cst.CSTNode, Frame]] = []
        for frame in frames:
            written = self._ask(partial(keywords, self._invocation.analysis, node, frame), None)
            if written is None:
                return None
            found.extend(written)
        return found

    def count(self, frames: Sequence[Frame], node: cst.CSTNode) -> int | None:
        """How many arguments a `*` argument holds at most; None when that is not known."""
        from lamlint.python.reach.starred import count

        analysis = self._invocation.analysis
        counts = [self._ask(partial(count, analysis, node, frame), None) for frame in frames]
        known = [one for one in counts if one is not None]
        return max(known) if known and len(known) == len(counts) else None

    def text(self, frame: Frame, node: cst.CSTNode) -> Text:
        """What is known of a string in a frame."""
        return self._ask(lambda: self._invocation.analysis.text(node, frame), UNKNOWN)

    def is_setting(self, frame: Frame, node: cst.CSTNode) -> bool:
        """Whether a node in a frame is a field that a library fills from the environment."""
        from lamlint.python.values.settings import is_setting

        return self._ask(lambda: is_setting(self._invocation.analysis, node, frame), False)

    def value(self, call: Call, node: cst.CSTNode | None) -> Text:
        """What is known of a string at a call's place."""
        from lamlint.python.values.alternatives import either

        if node is None:
            return UNKNOWN
        found = (call.analysis.text(node, frame) for frame in call.frames)
        return self._ask(lambda: either(list(found)), UNKNOWN)

    def made_with(self, instance: Instance, place: int | None, keyword: str = "") -> Text:
        """What is known of an argument that a tracked object was made with."""
        from lamlint.python.values.arguments import argument

        node = argument(instance.call, place, keyword)
        return UNKNOWN if node is None else self.text(instance.frame, node)

    def guards(self, call: Call) -> tuple[Guard, ...]:
        """The tests that decide whether a call is reached, on all ways to it."""
        from lamlint.python.reach.guards import guards

        unknown = (Guard(call.node, call.module, True, True, frozenset()),)
        return self._ask(lambda: tuple(guards(call.analysis, call.frames, call.node)), unknown)

    def guarded(
        self, call: Call, items: cst.CSTNode | None, stops: Callable[[Guard], bool]
    ) -> bool:
        """Whether a test that counts decides about a call, or about all that it is made for.

        `items` is the argument that holds what the call hands on, if it hands on many.
        """
        from lamlint.python.reach.selected import guarded

        return self._ask(lambda: guarded(call.analysis, call.frames, call.node, items, stops), True)

    def dicts(self, call: Call, node: cst.CSTNode | None) -> tuple[TextsByKey, ...]:
        """The dicts of a list written in the code, each with its texts; none when unsure."""
        from lamlint.python.values.listed import dicts

        if node is None or len(call.frames) != 1:
            return ()
        return dicts(call.analysis, node, call.frames[0])

    def inner(
        self, call: Call, node: cst.CSTNode | None, path: Sequence[str], *, keys: bool = False
    ) -> tuple[Text, ...]:
        """The texts that a path leads to in written lists and dicts; or (`keys`) the keys of
        a dict from whose values it leads anywhere.
        """
        from lamlint.python.values.listed import keys_to, within

        if node is None:
            return ()
        look = keys_to if keys else within
        return tuple(
            found for frame in call.frames for found in look(call.analysis, node, frame, path)
        )

    @cached_property
    def way_back(self) -> WayBack | None:
        """The shortest way from the handler to a call of itself; None when there is none."""
        from lamlint.python.reach.recursion import way_back

        if self._bounds is not None and self.name not in self._bounds.named:
            return None
        run, definition = self._invocation, self.entry.definition
        if definition is None:
            return None
        return way_back(run.analysis, run.reach.order, definition, by_signature=self.by_signature)

    @cached_property
    def _imports(self) -> Imported:
        from lamlint.python.reach.imported import Imported

        return Imported(self.codebase, self.module, self.functions)

    def imported_modules(self) -> tuple[Module, ...]:
        """The modules of the codebase that are imported with the handler's module, itself first."""
        return self._imports.modules

    def imported_libraries(self) -> Iterator[tuple[str, Span]]:
        """The modules outside the codebase, by their first name, that its code surely imports."""
        return self._imports.libraries()

    def members(self, package: str) -> Iterator[tuple[str, Span]]:
        """The names that its code surely uses of a library's package, imported or read."""
        return self._imports.members(package)

    def only_computes(self, facts: Computing, *, quickly: bool = False) -> bool:
        """Whether all that an invocation may run is known, and neither acts nor waits.

        With `quickly` it may ask services of AWS that answer at once, too.
        """
        from lamlint.python.reach.computing import only_computes

        definition, modules = self.entry.definition, self.imported_modules()
        if definition is None:  # whatever calls it may do more
            return False
        return only_computes(self.codebase, modules, definition, facts, quickly=quickly)

    def asks_in_loops(self, facts: Computing) -> bool:
        """Whether its code may ask something in rounds, so that it may take any time."""
        from lamlint.python.reach.computing import asks_in_loops

        return asks_in_loops(self.codebase, self.imported_modules(), facts)

    def only_logs(self, facts: Computing) -> bool:
        """Whether it calls something, and all that only computes, or writes a log.

        Who calls nothing yet is there to be written.
        """
        from lamlint.python.reach.computing import calls_something

        definition = self.entry.definition
        calls = definition is not None and calls_something(definition)
        return calls and self.only_computes(facts)

    @cached_property
    def environment_reads(self) -> tuple[EnvironmentRead, ...]:
        """The environment variables that are read at import or in what the handler reaches."""
        from lamlint.python.reach.environment import reads

        run = self._invocation
        return tuple(reads(run.analysis, self.module, self.imported_modules(), run.reach))


def _ends(names: Container[str]) -> Ends | None:
    """The last names of some full ones; None where it is not known which these are."""
    if isinstance(names, (Constructors, Writes)):
        return names.ends
    return ends(names) if isinstance(names, Collection) else None
