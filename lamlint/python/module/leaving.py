"""Statements that nothing comes behind: they return, raise, go to a loop's next round or never end.

Of a choice, what leaves is both branches, or the one that its test always takes. A `with` may
go on behind an error, as `suppress` does: what its block does says nothing of what follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from lamlint.python.module import cst
from lamlint.python.module.module import Module
from lamlint.python.module.walk import children

Test: TypeAlias = Callable[[cst.BaseExpression], "bool | None"]
"""What a condition always is; None when that is not known."""

_JUMPS = (cst.Return, cst.Raise, cst.Continue, cst.Break)
_EXITS = frozenset({"sys.exit", "os._exit", "os.abort", "exit", "quit"})
_ELSEWHERE = (cst.FunctionDef, cst.ClassDef, cst.Lambda)
_LINES = (cst.SimpleStatementLine, cst.SimpleStatementSuite)
_BLOCKS = (cst.Module, cst.IndentedBlock, *_LINES)


def is_left(module: Module, block: cst.CSTNode, child: cst.CSTNode, test: Test) -> bool:
    """Whether a block is always left ahead of one of its statements."""
    if not isinstance(block, _BLOCKS):
        return False
    leaving = frozenset(map(id, _leaving(module, block)))
    for line in block.body if leaving else ():
        if line is child:
            return False
        if id(line) in leaving and _leaves(module, line, test):
            return True
    return False


def is_ended(module: Module, block: cst.CSTNode, test: Test) -> bool:
    """Whether nothing comes behind a block: it is always left."""
    return any(_leaves(module, line, test) for line in _leaving(module, block))


def _leaving(module: Module, block: cst.CSTNode) -> tuple[cst.CSTNode, ...]:
    """The statements of a block that may leave it, whatever the tests of their branches are."""

    def some() -> tuple[cst.CSTNode, ...]:
        lines = block.body if isinstance(block, _BLOCKS) else ()
        return tuple(line for line in lines if _may_leave(module, line))

    return module.syntax.once(("leaving", block), some)


def _may_leave(module: Module, line: cst.CSTNode) -> bool:
    match line:
        case cst.Expr(value=cst.Call() as call):
            return module.qualified(call.func) in _EXITS
        case cst.While():
            return _is_endless(line)
        case _ if isinstance(line, _ELSEWHERE):
            return False
        case _:
            inside = any(_leaving(module, block) for block in _blocks(line))
            return inside or isinstance(line, _JUMPS)


def _leaves(module: Module, line: cst.CSTNode, test: Test) -> bool:
    """Whether nothing behind a statement, one of those that may leave its block, is ever run."""

    def left(block: cst.CSTNode | None) -> bool:
        lines = () if block is None else _leaving(module, block)
        return any(_leaves(module, each, test) for each in lines)

    match line:
        case cst.SimpleStatementLine():
            return left(line)
        case cst.If():
            taken = test(line.test)
            other = line.orelse.body if isinstance(line.orelse, cst.Else) else None
            elif_leaves = isinstance(line.orelse, cst.If) and _leaves(module, line.orelse, test)
            return (taken is False or left(line.body)) and (
                taken is True or left(other) or elif_leaves
            )
        case cst.Try():
            if line.finalbody is not None and left(line.finalbody.body):
                return True
            goes = left(line.body) or (line.orelse is not None and left(line.orelse.body))
            return goes and all(left(handler.body) for handler in line.handlers)
        case cst.Match():
            return _fits_all(line) and all(left(case.body) for case in line.cases)
        case _:
            return True


def _blocks(line: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The blocks of a choice or a `try`; of a line of simple statements, itself."""
    match line:
        case cst.SimpleStatementLine():
            yield line
        case cst.If():
            yield line.body
            if line.orelse is not None:
                yield from _blocks(line.orelse)
        case cst.Else() | cst.Finally() | cst.ExceptHandler() | cst.MatchCase():
            yield line.body
        case cst.Try() | cst.Match():
            for each in children(line):
                yield from [each] if isinstance(each, cst.IndentedBlock) else _blocks(each)
        case _:
            return


def _fits_all(choice: cst.Match) -> bool:
    """Whether one of the cases is always taken: the last one takes anything."""
    last = choice.cases[-1]
    return isinstance(last.pattern, cst.MatchAs) and not (last.pattern.pattern or last.guard)


def _is_endless(loop: cst.While) -> bool:
    """Whether a loop is `while True`, without a `break` of its own."""
    forever = isinstance(loop.test, cst.Name) and loop.test.value == "True"
    if not forever and not (isinstance(loop.test, cst.Integer) and loop.test.value == "1"):
        return False
    waiting: list[cst.CSTNode] = [loop.body]
    while waiting:
        current = waiting.pop()
        if isinstance(current, cst.Break):
            return False
        if isinstance(current, (cst.For, cst.While)):
            waiting.extend([current.orelse] if current.orelse is not None else [])
        elif not isinstance(current, _ELSEWHERE):
            waiting.extend(children(current))
    return True
