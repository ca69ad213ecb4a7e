"""The conditions on which code is run, as far as they could ask for what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.reach.places import names_in

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.values.objects import Frame

_LEAVING = frozenset({cst.If, cst.Try, cst.With})
_MISSES = frozenset({"NameError", "KeyError", "AttributeError", "UnboundLocalError", "Exception"})


def tests(frame: Frame, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The conditions that a node's run depends on, and earlier ones that return.

    None that has to find a thing for the node to be run, `if found is None: return`: what is
    kept by it would never be made.
    """
    child = node
    for ancestor in frame.module.ancestors(node):
        if isinstance(ancestor, (cst.IndentedBlock, cst.Module)):
            yield from _returning(frame.module, ancestor, child)
        elif isinstance(ancestor, (cst.If, cst.IfExp)) and child is not ancestor.test:
            if _holds_where_there(frame.module, ancestor.test) is not (child is ancestor.body):
                yield ancestor.test
        elif isinstance(ancestor, cst.BooleanOperation) and child is ancestor.right:
            is_and = isinstance(ancestor.operator, cst.And)
            if _holds_where_there(frame.module, ancestor.left) is not is_and:
                yield ancestor.left
        elif isinstance(ancestor, cst.Match) and child is not ancestor.subject:
            yield ancestor.subject
        elif isinstance(ancestor, (cst.Try, cst.TryStar)) and isinstance(
            child, (cst.ExceptHandler, cst.ExceptStarHandler)
        ):
            if child.type is None or {n.value for n in names_in(child.type)} & _MISSES:
                yield ancestor.body
        if ancestor is frame.node:
            return
        child = ancestor


def _returning(
    module: Module, block: cst.IndentedBlock | cst.Module, before: cst.CSTNode
) -> Iterator[cst.CSTNode]:
    """The tests of the conditions ahead of a statement whose branch returns."""
    for line in block.body:
        if line is before:
            return
        if line.__class__ not in _LEAVING:
            continue  # far faster than asking for each kind in turn
        if isinstance(line, cst.If) and _returns(line.body, in_some_cases=True):
            if _holds_where_there(module, line.test) is not False:
                yield line.test
        elif isinstance(line, cst.Try) and _returns(line.body):
            yield line.body
        elif isinstance(line, cst.With) and isinstance(line.body, cst.IndentedBlock):
            yield from _returning(module, line.body, before)


def _returns(block: cst.BaseSuite, *, in_some_cases: bool = False) -> bool:
    """Whether a block ends by returning, or by trying to: `try: …; return connection`.

    `in_some_cases` also where a condition at its end does: `if connection.open: return connection`.
    """
    last = block.body[-1] if block.body else None
    match last:
        case cst.SimpleStatementLine():
            return isinstance(last.body[-1], cst.Return)
        case cst.Try():
            tried = last.body if last.orelse is None else last.orelse.body
            return _returns(tried, in_some_cases=in_some_cases)
        case cst.With():
            return _returns(last.body, in_some_cases=in_some_cases)
        case cst.If():
            return in_some_cases and _returns(last.body, in_some_cases=True)
        case _:
            return isinstance(last, cst.Return)


def _holds_where_there(module: Module, test: cst.CSTNode) -> bool | None:
    """Whether a test holds where a thing is there, or where it is missing; None for any other."""
    match test:
        case cst.UnaryOperation(operator=cst.Not(), expression=asked):
            holds = _holds_where_there(module, asked)
            return None if holds is None else not holds
        case cst.Comparison(
            comparisons=[cst.ComparisonTarget(operator=how, comparator=cst.Name(value="None"))]
        ) if isinstance(how, (cst.Is, cst.Equal, cst.IsNot, cst.NotEqual)):
            return isinstance(how, (cst.IsNot, cst.NotEqual))
        case cst.BooleanOperation(left=left, operator=how, right=right):
            each = {_holds_where_there(module, left), _holds_where_there(module, right)}
            is_and = isinstance(how, cst.And)
            return is_and if each == {is_and} else None
        case cst.Name() if _is_object(module, test):
            return True
        case _:
            return None


def _is_object(module: Module, name: cst.Name) -> bool:
    """Whether a function asks something of what it tests, which no flag would have."""
    asked_of = module.syntax.once("asked of", partial(_asked_of, module))
    return (name.value, module.enclosing_function(name)) in asked_of


def _asked_of(module: Module) -> frozenset[tuple[str, cst.FunctionDef | None]]:
    """The names of which attributes or items are asked, each with the function that does."""
    return frozenset(
        (used.value.value, module.enclosing_function(used))
        for used in module.nodes(cst.Attribute, cst.Subscript)
        if isinstance(used, (cst.Attribute, cst.Subscript)) and isinstance(used.value, cst.Name)
    )
