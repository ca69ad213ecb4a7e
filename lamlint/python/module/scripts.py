"""What of a module runs only where it is started as a script: `if __name__ == "__main__":`."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.python.module import cst
from lamlint.python.module.walk import children

_NAME = "__name__"
_MAIN = "__main__"
_MOST = 100
"""Conditions of more nodes ask for much more than that."""


def is_main(statement: cst.CSTNode) -> bool:
    """Whether a part of a statement is run only where its module is a script."""
    return isinstance(statement, cst.If) and any(True for _ in script_parts(statement))


def script_parts(choice: cst.If) -> Iterator[cst.BaseSuite]:
    """The branches of a choice that are taken only where the module is a script."""
    branch: cst.If | cst.Else | None = choice
    left = False  # whether what comes here is a script, as the tests ahead did not hold
    while branch is not None:
        asks = isinstance(branch, cst.If) and _asks(branch.test)
        if left or (asks and isinstance(branch, cst.If) and _only(branch.test, holds=True)):
            yield branch.body
        if isinstance(branch, cst.Else):
            return
        left = left or (asks and _only(branch.test, holds=False))
        branch = branch.orelse


def _asks(test: cst.BaseExpression) -> bool:
    """Whether a condition of bearable length asks for the name of its module."""
    waiting: list[cst.CSTNode] = [test]
    for current in waiting:
        if len(waiting) > _MOST:
            return False
        waiting.extend(children(current))
    return any(isinstance(one, cst.Name) and one.value == _NAME for one in waiting)


def _only(test: cst.BaseExpression, *, holds: bool) -> bool:
    """Whether a condition holds, or does not hold, only where the module is a script."""
    match test:
        case cst.UnaryOperation(operator=cst.Not(), expression=inner):
            return _only(inner, holds=not holds)
        case cst.BooleanOperation(operator=operator):
            each = (_only(one, holds=holds) for one in (test.left, test.right))
            return any(each) if isinstance(operator, cst.And) is holds else all(each)
        case cst.Comparison(comparisons=[cst.ComparisonTarget() as other]):
            same = isinstance(other.operator, (cst.Equal, cst.Is))
            differs = isinstance(other.operator, (cst.NotEqual, cst.IsNot))
            sides = {_word(test.left), _word(other.comparator)}
            return sides == {_NAME, _MAIN} and (same if holds else differs)
        case _:
            return False


def _word(node: cst.BaseExpression) -> str:
    """What one side of a comparison is: the name of the module, or a text."""
    if isinstance(node, cst.Name):
        return node.value if node.value == _NAME else ""
    value = node.evaluated_value if isinstance(node, cst.SimpleString) else ""
    return value if isinstance(value, str) and value != _NAME else ""
