"""What a function of the project gives back, by what a call gives to it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.leaving import is_ended
from lamlint.python.module.running import inside
from lamlint.python.values.caches import keeps
from lamlint.python.values.decorators import decorator_names
from lamlint.python.values.kinds import UNKNOWN, Values, union
from lamlint.python.values.objects import Edge, Frame, Passing, Routine
from lamlint.python.values.off import never_run, truth_of

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.values.asker import Asker

_PLAIN = frozenset({"staticmethod", "classmethod", "property", "functools.wraps"})
_NOTHING: Values = frozenset([None])
_MOST = 12
"""Of a function with more returns it is not known what it gives."""


def answered(asked: Asker, routine: Routine, edge: Edge, depth: int) -> Values:
    """What one call of a function gives; of what it never comes to, nothing."""
    module, function = routine.module, routine.node
    inner = asked.analysis.inline(module, function, routine.closure, edge)
    if inner is None or routine.guessed:
        return UNKNOWN
    if isinstance(function, cst.Lambda):
        return asked.values(function.body, inner, depth + 1)
    if not _is_plain(asked, routine, function):
        return UNKNOWN
    returns = _returns(module, function)
    if returns is None:
        return UNKNOWN
    ask = asked.at(depth + 1)
    found = [
        _NOTHING if one.value is None else asked.values(one.value, inner, depth + 1)
        for one in returns
        if not never_run(ask, inner, one)
    ]
    holds = partial(truth_of, ask, inner)
    if not is_ended(module, function.body, holds):
        found.append(_NOTHING)
    return union(found)


def of_call(asked: Asker, node: cst.Call, frame: Frame, depth: int) -> Values:
    """What a call of functions of the project gives."""
    found = asked.analysis.things(node.func, frame)
    routines = [one for one in found if isinstance(one, Routine)]
    if not routines or len(routines) < len(found):
        return UNKNOWN
    return union(
        answered(asked, one, Edge(frame, node, Passing.CALL, one.receiver, one.leading), depth)
        for one in routines
    )


def _is_plain(asked: Asker, routine: Routine, function: cst.FunctionDef) -> bool:
    """Whether a call gives what the function returns."""
    if function.asynchronous is not None:
        return False
    names = decorator_names(asked.analysis, function, routine.closure)
    return len(names) == len(function.decorators) and all(
        name in _PLAIN or keeps(name) for name in names
    )


def _returns(module: Module, function: cst.FunctionDef) -> list[cst.Return] | None:
    """Where a function returns; None where it does so in too many places, or yields."""

    def found() -> list[cst.Return] | None:
        kinds = [one for one in inside(module, function) if isinstance(one, cst.Return | cst.Yield)]
        returns = [one for one in kinds if isinstance(one, cst.Return)]
        return returns if len(returns) == len(kinds) <= _MOST else None

    return module.syntax.once(("returns", id(function)), found)
