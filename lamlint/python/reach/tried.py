"""A name that is given a field of something, or another value where there is no such field.

`try: mode = event["mode"]`, and `except KeyError: mode = None`: which of the two it is, follows
from whether the field is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import How
from lamlint.python.reach.caught import takes_missing
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Frame


@dataclass(frozen=True, slots=True)
class Tried:
    """What a name is given: a field where that is there, and else something else."""

    field: cst.Subscript
    otherwise: cst.BaseExpression
    frame: Frame


def tried(analysis: Analysis, name: cst.Name, frame: Frame) -> Tried | None:
    """What a name is given by a try and its handler, where nothing else binds it."""
    bound = [*analysis.lookup(name.value, name, frame)]
    if len(bound) != 2 or any(one.how is not How.VALUE or one.path for one, _ in bound):
        return None
    (first, home), (second, other) = bound
    if home is not other or not isinstance(first.value, cst.Subscript) or second.value is None:
        return None
    if frame is not home or not _is_otherwise(home.module, first.value, second.value):
        return None
    return Tried(first.value, second.value, home)


def _is_otherwise(module: Module, field: cst.CSTNode, otherwise: cst.CSTNode) -> bool:
    """Whether a handler of what a missing field raises gives the one, and a try only the other."""
    attempt = next(_around(module, field, cst.Try), None)
    handler = next(_around(module, otherwise, cst.ExceptHandler), None)
    if not isinstance(attempt, cst.Try) or not isinstance(handler, cst.ExceptHandler):
        return False
    alone = len(attempt.body.body) == 1 and module.parent(_line(module, field)) is attempt.body
    outermost = module.parent(_line(module, otherwise)) is handler.body
    return alone and outermost and handler in attempt.handlers and takes_missing(handler)


def _around(module: Module, node: cst.CSTNode, kind: type[cst.CSTNode]) -> Iterator[cst.CSTNode]:
    return (one for one in module.ancestors(node) if isinstance(one, kind))


def _line(module: Module, node: cst.CSTNode) -> cst.CSTNode:
    """The line that a node stands on, if that is a simple one."""
    return next(_around(module, node, cst.SimpleStatementLine), node)
