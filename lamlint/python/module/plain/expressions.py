"""What becomes of CPython's expressions."""

from __future__ import annotations

import ast
from typing import Any

from lamlint.python.module import cst
from lamlint.python.module.plain.arguments import arguments, parameters
from lamlint.python.module.plain.make import maker
from lamlint.python.module.plain.names import ATTRIBUTE, name
from lamlint.python.module.plain.operators import OPERATORS
from lamlint.python.module.plain.reading import Reading, Turn
from lamlint.python.module.plain.strings import constant, pieces

_CALL = maker(cst.Call, "func", "args")
_TUPLE = maker(cst.Tuple, "elements")
_ELEMENT = maker(cst.Element, "value")
_DICT = maker(cst.Dict, "elements")
_PAIR = maker(cst.DictElement, "key", "value")
_SPREAD = maker(cst.StarredDictElement, "value")
_SUBSCRIPT = maker(cst.Subscript, "value", "slice")
_SUBSCRIPT_ELEMENT = maker(cst.SubscriptElement, "slice")
_INDEX = maker(cst.Index, "value", "star")
_BINARY = maker(cst.BinaryOperation, "left", "operator", "right")
_BOOLEAN = maker(cst.BooleanOperation, "left", "operator", "right")
_UNARY = maker(cst.UnaryOperation, "operator", "expression")
_COMPARISON = maker(cst.Comparison, "left", "comparisons")
_COMPARED = maker(cst.ComparisonTarget, "operator", "comparator")
_LAMBDA = maker(cst.Lambda, "params", "body")
_YIELD = maker(cst.Yield, "value")
_FROM = maker(cst.From, "item")
_DICT_COMP = maker(cst.DictComp, "key", "value", "for_in")
_COMP_FOR = maker(cst.CompFor, "target", "iter", "ifs", "inner_for_in", "asynchronous")
_COMP_IF = maker(cst.CompIf, "test")
_ASYNCHRONOUS = maker(cst.Asynchronous)


def parts(kind: type[cst.CSTNode], **fields: str) -> Turn:
    """A node whose parts are those of CPython's node, under the names that this gives them."""
    make, names = maker(kind, *fields), tuple(fields.values())
    return lambda read, one: make(*[read.maybe(getattr(one, each)) for each in names])


def tuple_of(read: Reading, several: list[ast.expr]) -> Any:
    """Expressions behind each other."""
    return _TUPLE(_elements(read, several))


def raised_from(read: Reading, one: ast.expr | None) -> Any:
    """What stands behind `from`."""
    return None if one is None else _FROM(read.of(one))


def _attribute(read: Reading, one: ast.Attribute) -> Any:
    return ATTRIBUTE(read.of(one.value), name(one.attr))


def _call(read: Reading, one: ast.Call) -> Any:
    return _CALL(read.of(one.func), arguments(read, one.args, one.keywords))


def _elements(read: Reading, several: list[ast.expr]) -> tuple[Any, ...]:
    return tuple(
        read.of(one) if one.__class__ is ast.Starred else _ELEMENT(read.of(one)) for one in several
    )


def _gathered(kind: type[cst.CSTNode]) -> Turn:
    make = maker(kind, "elements")
    return lambda read, one: make(_elements(read, one.elts))


def _dict(read: Reading, one: ast.Dict) -> Any:
    return _DICT(
        tuple(
            _SPREAD(read.of(value)) if key is None else _PAIR(read.of(key), read.of(value))
            for key, value in zip(one.keys, one.values, strict=True)
        )
    )


def _subscript(read: Reading, one: ast.Subscript) -> Any:
    inside = one.slice
    several = isinstance(inside, ast.Tuple) and not read.is_in_parentheses(inside, inside.elts)
    elements = inside.elts if several else [inside]  # type: ignore[attr-defined]
    value = read.of(one.value)
    return _SUBSCRIPT(value, tuple(_SUBSCRIPT_ELEMENT(_index(read, each)) for each in elements))


def _index(read: Reading, one: ast.expr) -> Any:
    if isinstance(one, ast.Slice):
        return read.of(one)
    if isinstance(one, ast.Starred):
        return _INDEX(read.of(one.value), "*")
    return _INDEX(read.of(one), None)


def _binary(read: Reading, one: ast.BinOp) -> Any:
    return _BINARY(read.of(one.left), OPERATORS[one.op.__class__](), read.of(one.right))


def _boolean(read: Reading, one: ast.BoolOp) -> Any:
    make_operator = OPERATORS[one.op.__class__]
    made, *others = map(read.of, one.values)
    for other in others:
        made = _BOOLEAN(made, make_operator(), other)
    return made


def _unary(read: Reading, one: ast.UnaryOp) -> Any:
    return _UNARY(OPERATORS[one.op.__class__](), read.of(one.operand))


def _compare(read: Reading, one: ast.Compare) -> Any:
    compared = zip(one.ops, one.comparators, strict=True)
    targets = tuple(_COMPARED(OPERATORS[op.__class__](), read.of(other)) for op, other in compared)
    return _COMPARISON(read.of(one.left), targets)


def _lambda(read: Reading, one: ast.Lambda) -> Any:
    return _LAMBDA(parameters(read, one.args), read.of(one.body))


def _comprehension(kind: type[cst.CSTNode]) -> Turn:
    make = maker(kind, "elt", "for_in")
    return lambda read, one: make(read.of(one.elt), _clauses(read, one.generators))


def _dict_comprehension(read: Reading, one: ast.DictComp) -> Any:
    return _DICT_COMP(read.of(one.key), read.of(one.value), _clauses(read, one.generators))


def _clauses(read: Reading, generators: list[ast.comprehension]) -> Any:
    """The clauses of a comprehension, each in the one before."""
    inner = None
    for one in reversed(generators):
        tests = tuple(_COMP_IF(read.of(test)) for test in one.ifs)
        asynchronous = _ASYNCHRONOUS() if one.is_async else None
        inner = _COMP_FOR(read.of(one.target), read.of(one.iter), tests, inner, asynchronous)
    return inner


EXPRESSIONS: dict[type[ast.AST], Turn] = {
    ast.Attribute: _attribute,
    ast.Await: parts(cst.Await, expression="value"),
    ast.BinOp: _binary,
    ast.BoolOp: _boolean,
    ast.Call: _call,
    ast.Compare: _compare,
    ast.Constant: constant,
    ast.Dict: _dict,
    ast.DictComp: _dict_comprehension,
    ast.GeneratorExp: _comprehension(cst.GeneratorExp),
    ast.IfExp: parts(cst.IfExp, body="body", test="test", orelse="orelse"),
    ast.JoinedStr: pieces,
    ast.Lambda: _lambda,
    ast.List: _gathered(cst.List),
    ast.ListComp: _comprehension(cst.ListComp),
    ast.Name: lambda _, one: name(one.id),
    ast.NamedExpr: parts(cst.NamedExpr, target="target", value="value"),
    ast.Set: _gathered(cst.Set),
    ast.SetComp: _comprehension(cst.SetComp),
    ast.Slice: parts(cst.Slice, lower="lower", upper="upper", step="step"),
    ast.Starred: parts(cst.StarredElement, value="value"),
    ast.Subscript: _subscript,
    ast.Tuple: _gathered(cst.Tuple),
    ast.UnaryOp: _unary,
    ast.Yield: parts(cst.Yield, value="value"),
    ast.YieldFrom: lambda read, one: _YIELD(raised_from(read, one.value)),
}
