"""How the lines of a function end: whether each run of them surely waits long for something.

A loop that sleeps in its rounds waits (`while …: time.sleep(10)`, `for attempt in range(10): …`),
however it is left. What fails, or gives up, may do so without waiting: it is not what a function
is for. So is what handles that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Flag, auto
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, TypeGuard

from lamlint.python.module import cst
from lamlint.python.module.walk import children
from lamlint.python.reach.giving_up import gives_up
from lamlint.python.reach.long_calls import is_long, is_sleep
from lamlint.python.values.calls import yields
from lamlint.python.values.objects import Routine

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Frame


class Ends(Flag):
    """How a run of some lines may end; all but the last two have not waited."""

    NONE = 0
    ON = auto()
    """The next line runs."""
    BREAKS = auto()
    CONTINUES = auto()
    RETURNS = auto()
    FAILS = auto()
    WAITED = auto()
    """It waited for long, whatever came then."""

    @property
    def surely_waited(self) -> bool:
        """Whether each run waited that did not fail."""
        return Ends.WAITED in self and not self & _IDLE

    def then(self, following: Ends) -> Ends:
        """The same with what follows where the next line runs."""
        return (self & ~Ends.ON) | following if Ends.ON in self else self


_IDLE = Ends.ON | Ends.BREAKS | Ends.CONTINUES | Ends.RETURNS
_APART = (cst.FunctionDef, cst.ClassDef)
_LATER = (cst.Lambda, cst.GeneratorExp, cst.ListComp, cst.SetComp, cst.DictComp)


class Lines:
    """How lines end, each worked out once for an analysis as long as its answers hold.

    `called`: the lines are those of functions that are called beside what is asked about. Of these
    a loop of some attempts says nothing, that mostly ends with its first.
    """

    def __init__(self, analysis: Analysis, called: Lines | None = None) -> None:
        self._analysis = analysis
        self._called = called or self
        self._known: dict[tuple[int, int], Ends] = {}
        self._around: dict[tuple[int, int], dict[int, tuple[bool, Ends]]] = {}
        self._functions: dict[int, bool] = {}

    def of(self, frame: Frame, line: cst.CSTNode) -> Ends:
        """How one statement ends."""
        key = (id(frame), id(line))
        if key not in self._known:
            self._known[key] = self._of(frame, line)
        return self._known[key]

    def of_all(self, frame: Frame, lines: Iterable[cst.CSTNode]) -> Ends:
        """How several ends that follow each other."""
        found = Ends.ON
        for line in lines:
            if Ends.ON not in found:
                break
            found = found.then(self.of(frame, line))
        return found

    def around(
        self, frame: Frame, block: cst.IndentedBlock, line: cst.CSTNode
    ) -> tuple[bool, Ends]:
        """Whether what is ahead of a line of a block waited, and how what is behind it ends.

        That is worked out for all its lines at once: many of them may lead to what is asked about.
        """
        key = (id(frame), id(block))
        if key not in self._around:
            self._around[key] = self._all_around(frame, block)
        return self._around[key][id(line)]

    def _all_around(self, frame: Frame, block: cst.IndentedBlock) -> dict[int, tuple[bool, Ends]]:
        each = [self.of(frame, line) for line in block.body]
        behind = [Ends.ON]
        for one in reversed(each):
            behind.append(one.then(behind[-1]))
        found: dict[int, tuple[bool, Ends]] = {}
        ahead = False
        for line, one, rest in zip(block.body, each, behind[-2::-1], strict=True):
            found[id(line)] = ahead, rest
            ahead = ahead or (Ends.WAITED in one and Ends.ON not in one)
        return found

    def waits(self, frame: Frame, call: cst.Call) -> bool:
        """Whether a call surely waits long: itself, or in the function that it calls."""
        made = self._analysis.things(call.func, frame)
        return bool(made) and all(
            self._called.runs_long(one)
            if isinstance(one, Routine)
            else is_long(self._analysis, frame, call, one)
            for one in made
        )

    def runs_long(self, routine: Routine) -> bool:
        """Whether a function that is called surely waits long."""
        key = id(routine.node)
        if key not in self._functions:
            self._functions[key] = False  # while it leads back to itself
            self._functions[key] = self._is_long(routine)
        return self._functions[key]

    def _is_long(self, routine: Routine) -> bool:
        function = routine.node
        if routine.cached or not isinstance(function, cst.FunctionDef):
            return False
        if yields(routine.module, function):
            return False
        frame = self._analysis.static(routine.module, function)
        return self.of_all(frame, function.body.body).surely_waited

    def _of(self, frame: Frame, line: cst.CSTNode) -> Ends:
        match line:
            case cst.SimpleStatementLine(body=parts) | cst.SimpleStatementSuite(body=parts):
                return self.of_all(frame, parts)
            case cst.IndentedBlock(body=lines):
                return self.of_all(frame, lines)
            case cst.FunctionDef() | cst.ClassDef():
                return Ends.ON
            case cst.If(test=test):
                other = self.of(frame, line.orelse) if line.orelse is not None else Ends.ON
                return self._asked(frame, test).then(self.of(frame, line.body) | other)
            case cst.Else() | cst.Finally():
                return self.of(frame, line.body)
            case cst.While() | cst.For():
                return self._of_loop(frame, line)
            case cst.With():
                opened = [self._asked(frame, one.item) for one in line.items]
                return reduce(Ends.then, opened, Ends.ON).then(self.of(frame, line.body))
            case cst.Try() | cst.TryStar():
                return self._of_try(frame, line)
            case cst.Match(subject=subject):
                cases = [self.of(frame, one.body) for one in line.cases]
                return self._asked(frame, subject).then(reduce(or_, cases, Ends.ON))
            case _:
                return self._asked(frame, line).then(_simply(frame, line))

    def _of_loop(self, frame: Frame, loop: cst.While | cst.For) -> Ends:
        inner = self.of(frame, loop.body)
        if self._asks_again(frame, loop, inner):
            return Ends.WAITED
        first = self._asked(frame, loop.test if isinstance(loop, cst.While) else loop.iter)
        goes_on = bool(inner & (Ends.ON | Ends.BREAKS | Ends.CONTINUES)) or not _has_a_round(loop)
        rest = inner & (Ends.RETURNS | Ends.FAILS | Ends.WAITED)
        return first.then(rest | Ends.ON if goes_on else rest)

    def _asks_again(self, frame: Frame, loop: cst.While | cst.For, inner: Ends) -> bool:
        """Whether a loop sleeps until something is done, as its rounds do that end so."""
        if self._called is self and not (isinstance(loop, cst.While) and Ends.WAITED in inner):
            return False
        if not (isinstance(loop, cst.While) or _is_counted(loop)):
            return False
        return any(is_sleep(self._analysis, frame, call) for call in whole_calls([loop.body]))

    def _of_try(self, frame: Frame, tried: cst.Try | cst.TryStar) -> Ends:
        found = self.of(frame, tried.body)
        if tried.orelse is not None:
            found = found.then(self.of(frame, tried.orelse))
        last = self.of(frame, tried.finalbody) if tried.finalbody is not None else Ends.ON
        if last.surely_waited:
            return last
        if Ends.ON in last or Ends.ON not in found:
            return found
        return found.then(last)

    def _asked(self, frame: Frame, node: cst.CSTNode) -> Ends:
        """Whether what is worked out for a line, whatever comes of it, waits."""
        found = any(self.waits(frame, call) for call in _calls(node))
        return Ends.WAITED if found else Ends.ON


def lines(analysis: Analysis) -> Lines:
    """What is known so far of how the lines end that an analysis reads."""
    found = analysis.kept.get(Lines)
    if not isinstance(found, Lines):
        found = analysis.kept[Lines] = Lines(analysis, Lines(analysis))
    return found


def whole_calls(body: Iterable[cst.CSTNode]) -> Iterator[cst.Call]:
    """The calls that are a whole line, or what one keeps, on no condition."""
    for line in body:
        match line:
            case cst.IndentedBlock() | cst.SimpleStatementSuite():
                yield from whole_calls(line.body)
            case cst.SimpleStatementLine(body=parts):
                yield from whole_calls(parts)
            case cst.Expr() | cst.Assign() | cst.AnnAssign() | cst.Return():
                value = line.value
                value = value.expression if isinstance(value, cst.Await) else value
                if isinstance(value, cst.Call):
                    yield value
            case cst.With(body=inner):
                yield from whole_calls([inner])
            case cst.Try(body=inner, finalbody=last):
                yield from whole_calls([inner])
                yield from whole_calls([last.body] if last is not None else [])
            case _:
                pass


def _simply(frame: Frame, line: cst.CSTNode) -> Ends:
    match line:
        case cst.Return():
            return Ends.FAILS if gives_up(frame, line) else Ends.RETURNS
        case cst.Continue():
            return Ends.FAILS if gives_up(frame, line) else Ends.CONTINUES
        case cst.Break():
            return Ends.BREAKS
        case cst.Raise():
            return Ends.FAILS
        case _:
            return Ends.ON


def _calls(node: cst.CSTNode) -> Iterator[cst.Call]:
    """The calls of a statement or an expression that each run of it makes."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        match current:
            case cst.Call():
                yield current
            case cst.IfExp(test=test):
                waiting.append(test)
                continue
            case cst.BooleanOperation(left=left):
                waiting.append(left)
                continue
            case _:
                pass
        if not isinstance(current, (*_LATER, *_APART)):
            waiting.extend(children(current))


def _is_counted(line: cst.CSTNode) -> TypeGuard[cst.For]:
    """Whether a loop makes so many attempts: `for attempt in range(10)`."""
    match line:
        case cst.For(iter=cst.Call(func=cst.Name(value="range"))):
            return True
        case _:
            return False


def _has_a_round(loop: cst.While | cst.For) -> bool:
    """Whether a loop surely has a round: one that has no end, or makes some attempts."""
    if isinstance(loop, cst.For):
        return _is_counted(loop)
    match loop.test:
        case cst.Name(value="True") | cst.Integer(value="1"):
            return True
        case _:
            return False
