"""Loops that surely end soon: each turn takes something away, or counts towards an end."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lamlint.python.module import cst
from lamlint.python.module.walk import descendants

_TAKING = frozenset({"pop", "popitem", "popleft"})
_GIVING = frozenset({"add", "append", "appendleft", "extend", "extendleft", "insert", "update"})


def ends_soon(loop: cst.While, is_small: Callable[[cst.BaseExpression], bool]) -> bool:
    """Whether a loop empties what it asks for, or counts up to a number that is small."""
    lines = list(_every_turn(loop.body))
    for test in _required(loop.test):
        if any(_takes(line, test) for line in lines) and not _gives(loop.body, test):
            return True
        counter = _counter(test, is_small)
        if counter is not None and any(_counts(line, counter) for line in lines):
            return _settings(loop.body, counter) == 1
    return False


def _required(test: cst.BaseExpression) -> Iterator[cst.BaseExpression]:
    """What has to hold for a turn: each side of an `and`; what is counted of `len(x) > 0` is x."""
    match test:
        case cst.BooleanOperation(operator=cst.And(), left=left, right=right):
            yield from _required(left)
            yield from _required(right)
        case cst.Call(func=cst.Name(value="len"), args=[cst.Arg(value=counted)]):
            yield counted
        case cst.Comparison(
            left=cst.Call(func=cst.Name(value="len"), args=[cst.Arg(value=counted)]),
            comparisons=[cst.ComparisonTarget(operator=operator, comparator=cst.Integer())],
        ) if isinstance(operator, (cst.GreaterThan, cst.GreaterThanEqual, cst.NotEqual)):
            yield counted
        case _:
            yield test


def _every_turn(body: cst.BaseSuite) -> Iterator[cst.CSTNode]:
    """The lines that each turn runs: those before which nothing may begin the next one."""
    for line in body.body:
        if isinstance(line, cst.SimpleStatementLine):
            yield from line.body
        elif any(isinstance(node, cst.Continue) for node in descendants(line)):
            return


def _takes(line: cst.CSTNode, held: cst.BaseExpression) -> bool:
    """Whether a line takes something out of what is held."""
    match line:
        case cst.Assign(value=value) | cst.Expr(value=value):
            return any(_is_call_of(node, held, _TAKING) for node in _at_once(value))
        case cst.Del(target=cst.Subscript(value=value)):
            return _same(value, held)
        case _:
            return False


def _at_once(node: cst.BaseExpression) -> Iterator[cst.CSTNode]:
    """What an expression evaluates whatever comes: not what a condition chooses."""
    choosing = (cst.IfExp, cst.BooleanOperation, cst.Lambda, cst.BaseComp)
    if not any(isinstance(one, choosing) for one in descendants(node)):
        yield from descendants(node)


def _gives(body: cst.BaseSuite, held: cst.BaseExpression) -> bool:
    """Whether something may put more into what is held, or another in its place."""
    return any(
        _is_call_of(node, held, _GIVING)
        or (isinstance(node, cst.AssignTarget) and _sets(node.target, held))
        or (isinstance(node, (cst.AugAssign, cst.AnnAssign)) and _sets(node.target, held))
        for node in descendants(body)
    )


def _sets(target: cst.BaseExpression, held: cst.BaseExpression) -> bool:
    """Whether something is put where what is held stands, or into it."""
    if isinstance(target, (cst.Tuple, cst.List)):
        return any(_sets(one.value, held) for one in target.elements)
    inner = target.value if isinstance(target, cst.Subscript) else target
    return _same(target, held) or _same(inner, held)


def _is_call_of(node: cst.CSTNode, held: cst.BaseExpression, names: frozenset[str]) -> bool:
    match node:
        case cst.Call(func=cst.Attribute(value=value, attr=cst.Name(value=name))):
            return name in names and _same(value, held)
        case _:
            return False


def _counter(
    test: cst.BaseExpression, is_small: Callable[[cst.BaseExpression], bool]
) -> cst.Name | None:
    """The name that is counted up to a small number."""
    match test:
        case cst.Comparison(
            left=cst.Name() as name,
            comparisons=[cst.ComparisonTarget(operator=operator, comparator=end)],
        ) if isinstance(operator, (cst.LessThan, cst.LessThanEqual)) and is_small(end):
            return name
        case _:
            return None


def _counts(line: cst.CSTNode, counter: cst.Name) -> bool:
    """Whether a line counts up by a written number."""
    match line:
        case cst.AugAssign(target=target, operator=cst.AddAssign(), value=cst.Integer() as step):
            return _same(target, counter) and step.evaluated_value > 0
        case _:
            return False


def _settings(body: cst.BaseSuite, name: cst.Name) -> int:
    """How often a name is bound in a block."""
    targets = (
        node.target
        for node in descendants(body)
        if isinstance(
            node, (cst.AssignTarget, cst.AugAssign, cst.AnnAssign, cst.For, cst.NamedExpr)
        )
    )
    return sum(_sets(target, name) for target in targets)


def _same(one: cst.CSTNode, other: cst.CSTNode) -> bool:
    written = _path(one)
    return written is not None and written == _path(other)


def _path(node: cst.CSTNode) -> tuple[str, ...] | None:
    """What leads to a value: a name, with attributes and written keys; None for anything else."""
    match node:
        case cst.Name(value=name):
            return (name,)
        case cst.Attribute(value=inner, attr=cst.Name(value=name)):
            step = f".{name}"
        case cst.Subscript(
            value=inner,
            slice=[
                cst.SubscriptElement(
                    slice=cst.Index(value=cst.SimpleString() | cst.Integer() as key)
                )
            ],
        ):
            step = repr(key.evaluated_value)
        case _:
            return None
    above = _path(inner)
    return None if above is None else (*above, step)
