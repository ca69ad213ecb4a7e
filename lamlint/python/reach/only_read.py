"""Whether what a name holds is only read, also by the functions that it is handed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.looks import is_only_looked_at, looks_at
from lamlint.python.module.running import inside
from lamlint.python.module.scope import FUNCTIONS, last_name, positional
from lamlint.python.values.objects import Frame, Routine

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.values.analysis import Analysis

_FARTHEST = 3
"""As many functions may hand it on to each other."""


def is_only_read(analysis: Analysis, home: Frame, name: str, depth: int = 0) -> bool:
    """Whether nothing is added to what a name holds, in the function or module that binds it.

    It may be handed to functions of the project that only read it themselves.
    """
    module, function = home.module, home.node
    nodes = inside(module, function) if isinstance(function, FUNCTIONS) else module.nodes(cst.Name)
    uses = (node for node in nodes if isinstance(node, cst.Name) and node.value == name)
    return all(
        looks_at(module, use)
        or _is_kept_to_be_read(module, use)
        or _is_only_read_by_callee(analysis, home, use, depth)
        for use in uses
    )


def _is_kept_to_be_read(module: Module, use: cst.Name) -> bool:
    """Whether a line only gives it another name, and nothing is added under that."""
    line = module.parent(use)
    if not isinstance(line, cst.Assign) or line.value is not use:
        return False
    names = [last_name(target.target) for target in line.targets]
    return all(name and is_only_looked_at(module, name) for name in names)


def _is_only_read_by_callee(analysis: Analysis, home: Frame, use: cst.Name, depth: int) -> bool:
    given = home.module.parent(use)
    call = home.module.parent(given) if isinstance(given, cst.Arg) else None
    if not isinstance(given, cst.Arg) or not isinstance(call, cst.Call) or depth == _FARTHEST:
        return False
    things = analysis.things(call.func, home)
    return bool(things) and all(
        isinstance(thing, Routine) and _only_reads(analysis, thing, call, given, depth + 1)
        for thing in things
    )


def _only_reads(
    analysis: Analysis, callee: Routine, call: cst.Call, given: cst.Arg, depth: int
) -> bool:
    """Whether a function only reads what an argument gives it."""
    named = given.keyword.value if given.keyword is not None else None
    ahead = len(callee.leading) + (callee.receiver is not None)
    behind = positional(callee.node)[ahead + call.args.index(given) :][:1]
    name = named or next((one.name.value for one in behind), None)
    inner = Frame(callee.module, callee.node, callee.closure)
    return not given.star and name is not None and is_only_read(analysis, inner, name, depth)
