"""Whether a call is run about as often as its handler: nothing chooses it that may be rare.

Routes, a dispatch, `if event["action"] == "list"` are alternatives: the handler does one of them
on each run. What the configuration chooses is the same on all runs. How often a branch is taken
that stands on an answer of something else, the code does not tell, nor what comes behind the answer
of a cache; but what a function of the
project says of a request tells one kind of them from another.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator
from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING

from lamlint.catalog.frameworks import frameworks
from lamlint.python.module import cst
from lamlint.python.reach.cached_answer import answers, is_cached
from lamlint.python.reach.fallback import is_missing
from lamlint.python.reach.rounds import conditions
from lamlint.python.values.analysis import CONTEXT, EVENT
from lamlint.python.values.objects import Frame, Routine
from lamlint.python.values.origins import depends, origins

if TYPE_CHECKING:
    from lamlint.catalog.computing import Computing
    from lamlint.python.reach.call import Call
    from lamlint.python.values.analysis import Analysis

_GIVEN = frozenset({EVENT, CONTEXT})
_CHANGING = frozenset({"datetime", "random", "secrets", "time", "uuid"})
"""What computes, and is another thing on each run."""


def is_as_often(call: Call, computing: Computing, *, asked: bool) -> bool:
    """Whether some way from the handler to a call has no branch but such as these.

    `asked` says that the handler runs for requests.
    """
    waiting: list[tuple[Frame, cst.CSTNode]] = [(frame, call.node) for frame in call.frames]
    seen: set[tuple[int, int]] = set()
    while waiting:
        frame, site = waiting.pop()
        if (id(frame), id(site)) in seen:
            continue
        seen.add((id(frame), id(site)))
        if not all(
            _is_known(call.analysis, computing, frame, one, asked=asked)
            for one in _branches(call.analysis, frame, site)
        ):
            continue
        for edge in frame.edges:
            if edge.caller is None or edge.site is None:
                return True
            waiting.append((edge.caller, edge.site))
    return False


def may_be_rare(
    analysis: Analysis,
    computing: Computing,
    frame: Frame,
    node: cst.CSTNode,
    loop: cst.CSTNode | None,
) -> bool:
    """Whether some branch leads to a node, within a loop around it, that may be rare."""
    return not all(
        _is_known(analysis, computing, frame, one, asked=False)
        for one in _branches(analysis, frame, node, loop)
    )


def _branches(
    analysis: Analysis, frame: Frame, node: cst.CSTNode, within: cst.CSTNode | None = None
) -> Iterator[cst.CSTNode]:
    """The tests that a node of a frame's function is run by; loops are none.

    A choice as a whole is one of which only a cache tells how often it is made so.
    """
    child = node
    for ancestor in frame.module.ancestors(node):
        if ancestor is frame.node:
            return
        yield from conditions(ancestor, child)
        if ancestor is within:
            return
        match ancestor:
            case cst.If() | cst.IfExp() if child is not ancestor.test:
                left = _leaves_else(ancestor, child) and not _has_nothing(ancestor)
                missing = is_missing(ancestor, child)
                if missing and is_cached(analysis, frame, missing):
                    yield ancestor
                elif not (missing or left):
                    yield ancestor.test
            case cst.IndentedBlock():
                for line in takewhile(partial(operator.is_not, child), ancestor.body):
                    if isinstance(line, cst.If) and _has_nothing(line):
                        yield line.test
                    yield from answers(analysis, frame, line)
            case cst.BooleanOperation(operator=cst.And()) if child is ancestor.right:
                yield ancestor.left
            case cst.Match() if child is not ancestor.subject:
                yield ancestor.subject
            case cst.ExceptHandler() | cst.ExceptStarHandler() if child is ancestor.body:
                yield ancestor
            case _:
                pass
        child = ancestor


def _has_nothing(choice: cst.If | cst.IfExp) -> bool:
    """Whether there is nothing to do where a test holds: `if not messages: return`.

    What follows is then a branch of what there is. A refusal gives an answer.
    """
    block = choice.body
    last = block.body[-1] if isinstance(block, cst.IndentedBlock) and block.body else None
    leaving = last.body[-1] if isinstance(last, cst.SimpleStatementLine) else None
    match leaving:
        case cst.Return(value=None | cst.Name(value="None")):
            return _asks_for_nothing(choice.test)
        case _:
            return False


def _asks_for_nothing(test: cst.CSTNode) -> bool:
    """Whether a test holds where something is not there, or has nothing in it."""
    match test:
        case cst.UnaryOperation(operator=cst.Not()):
            return True
        case cst.Comparison(comparisons=[cst.ComparisonTarget(cst.NotIn(), _)]):
            return True
        case cst.Comparison(comparisons=[cst.ComparisonTarget(cst.Is() | cst.Equal(), other)]):
            written = isinstance(other, (cst.Integer, cst.Name)) and other.value in ("0", "None")
            return written or (isinstance(other, (cst.List, cst.Dict)) and not other.elements)
        case _:
            return False


def _leaves_else(choice: cst.If | cst.IfExp, chosen: cst.CSTNode) -> bool:
    """Whether any other case is an early exit, as one ahead of the line would be."""
    other = choice.orelse if chosen is choice.body else choice.body
    block = other.body if isinstance(other, cst.Else) else other
    last = block.body[-1] if isinstance(block, cst.IndentedBlock) and block.body else None
    leaving = last.body[-1] if isinstance(last, cst.SimpleStatementLine) else None
    ends = isinstance(leaving, (cst.Return, cst.Continue)) and other is choice.body
    return ends or isinstance(leaving, cst.Raise)


def _is_known(
    analysis: Analysis, computing: Computing, frame: Frame, test: cst.CSTNode, *, asked: bool
) -> bool:
    """Whether a test asks nobody but the event and the configuration, or judges a request."""
    if isinstance(test, (cst.ExceptHandler, cst.ExceptStarHandler, cst.If, cst.IfExp)):
        return False
    try:
        if _is_given(analysis, computing, frame, test):
            return True
        return asked and _judges(analysis, computing, frame, test)
    except RecursionError:
        analysis.give_up()
        return False


def _is_given(analysis: Analysis, computing: Computing, frame: Frame, node: cst.CSTNode) -> bool:
    """Whether an expression is made of nothing but the event and the configuration."""
    return not depends(analysis, node, frame, lambda one: not _only_reads(one, computing))


def _judges(analysis: Analysis, computing: Computing, frame: Frame, test: cst.CSTNode) -> bool:
    """Whether a function of the project is asked of the request, and of nothing else."""
    while isinstance(test, cst.UnaryOperation):
        test = test.expression
    if not isinstance(test, cst.Call) or not test.args:
        return False
    callees = analysis.things(test.func, frame)
    if not callees or not all(isinstance(one, Routine) for one in callees):
        return False
    given = [one.value for one in test.args]
    return all(_is_given(analysis, computing, frame, one) for one in given) and any(
        EVENT in origins(analysis, one, frame) for one in given
    )


def _only_reads(name: str, computing: Computing) -> bool:
    """Whether it is the event, or a library's function that makes the same of the same."""
    if name in _GIVEN:
        return True
    if name.partition(".")[0] in _CHANGING:
        return False
    return computing.allows(name) or frameworks().knows(name)
