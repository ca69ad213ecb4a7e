"""Handlers that take a batch apart: they call themselves with one record of several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.walk import children
from lamlint.python.values.arguments import argument

if TYPE_CHECKING:
    from lamlint.python.module.module import Module

_TESTS: dict[type[cst.BaseCompOp], str] = {
    cst.GreaterThan: "1",
    cst.GreaterThanEqual: "2",
    cst.NotEqual: "1",
}
"""How a test says that there are several: `len(records) > 1`."""


def takes_apart(module: Module, call: cst.Call, definition: cst.FunctionDef) -> bool:
    """Whether a handler calls itself once for each of several records, with an event of that one.

    `if len(records) > 1: for one in records: handler({"Records": [one]}, context)`, where the
    records are the event's under the same key. A call that has one record takes no part of
    this, so that nothing is called again below it.
    """
    given = argument(call, 0)
    if not isinstance(given, cst.Dict) or len(given.elements) != 1:
        return False
    (element,) = given.elements
    key = element.key if isinstance(element, cst.DictElement) else None
    listed = element.value
    if not isinstance(key, cst.SimpleString) or not isinstance(listed, cst.List):
        return False
    records = _looped(module, call, listed)
    if records is None or not _is_of_event(records, key, definition):
        return False
    return any(_says_several(module, test, records) for test in _tests(module, call, definition))


def _looped(module: Module, call: cst.Call, listed: cst.List) -> cst.BaseExpression | None:
    """What is looped over where a list has one item, which is the loop's variable."""
    if len(listed.elements) != 1 or not isinstance(listed.elements[0], cst.Element):
        return None
    item = listed.elements[0].value
    for one in module.ancestors(call):
        match one:
            case cst.For():
                loop: cst.For | cst.CompFor = one
            case cst.ListComp() | cst.GeneratorExp() | cst.SetComp():
                loop = one.for_in
            case cst.FunctionDef():
                return None
            case _:
                continue
        if isinstance(item, cst.Name) and _written(module, item) == _written(module, loop.target):
            return loop.iter
    return None


def _is_of_event(
    records: cst.BaseExpression, key: cst.SimpleString, definition: cst.FunctionDef
) -> bool:
    """Whether an expression is what the event has under a key, or a name given to that once."""
    if isinstance(records, cst.Name):
        made = [value for name, value in _assigned(definition) if name == records.value]
        if len(made) != 1:
            return False
        (records,) = made
    if isinstance(records, cst.IfExp):
        records = records.body
    elif isinstance(records, cst.BooleanOperation) and isinstance(records.operator, cst.Or):
        records = records.left
    first = next(iter((*definition.params.posonly_params, *definition.params.params)), None)
    match records:
        case cst.Call(func=cst.Attribute(value=owner, attr=cst.Name(value="get")), args=[one, *_]):
            taken: cst.CSTNode = one.value
        case cst.Subscript(value=owner, slice=[cst.SubscriptElement(slice=cst.Index(value=taken))]):
            pass
        case _:
            return False
    return (
        first is not None
        and isinstance(owner, cst.Name)
        and owner.value == first.name.value
        and isinstance(taken, cst.SimpleString)
        and taken.evaluated_value == key.evaluated_value
    )


def _assigned(node: cst.CSTNode) -> Iterator[tuple[str, cst.BaseExpression]]:
    """The names that are given something in a function, each with what that is."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        waiting += children(one)
        match one:
            case cst.Assign():
                names = [each.target for each in one.targets]
                yield from ((n.value, one.value) for n in names if isinstance(n, cst.Name))
            case cst.AnnAssign(value=value, target=cst.Name(value=name)) if value is not None:
                yield name, value
            case cst.NamedExpr(value=value, target=cst.Name(value=name)):
                yield name, value
            case cst.AugAssign(value=value, target=cst.Name(value=name)):
                yield name, value
            case _:
                pass


def _tests(
    module: Module, call: cst.Call, definition: cst.FunctionDef
) -> Iterator[cst.BaseExpression]:
    """All that surely holds where a call stands."""
    below: cst.CSTNode = call
    for one in module.ancestors(call):
        if one is definition:
            return
        if isinstance(one, cst.If) and one.body is below:
            yield from _conjuncts(one.test)
        below = one


def _conjuncts(test: cst.BaseExpression) -> Iterator[cst.BaseExpression]:
    while isinstance(test, cst.BooleanOperation) and isinstance(test.operator, cst.And):
        yield test.right
        test = test.left
    yield test


def _written(module: Module, node: cst.CSTNode) -> str:
    start, end = module.offsets(node)
    return module.source.text[start:end]


def _says_several(module: Module, test: cst.BaseExpression, records: cst.BaseExpression) -> bool:
    """Whether a test says of records that there is more than one."""
    if not isinstance(test, cst.Comparison) or len(test.comparisons) != 1:
        return False
    (against,) = test.comparisons
    match test.left, against.comparator:
        case cst.Call(func=cst.Name(value="len"), args=[counted]), cst.Integer(value=number):
            same = _written(module, counted.value) == _written(module, records)
            return same and _TESTS.get(type(against.operator)) == number
        case _:
            return False
