"""Whether a loop sleeps in each of its rounds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.values.known import number
from lamlint.python.values.objects import Library

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Frame

_SLEEPING = frozenset({"time.sleep", "asyncio.sleep"})
_SECONDS = 1
"""Beside this a connection takes little time; it is ten times what one costs."""


def sleeps(analysis: Analysis, frame: Frame, loop: cst.CSTNode) -> bool:
    """Whether each round of a loop sleeps so long that little is lost by what it builds."""
    if not isinstance(loop, (cst.For, cst.While)):
        return False
    return any(_is_long(analysis, frame, call) for call in _each_round(loop.body))


def _each_round(block: cst.BaseSuite) -> Iterator[cst.Call]:
    """The calls that are a whole line of a loop, on no condition."""
    for line in block.body:
        match line:
            case cst.SimpleStatementLine(body=parts):
                for part in parts:
                    value = part.value if isinstance(part, cst.Expr) else None
                    value = value.expression if isinstance(value, cst.Await) else value
                    if isinstance(value, cst.Call):
                        yield value
            case cst.With(body=inner):
                yield from _each_round(inner)
            case cst.Try(body=inner, finalbody=last):
                yield from _each_round(inner)
                if last is not None:
                    yield from _each_round(last.body)
            case _:
                pass


def _is_long(analysis: Analysis, frame: Frame, call: cst.Call) -> bool:
    if len(call.args) != 1:
        return False
    made = analysis.things(call.func, frame)
    if not any(isinstance(one, Library) and one.name in _SLEEPING for one in made):
        return False
    known = number(analysis.value(call.args[0].value, frame)).choices
    return bool(known) and all(float(choice.value) >= _SECONDS for choice in known)
