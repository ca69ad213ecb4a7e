"""Whether code waits so long that what it builds beside that costs next to nothing.

It sleeps, or runs another program to its end: itself, or in a function that it calls for that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeGuard

from lamlint.python.module import cst
from lamlint.python.module.walk import children
from lamlint.python.reach.dead import every_way
from lamlint.python.values.known import number
from lamlint.python.values.objects import Library, Routine

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Frame

_SLEEPING = frozenset({"time.sleep", "asyncio.sleep"})
_SECONDS = 1
"""Beside this a connection takes little time; it is ten times what one costs."""
_RUNNING = frozenset(
    {"subprocess.run", "subprocess.call", "subprocess.check_call", "subprocess.check_output"}
)
_QUICK = frozenset(
    {
        "basename", "cat", "chmod", "cp", "date", "df", "du", "echo", "env", "file", "find", "grep",
        "head", "hostname", "id", "kill", "ln", "ls", "mkdir", "mv", "printenv", "ps", "pwd",
        "readlink", "rm", "sed", "stat", "tail", "test", "touch", "true", "uname", "wc", "which",
        "whoami",
    }
)  # fmt: skip
"""Programs that are done in some milliseconds."""


def sleeps(analysis: Analysis, frame: Frame, loop: cst.CSTNode) -> bool:
    """Whether each round of a loop waits so long that little is lost by what it builds."""
    if not isinstance(loop, (cst.For, cst.While)):
        return False
    return any(_is_long(analysis, frame, call) for call in _calls(loop.body.body))


def waits_beside(analysis: Analysis, frame: Frame, node: cst.CSTNode) -> bool:
    """Whether whatever runs a node waits long in the same function: a loop of it sleeps."""
    child = node
    for ancestor in frame.module.ancestors(node):
        if isinstance(ancestor, cst.IndentedBlock):
            key = ("beside", id(frame.node), id(ancestor))
            lines = partial(_beside, analysis, frame, ancestor.body)
            if id(child) in frame.module.syntax.once(key, lines):
                return True
        if ancestor is frame.node:
            return False
        child = ancestor
    return False


def waits_on_each_way(analysis: Analysis, frames: Sequence[Frame], node: cst.CSTNode) -> bool:
    """Whether every way to a node leads through a loop that sleeps, or is beside one that does."""
    return every_way(frames, node, partial(_waits_around, analysis))


def _waits_around(analysis: Analysis, frame: Frame, node: cst.CSTNode) -> bool:
    for ancestor in frame.module.ancestors(node):
        if ancestor is frame.node:
            break
        if sleeps(analysis, frame, ancestor):
            return True
    return waits_beside(analysis, frame, node)


def _beside(analysis: Analysis, frame: Frame, lines: Sequence[cst.BaseStatement]) -> frozenset[int]:
    """Those of some lines before or behind which another waits, that nothing leaves ahead of it.

    A loop that leaves the function does so in its time.
    """
    waiting = [_waits(analysis, frame, line) for line in lines]
    found: set[int] = set()
    ahead = False
    for line, waits in zip(lines, waiting, strict=True):
        if ahead:
            found.add(id(line))
        ahead = ahead or waits
    behind = False
    for line, waits in zip(reversed(lines), reversed(waiting), strict=True):
        if behind:
            found.add(id(line))
        if isinstance(line, (cst.If, cst.Try, cst.With, cst.Match)) and _returns(line):
            behind = False
        else:
            behind = behind or waits
    return frozenset(found)


def _returns(line: cst.CSTNode) -> bool:
    waiting = [line]
    while waiting:
        current = waiting.pop()
        if isinstance(current, cst.Return):
            return True
        waiting.extend(children(current))
    return False


def _waits(analysis: Analysis, frame: Frame, line: cst.CSTNode) -> bool:
    if isinstance(line, cst.While) or _is_counted(line):
        return any(_is_sleep(analysis, frame, call) for call in _calls(line.body.body))
    return any(_is_long(analysis, frame, call) for call in _calls([line]))


def _is_counted(line: cst.CSTNode) -> TypeGuard[cst.For]:
    """Whether a loop makes so many attempts: `for attempt in range(10)`."""
    match line:
        case cst.For(iter=cst.Call(func=cst.Name(value="range"))):
            return True
        case _:
            return False


def _calls(lines: Sequence[cst.CSTNode]) -> Iterator[cst.Call]:
    """The calls that are a whole line, or what one keeps, on no condition."""
    for line in lines:
        match line:
            case cst.SimpleStatementLine(body=parts):
                for part in parts:
                    kept = isinstance(part, (cst.Expr, cst.Assign, cst.AnnAssign, cst.Return))
                    value = part.value if kept else None  # type: ignore[attr-defined]
                    value = value.expression if isinstance(value, cst.Await) else value
                    if isinstance(value, cst.Call):
                        yield value
            case cst.With(body=inner):
                yield from _calls(inner.body)
            case cst.Try(body=inner, finalbody=last):
                yield from _calls(inner.body)
                if last is not None:
                    yield from _calls(last.body.body)
            case _:
                pass


def _is_long(analysis: Analysis, frame: Frame, call: cst.Call) -> bool:
    if _is_sleep(analysis, frame, call) or _runs_program(frame.module, call):
        return True
    made = analysis.things(call.func, frame)
    return bool(made) and all(
        isinstance(one, Routine)
        and isinstance(one.node, cst.FunctionDef)
        and any(_runs_program(one.module, inner) for inner in _calls(one.node.body.body))
        for one in made
    )


def _is_sleep(analysis: Analysis, frame: Frame, call: cst.Call) -> bool:
    if len(call.args) != 1:
        return False
    made = analysis.things(call.func, frame)
    if not any(isinstance(one, Library) and one.name in _SLEEPING for one in made):
        return False
    known = number(analysis.value(call.args[0].value, frame)).choices
    return bool(known) and all(float(choice.value) >= _SECONDS for choice in known)


def _runs_program(module: Module, call: cst.Call) -> bool:
    """Whether a call runs a program to its end that is named there, and takes its time."""
    if not call.args or module.qualified(call) not in _RUNNING:
        return False
    match call.args[0].value:
        case cst.List(elements=[first, *_]) | cst.Tuple(elements=[first, *_]):
            named = first.value
        case other:
            named = other
    text = named.raw_value if isinstance(named, cst.SimpleString) else ""
    program = (text.split() or [""])[0].rpartition("/")[2]
    return bool(program) and program not in _QUICK
