"""How many rounds a `while` has at most that counts them: `while tries < 3:`, `tries += 1`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import Binding, How
from lamlint.python.module.walk import descendants
from lamlint.python.values.known import number

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Frame

_LOOPS = (cst.For, cst.While)


def counted(analysis: Analysis, loop: cst.While, frame: Frame) -> int | None:
    """The most rounds of a loop that goes on while its counter is small; None where unknown."""
    for counter, end, extra in _limits(loop.test):
        known = number(analysis.value(end, frame))
        most = [one.value for one in known.choices if isinstance(one.value, int)]
        if most and len(most) == len(known.choices):
            start, step = _counting(frame.module, loop, counter)
            if step:
                return max(0, math.ceil((max(most) + extra - start) / step))
    return None


def _limits(test: cst.BaseExpression) -> Iterator[tuple[cst.Name, cst.BaseExpression, int]]:
    """The counters of a test, each with what it has to stay below; all parts of it have to hold."""
    match test:
        case cst.BooleanOperation(left=left, operator=cst.And(), right=right):
            yield from _limits(left)
            yield from _limits(right)
        case cst.Comparison(left=cst.Name() as name, comparisons=[cst.ComparisonTarget(op, end)]):
            if isinstance(op, (cst.LessThan, cst.LessThanEqual)):
                yield name, end, int(isinstance(op, cst.LessThanEqual))
        case _:
            pass


def _counting(module: Module, loop: cst.While, counter: cst.Name) -> tuple[int, int]:
    """Where a counter begins at the least, and by how much each round lets it grow; 0: unknown."""
    scope, bound = module.scopes.find(counter.value, module.scopes.of(counter))
    key = ("counters", id(scope), counter.value)
    changed, given = module.syntax.once(key, lambda: _changed_and_given(bound))
    grown = _all(_step(module, loop, one) for one in changed)  # one elsewhere ends it
    first = _all(_start(module, loop, one) for one in given) if grown else ()
    return (min(first), min(grown)) if first else (0, 0)


def _changed_and_given(bound: Sequence[Binding]) -> tuple[Sequence[Binding], Sequence[Binding]]:
    """What changes a name, and what gives it something: names of many loops are looked at once."""
    changed = [one for one in bound if one.how is How.CHANGED]
    return changed, [one for one in bound if one.how is not How.CHANGED]


def _all(each: Iterable[int | None]) -> Sequence[int]:
    """All of some numbers, up to the first that is not known; then none."""
    found: list[int] = []
    for one in each:
        if one is None:
            return ()
        found.append(one)
    return found


def _start(module: Module, loop: cst.While, binding: Binding) -> int | None:
    """The number that a counter is given ahead of a loop."""
    given = binding.value
    if binding.how is not How.VALUE or binding.path or not isinstance(given, cst.Integer):
        return None
    if any(one is loop for one in module.ancestors(given)):
        return None
    return int(given.evaluated_value)


def _step(module: Module, loop: cst.While, binding: Binding) -> int | None:
    """By how much a line of a loop lets a counter grow in each of its rounds, if it does."""
    match binding.node:
        case cst.AugAssign(operator=cst.AddAssign(), value=cst.Integer(evaluated_value=step)):
            pass
        case _:
            return None
    line = module.parent(binding.node)
    if line is None or module.parent(line) is not loop.body:
        return None
    ahead = loop.body.body[: list(loop.body.body).index(line)]
    return None if any(_goes_round(one) for one in ahead) else int(step) or None


def _goes_round(line: cst.CSTNode) -> bool:
    """Whether a round may be over at a line."""
    if isinstance(line, _LOOPS):
        return False
    return any(isinstance(one, cst.Continue) for one in descendants(line))
