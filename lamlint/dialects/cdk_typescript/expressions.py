"""Expressions of TypeScript as those of Python that mean the same to the reader of the CDK."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from lamlint.dialects.cdk_typescript import literals
from lamlint.dialects.cdk_typescript.grammar import named, text
from lamlint.dialects.cdk_typescript.operators import binary
from lamlint.dialects.cdk_typescript.python_nodes import (
    ME,
    called,
    constant,
    member,
    method,
    name,
    put,
    unknown,
)
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

_DEEPEST = 100
_TEXT_METHODS = {
    "toLowerCase": "lower",
    "toLocaleLowerCase": "lower",
    "toUpperCase": "upper",
    "toLocaleUpperCase": "upper",
    "trim": "strip",
}
_OF_OBJECTS = {"entries": "items", "values": "values", "keys": "keys"}
_PASSED_THROUGH = frozenset(
    {
        "as_expression",
        "await_expression",
        "non_null_expression",
        "parenthesized_expression",
        "satisfies_expression",
    }
)
"""What changes nothing of the expression that it holds first."""
FUNCTIONS = frozenset({"arrow_function", "function_expression"})


def in_order(statement: Node) -> Iterator[Node]:
    """The expressions of a statement, `(a = 1), (b = 2);`, as they are evaluated."""
    waiting = [statement]
    while waiting:
        node = waiting.pop()
        parts = named(node)
        if node is statement or node.type == "sequence_expression":
            waiting += reversed(parts)
        elif node.type in _PASSED_THROUGH and parts:
            waiting.append(parts[0])
        else:
            yield node


@dataclass(eq=False)
class Expressions:
    """Translates expressions. `define` makes a function or class of Python of one of TypeScript.

    Those in the middle of an expression are `before` the statement that holds it.
    """

    define: Callable[[Node, str], ast.FunctionDef | ast.ClassDef]
    before: list[ast.stmt] = field(default_factory=list)
    depth: int = 0
    made: int = 0

    def of(self, node: Node | None) -> ast.expr:
        """The expression of a node."""
        if node is None:
            return ast.Constant(None, lineno=1, col_offset=0)
        while node.type in _PASSED_THROUGH and named(node):
            node = named(node)[0]
        known = _KINDS.get(node.type)
        if known is None or self.depth > _DEEPEST:
            return unknown(node)
        self.depth += 1
        try:
            return known(self, node)
        finally:
            self.depth -= 1

    def new_name(self) -> str:
        """A name that no code has."""
        self.made += 1
        return f"#{self.made}"

    def each(self, nodes: list[Node]) -> list[ast.expr]:
        """The expressions of arguments or items, some of them spread."""
        return [
            put(ast.Starred(self.of(named(one)[0]), ast.Load()), one)
            if one.type == "spread_element"
            else self.of(one)
            for one in nodes
        ]

    def function(self, node: Node) -> ast.expr:
        """A function: an expression, or the name of one that is defined before."""
        body = node.child_by_field_name("body")
        own = self.new_name()
        definition = self.define(node, own)
        simple = body is not None and body.type != "statement_block"
        if simple and isinstance(definition, ast.FunctionDef):
            returned = definition.body[-1]
            if len(definition.body) == 1 and isinstance(returned, ast.Return) and returned.value:
                return put(ast.Lambda(definition.args, returned.value), node)
        self.before.append(definition)
        return name(own, node)

    def class_of(self, node: Node) -> ast.expr:
        """The name of a class that is defined before."""
        definition = self.define(node, self.new_name())
        self.before.append(definition)
        return name(definition.name, node)


def _identifier(_: Expressions, node: Node) -> ast.expr:
    written = text(node)
    return constant(None, node) if written == "undefined" else name(written, node)


def _super(_: Expressions, node: Node) -> ast.expr:
    return called(name("super", node), [], node)


def _member(to: Expressions, node: Node) -> ast.expr:
    whole = node.child_by_field_name("object")
    return member(to.of(whole), text(node.child_by_field_name("property")), node)


def _item(to: Expressions, node: Node) -> ast.expr:
    whole, key = node.child_by_field_name("object"), node.child_by_field_name("index")
    return put(ast.Subscript(to.of(whole), to.of(key), ast.Load()), node)


def _template(to: Expressions, node: Node) -> ast.expr:
    parts = node.named_children
    if all(one.type != "template_substitution" for one in parts):
        return constant("".join(map(literals.fragment, parts)), node)
    values: list[ast.expr] = []
    for one in parts:
        if one.type == "template_substitution":
            inner = to.of(named(one)[0]) if named(one) else unknown(one)
            values.append(put(ast.FormattedValue(inner, -1, None), one))
        else:
            values.append(constant(literals.fragment(one), one))
    return put(ast.JoinedStr(values), node)


def _array(to: Expressions, node: Node) -> ast.expr:
    return put(ast.List(to.each(named(node)), ast.Load()), node)


def _object(to: Expressions, node: Node) -> ast.expr:
    keys: list[ast.expr | None] = []
    values: list[ast.expr] = []
    for key, value in _entries(to, node):
        keys.append(key)
        values.append(value)
    return put(ast.Dict(keys, values), node)


def _entries(to: Expressions, node: Node) -> Iterator[tuple[ast.expr | None, ast.expr]]:
    for one in named(node):
        match one.type:
            case "pair":
                key = one.child_by_field_name("key")
                yield _key(to, key or one), to.of(one.child_by_field_name("value"))
            case "shorthand_property_identifier":
                yield constant(text(one), one), name(text(one), one)
            case "spread_element":
                yield None, to.of(named(one)[0])
            case "method_definition":
                own = one.child_by_field_name("name")
                yield constant(text(own), own or one), unknown(one)
            case _:
                yield None, unknown(one)
    if node.has_error:
        yield None, unknown(node)  # what is broken may hold anything


def _key(to: Expressions, node: Node) -> ast.expr:
    match node.type:
        case "string":
            return constant(literals.string(node), node)
        case "computed_property_name":
            return to.of(named(node)[0])
        case _:
            return constant(text(node), node)


def _new(to: Expressions, node: Node) -> ast.expr:
    function = to.of(node.child_by_field_name("constructor"))
    return called(function, to.each(named(node.child_by_field_name("arguments"))), node)


def _call(to: Expressions, node: Node) -> ast.expr:
    function, listed = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if function is None or listed is None or listed.type != "arguments":
        return unknown(node)
    given = named(listed)
    if function.type == "super":
        start = put(ast.Attribute(_super(to, function), "__init__", ast.Load()), node)
        return called(start, to.each(given), node)
    if function.type == "member_expression":
        known = _known_method(to, function, given, node)
        if known is not None:
            return known
    return called(to.of(function), to.each(given), node)


def _known_method(
    to: Expressions, function: Node, given: list[Node], node: Node
) -> ast.expr | None:
    """A method of JavaScript's own values, as Python has it."""
    whole = function.child_by_field_name("object")
    asked = text(function.child_by_field_name("property"))
    if whole is None:
        return None
    if text(whole) == "Object" and asked in _OF_OBJECTS and given:
        return method(to.of(given[0]), _OF_OBJECTS[asked], [], node)
    if text(whole) == "JSON" and asked == "stringify" and given:
        return called(member(name("#json", node), "dumps", node), [to.of(given[0])], node)
    if asked == "join" and len(given) == 1 and text(whole) not in ("path", "posix"):
        is_text = given[0].type == "string"
        return method(to.of(given[0]), "join", [to.of(whole)], node) if is_text else None
    if asked in ("map", "flatMap") and given and given[0].type in FUNCTIONS:
        return _mapped(to, whole, given[0], node)
    return _of_text(to, whole, asked, given, node)


def _of_text(
    to: Expressions, whole: Node, asked: str, given: list[Node], node: Node
) -> ast.expr | None:
    """A method of a text, some of which a list has, too."""
    match asked, len(given):
        case _, 0 if asked in _TEXT_METHODS:
            return method(to.of(whole), _TEXT_METHODS[asked], [], node)
        case "toString", 0:
            return called(name("str", node), [to.of(whole)], node)
        case ("slice", 1 | 2) | ("charAt", 1):
            return _part(to, whole, asked, given, node)
        case "replace", 2:  # the first place only
            return method(to.of(whole), "replace", [*to.each(given), constant(1, node)], node)
        case "replaceAll", 2:
            return method(to.of(whole), "replace", to.each(given), node)
        case _:
            return None


def _part(to: Expressions, whole: Node, asked: str, given: list[Node], node: Node) -> ast.expr:
    """A part of a text or list: `text.slice(1)`, `text.charAt(0)`."""
    start, *end = to.each(given)
    if asked == "charAt":
        end = [binary("+", start, constant(1, node), node)]
    part = put(ast.Slice(start, end[0] if end else None), node)
    return put(ast.Subscript(to.of(whole), part, ast.Load()), node)


def _mapped(to: Expressions, whole: Node, function: Node, node: Node) -> ast.expr:
    """`list.map(item => …)` as the list of what the function gives."""
    own = to.new_name()
    item = put(ast.Name(own, ast.Store()), node)
    applied = called(to.function(function), [name(own, node)], node)
    clause = ast.comprehension(item, to.of(whole), [], 0)
    return put(ast.ListComp(applied, [clause]), node)


def _binary(to: Expressions, node: Node) -> ast.expr:
    left = to.of(node.child_by_field_name("left"))
    right = to.of(node.child_by_field_name("right"))
    return binary(text(node.child_by_field_name("operator")), left, right, node)


def _unary(to: Expressions, node: Node) -> ast.expr:
    inner = to.of(node.child_by_field_name("argument"))
    match text(node.child_by_field_name("operator")):
        case "!":
            return put(ast.UnaryOp(ast.Not(), inner), node)
        case "-":
            return put(ast.UnaryOp(ast.USub(), inner), node)
        case _:
            return unknown(node)


def _chosen(to: Expressions, node: Node) -> ast.expr:
    test, body, other = (
        to.of(node.child_by_field_name(part))
        for part in ("condition", "consequence", "alternative")
    )
    return put(ast.IfExp(test, body, other), node)


def _assignment(to: Expressions, node: Node) -> ast.expr:
    target, value = node.child_by_field_name("left"), to.of(node.child_by_field_name("right"))
    if target is not None and target.type == "identifier":
        return put(ast.NamedExpr(put(ast.Name(text(target), ast.Store()), target), value), node)
    return value


_KINDS: Mapping[str, Callable[[Expressions, Node], ast.expr]] = {
    "identifier": _identifier,
    "undefined": lambda _, node: constant(None, node),
    "class": Expressions.class_of,
    "null": lambda _, node: constant(None, node),
    "true": lambda _, node: constant(True, node),
    "false": lambda _, node: constant(False, node),
    "this": lambda _, node: name(ME, node),
    "super": _super,
    "string": lambda _, node: constant(literals.string(node), node),
    "number": lambda _, node: literals.number(node),
    "template_string": _template,
    "member_expression": _member,
    "subscript_expression": _item,
    "array": _array,
    "object": _object,
    "new_expression": _new,
    "call_expression": _call,
    "binary_expression": _binary,
    "unary_expression": _unary,
    "ternary_expression": _chosen,
    "assignment_expression": _assignment,
    "type_assertion": lambda to, node: to.of(named(node)[-1]),
    "arrow_function": Expressions.function,
    "function_expression": Expressions.function,
}
"""How each kind of expression is translated."""
