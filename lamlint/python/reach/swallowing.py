"""Whether a handler catches what fails in it, so that Lambda sees no failure of it.

An error gets out of code that acts on something outside of a `try` whose `except Exception` ends
it, or that raises one on purpose. What only reads the event, computes or writes something down
is neither: it hardly ever fails, and then for an event that is broken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import dotted
from lamlint.python.module.walk import children, descendants
from lamlint.python.reach.delegating import at_work
from lamlint.python.reach.failing import Failing
from lamlint.python.reach.keeping import keeps
from lamlint.python.reach.own_classes import run_by
from lamlint.python.reach.raised_again import told_and_raised
from lamlint.text import Span
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.catalog.computing import Computing
    from lamlint.python.module.module import Module
    from lamlint.python.reach.handler import Handler

_ALL = frozenset({"Exception", "BaseException", "builtins.Exception", "builtins.BaseException"})
_SUPPRESSING = frozenset({"suppress", "contextlib.suppress"})
HANDING_ON = frozenset(
    {
        "capture_lambda_handler", "capture_method", "classmethod", "inject_lambda_context",
        "lambda_handler", "log_metrics", "metric_scope", "staticmethod", "wraps",
    }
)  # fmt: skip
"""The decorators, most of them of Powertools, that raise nothing of their own."""
_DEFINING = (cst.FunctionDef, cst.Lambda, cst.ClassDef)
_ENDING = (cst.Return, cst.Raise, cst.Continue, cst.Break)
_MOST_FUNCTIONS = 200


@dataclass(frozen=True)
class Swallowed:
    """What a handler catches and ends; `wholly` where no error of its work gets out.

    What is `told` is raised again, once somebody was told of it; what is `kept` is in a list, in
    the log as an error, or wherever else the error is written. Where all is caught, it `sends`
    if a clause does something beyond the process: tells somebody, or writes it down elsewhere.
    """

    span: Span
    wholly: bool
    told: bool = False
    kept: bool = False
    sends: bool = False


def swallowed(handler: Handler, facts: Computing) -> Swallowed | None:
    """What a handler lets Lambda see nothing of; None where it surely or perhaps lets all out."""
    function = handler.entry.definition
    if function is None or function.asynchronous:
        return None
    try:
        return _errors(handler, facts).of_handler(handler.module, function)
    except RecursionError:
        return None


def fails_nowhere(handler: Handler, facts: Computing) -> bool:
    """Whether nothing that a handler does may fail, and it catches nothing: it answers or logs."""
    function = handler.entry.definition
    if function is None or function.asynchronous:
        return False
    try:
        return _errors(handler, facts).are_none(handler.module, function)
    except RecursionError:
        return False


def _errors(handler: Handler, facts: Computing) -> _Errors:
    declaring = frozenset(event.span for one in handler.functions for event in one.events)
    return _Errors(Failing(handler.codebase, facts), declaring, [], {})


@dataclass(frozen=True)
class _Errors:
    """Which errors get out of code; `ended` gathers where others are caught, and end.

    `declaring` are the decorators that declare a trigger, as those of Chalice do: what they make
    calls the function once, and hands on what gets out of it.
    """

    failing: Failing
    declaring: frozenset[Span]
    ended: list[tuple[Module, cst.CSTNode]]
    known: dict[tuple[int, bool], bool]

    def of_handler(self, module: Module, function: cst.FunctionDef) -> Swallowed | None:
        wrappers = [self._wrapper(module, one) for one in function.decorators]
        if any(one is None for one in wrappers):
            return None
        for owner, wrapper in filter(None, wrappers):
            if wrapper is not None and not self.get_out(owner, wrapper.body, works=True):
                return Swallowed(owner.span(wrapper.name), True, sends=True)
        if self.get_out(module, function.body, works=True):
            return self._of_a_part(*at_work(self.failing, module, function))
        end = _first_end(function.body)
        ended = [*self.ended, *([(module, end)] if end is not None else [])]
        if not ended:
            return None
        clauses = [
            (owner, one.body)
            for owner, one in ended
            if isinstance(one, (cst.ExceptHandler, cst.ExceptStarHandler))
        ]
        sends = any(self.get_out(owner, one, works=True) for owner, one in clauses)
        return Swallowed(ended[0][0].span(ended[0][1]), True, sends=sends)

    def are_none(self, module: Module, function: cst.FunctionDef) -> bool:
        """Whether a function that nothing is run around catches no errors, and raises none."""
        plain = all(self._wrapper(module, one) == (module, None) for one in function.decorators)
        return plain and not self.get_out(module, function.body, works=True) and not self.ended

    def get_out(self, module: Module, *nodes: cst.CSTNode, works: bool) -> bool:
        """Whether running some code may raise what nothing in it ends.

        With `works`, by failing at what it does; else only what it raises on purpose.
        """
        waiting = list(nodes)
        while waiting:
            node = waiting.pop()
            if isinstance(node, _DEFINING):
                continue
            if isinstance(node, (cst.Try, cst.TryStar)) and _catches_all(node):
                if self._block_gets_out(module, node, works):
                    return True
            elif isinstance(node, cst.With) and _suppresses(node):
                self.ended.append((module, node.items[0]))
            elif self._raises(module, node, works):
                return True
            else:
                waiting.extend(_run(node))
        return False

    def _raises(self, module: Module, node: cst.CSTNode, works: bool) -> bool:
        """Whether a node raises, or the function of the project that it names lets an error out."""
        if isinstance(node, (cst.Raise, cst.Assert)):
            return True
        if isinstance(node, cst.Call):
            run = run_by(self.failing, module, node, works=works)
            if run is None:
                return self.failing.fails(module, node, works=works)
            return any(self._function_gets_out(*one, works) for one in run)
        if not isinstance(node, (cst.Name, cst.Attribute)):
            return False
        named = self.failing.function(module, node)
        return named is not None and self._function_gets_out(*named, works)

    def _function_gets_out(self, module: Module, function: cst.FunctionDef, works: bool) -> bool:
        key = id(function), works
        if key not in self.known:
            self.known[key] = False  # what calls itself adds nothing
            unknown = any(self._wrapper(module, one) is None for one in function.decorators)
            self.known[key] = (
                unknown
                or len(self.known) > _MOST_FUNCTIONS
                or self.get_out(module, function.body, works=works)
            )
        return self.known[key]

    def _block_gets_out(self, module: Module, block: cst.Try | cst.TryStar, works: bool) -> bool:
        """Whether a block that catches all lets something out beside what it catches."""
        telling = [one.body for one in block.handlers]
        if block.finalbody is not None:
            telling.append(block.finalbody.body)
        beside = [block.orelse.body] if block.orelse is not None else []
        if self.get_out(module, *telling, works=False) or self.get_out(
            module, *beside, works=works
        ):
            return True
        if works:
            self.ended.append((module, block.handlers[-1]))
        return False

    def _of_a_part(self, module: Module, function: cst.FunctionDef) -> Swallowed | None:
        """What a function itself catches, of which some gets out or is beside it.

        First what is kept nowhere.
        """
        for end in sorted(self._own_ends(module, function), key=keeps):
            return Swallowed(module.span(end), False, kept=keeps(end))
        for clause in told_and_raised(self.failing, module, function):
            return Swallowed(module.span(clause), False, told=True)
        return None

    def _own_ends(
        self, module: Module, function: cst.FunctionDef
    ) -> Iterator[cst.ExceptHandler | cst.ExceptStarHandler]:
        """The clauses of a function itself that end what its work raises."""
        for node in descendants(function.body):
            if (
                isinstance(node, (cst.Try, cst.TryStar))
                and _catches_all(node)
                and not self._block_gets_out(module, node, True)
                and self.get_out(module, node.body, works=True)
            ):
                yield node.handlers[-1]

    def _wrapper(
        self, module: Module, decorator: cst.Decorator
    ) -> tuple[Module, cst.FunctionDef | None] | None:
        """What a decorator of the project runs around a function; no function where nothing.

        None where it is not known, or raises what it is called for again and again.
        """
        made = decorator.decorator
        written = made.func if isinstance(made, cst.Call) else made
        if (dotted(written) or "").rpartition(".")[2] in HANDING_ON:
            return module, None
        if self.declaring and module.span(made) in self.declaring:
            return module, None
        found = self.failing.function(module, written)
        inner = None if found is None else _inmost(found[1])
        if found is None or inner is None or inner is found[1]:
            return None
        return found[0], inner


def _inmost(function: cst.FunctionDef) -> cst.FunctionDef:
    """The function that a decorator, or what makes one, puts in the place of another."""
    while True:
        inside = [one for one in function.body.body if isinstance(one, cst.FunctionDef)]
        if len(inside) != 1:
            return function
        function = inside[0]


def _catches_all(block: cst.Try | cst.TryStar) -> bool:
    return any(name in _ALL for one in block.handlers for name in _caught(one))


def _caught(handler: cst.ExceptHandler | cst.ExceptStarHandler) -> list[str | None]:
    if handler.type is None:
        return ["Exception"]
    kinds = handler.type.elements if isinstance(handler.type, cst.Tuple) else None
    return [dotted(one.value) for one in kinds] if kinds else [dotted(handler.type)]


def _suppresses(block: cst.With) -> bool:
    """Whether leaving a block ends any error: `with suppress(Exception):`."""
    return any(
        isinstance(one.item, cst.Call)
        and dotted(one.item.func) in _SUPPRESSING
        and any(dotted(given.value) in _ALL for given in one.item.args)
        for one in block.items
    )


def _run(node: cst.CSTNode) -> Iterable[cst.CSTNode]:
    """What of a node is run: of a block, nothing behind what ends it."""
    found = children(node)
    if not isinstance(node, cst.IndentedBlock):
        return found
    end = _first_end(node)
    return found if end is None else found[: found.index(end) + 1]


def _first_end(block: cst.BaseSuite) -> cst.BaseStatement | None:
    """The statement of a block that ends it for sure, with others behind it."""
    lines = [one for one in block.body if isinstance(one, cst.BaseStatement)]
    for line in lines[:-1]:
        if isinstance(line, cst.SimpleStatementLine) and isinstance(line.body[-1], _ENDING):
            return line
    return None
