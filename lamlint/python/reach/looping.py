"""The loop that runs a node again and again, unless it is left at its first success.

Nor is it one that looks for one thing by its name.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.reach.certain import goes_on
from lamlint.python.reach.counted import counted
from lamlint.python.reach.rounds import COMPREHENSIONS, rounds
from lamlint.python.reach.searching import finds_one
from lamlint.python.values.objects import Frame

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis


def loop_around(
    analysis: Analysis, frame: Frame, node: cst.CSTNode, beyond: int = 1
) -> cst.CSTNode | None:
    """The loop of its frame's function that runs a node in more rounds than `beyond`.

    One round is no loop: of a text that is written there, or of the only record of each event.
    """
    child = node
    passed: list[tuple[cst.IndentedBlock | cst.Try, cst.CSTNode]] = []
    for ancestor in frame.module.ancestors(node):
        if ancestor is frame.node:
            return None
        match ancestor:
            case cst.For() | cst.While() if child is not ancestor.orelse:
                # Few calls stand in a loop: only there it is asked how it goes on.
                left = next(filter(None, itertools.starmap(_left_after, passed)), None)
                passed = []
                if left is cst.Return:
                    return None
                once = left is cst.Break and child is ancestor.body
                once = once or (
                    isinstance(ancestor, cst.For) and finds_one(frame.module, node, ancestor)
                )
                if not once and _is_long(analysis, frame, ancestor, child, beyond):
                    return ancestor
            case cst.Return():
                return None
            case cst.IndentedBlock() | cst.Try():
                passed.append((ancestor, child))
            case _ if isinstance(ancestor, COMPREHENSIONS):
                inside_it = child is not ancestor.for_in or _is_tested(frame, node, ancestor)
                if inside_it and _has_more(analysis, frame, ancestor, beyond):
                    return ancestor
            case _:
                pass
        child = ancestor
    return None


def _is_tested(frame: Frame, node: cst.CSTNode, loop: cst.CSTNode) -> bool:
    """Whether a node stands in a condition of a comprehension."""
    between = itertools.takewhile(lambda one: one is not loop, frame.module.ancestors(node))
    return any(isinstance(one, cst.CompIf) for one in between)


def _has_more(analysis: Analysis, frame: Frame, loop: cst.BaseExpression, beyond: int) -> bool:
    """Whether a comprehension may have more rounds than some."""
    most = rounds(analysis, loop, frame)
    return most is None or most > beyond


def _is_long(
    analysis: Analysis, frame: Frame, loop: cst.For | cst.While, child: cst.CSTNode, beyond: int
) -> bool:
    """Whether a part of a loop is run in more rounds than some, as far as that is seen."""
    if isinstance(loop, cst.While):
        most = counted(analysis, loop, frame)
    elif child is not loop.body:
        return False
    else:
        most = rounds(analysis, loop.iter, frame)
    return most is None or most > beyond


def _left_after(around: cst.IndentedBlock | cst.Try, line: cst.CSTNode) -> type[cst.CSTNode] | None:
    """How a loop is left, or its function, once a line of a block is done: at its first success."""
    if isinstance(around, cst.Try):
        done = around.body if around.orelse is None else around.orelse.body
        return _left_by(done.body) if line is around.body else None
    behind = itertools.dropwhile(lambda one: one is not line, around.body)
    return _left_by(itertools.islice(behind, 1, None))


def _left_by(lines: Iterable[cst.CSTNode]) -> type[cst.CSTNode] | None:
    """How some lines surely leave the loop that they stand in, unless something fails."""
    for line in lines:
        match line:
            case cst.SimpleStatementLine(body=[*_, cst.Return() | cst.Break() as leaving]):
                return type(leaving)
            case cst.With(body=cst.IndentedBlock(body=inner)):
                left = _left_by(inner)
                if left is not None:
                    return left
            case cst.If() if (left := _left_by_either(line)) is not None:
                return left
            case _ if goes_on(line):
                return None
            case _:
                pass
    return None


def _left_by_either(choice: cst.If) -> type[cst.CSTNode] | None:
    """How both branches of a choice leave a loop; one that raises fails."""
    other = choice.orelse
    if not isinstance(choice.body, cst.IndentedBlock) or other is None:
        return None
    ways = [None if _raises(choice.body) else _left_by(choice.body.body)]
    fails = [_raises(choice.body)]
    if isinstance(other, cst.If):
        ways.append(_left_by_either(other))
        fails.append(False)
    else:
        ways.append(_left_by(other.body.body))
        fails.append(_raises(other.body))
    left = {way for way, failing in zip(ways, fails, strict=True) if not failing}
    return left.pop() if len(left) == 1 else None


def _raises(block: cst.BaseSuite) -> bool:
    """Whether a block ends by an error."""
    last = block.body[-1] if block.body else None
    return isinstance(last, cst.SimpleStatementLine) and isinstance(last.body[-1], cst.Raise)
