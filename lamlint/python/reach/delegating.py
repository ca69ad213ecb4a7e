"""Where the work of a handler is, that does no more than run another function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.module import cst

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.reach.failing import Failing

_MOST = 5
"""So many functions lead to the one that works, each by the one before."""


def at_work(
    failing: Failing, module: Module, function: cst.FunctionDef
) -> tuple[Module, cst.FunctionDef]:
    """The function that works: a handler itself, or the one of the project that it only runs.

    What is decorated may be run several times, or not at all.
    """
    for _ in range(_MOST):
        call = _only_call(function)
        while call is not None and call.args and failing.runs(module, call.func):
            call = _as_call(call.args[0].value)  # asyncio.run(work(event))
        found = failing.function(module, call.func) if call is not None else None
        if found is None or found[1].decorators:
            break
        module, function = found
    return module, function


def _only_call(function: cst.FunctionDef) -> cst.Call | None:
    """The call that is all that a function does beside saying what it is for."""
    match list(function.body.body):
        case [*said, cst.SimpleStatementLine(body=[cst.Return() | cst.Expr() as last])]:
            return _as_call(last.value) if all(map(_is_text, said)) else None
        case _:
            return None


def _is_text(line: cst.CSTNode) -> bool:
    match line:
        case cst.SimpleStatementLine(body=[cst.Expr(value=cst.SimpleString())]):
            return True
        case _:
            return False


def _as_call(node: cst.BaseExpression | None) -> cst.Call | None:
    return node if isinstance(node, cst.Call) else None
