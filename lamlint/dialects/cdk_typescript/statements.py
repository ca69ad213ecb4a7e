"""Statements of TypeScript as those of Python that mean the same to the reader of the CDK."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from lamlint.dialects.cdk_typescript import imports
from lamlint.dialects.cdk_typescript.exports import exports
from lamlint.dialects.cdk_typescript.expressions import FUNCTIONS, Expressions, in_order
from lamlint.dialects.cdk_typescript.functions import (
    bases,
    definition,
    enumeration,
    marks_of,
    method_name,
    parameters,
)
from lamlint.dialects.cdk_typescript.grammar import named, text
from lamlint.dialects.cdk_typescript.patterns import bound
from lamlint.dialects.cdk_typescript.python_nodes import (
    assigned,
    block,
    called,
    method,
    name,
    put,
    pythonic,
    unknown,
)

if TYPE_CHECKING:
    from tree_sitter import Node

_DEEPEST = 60
_OF_NODE = frozenset({"__dirname", "__filename"})
"""Names that every module of Node has; modules of the newer kind make them themselves."""


def translated(root: Node) -> ast.Module:
    """A module of TypeScript as one of Python."""
    return ast.Module(_Statements().all(named(root)), [])


class _Statements:
    """Translates statements."""

    def __init__(self) -> None:
        self.to = Expressions(self._within)
        self.depth = 0

    def all(self, nodes: list[Node]) -> list[ast.stmt]:
        """The statements of some nodes, the functions within their expressions before them."""
        found: list[ast.stmt] = []
        for node in nodes:
            kept, self.to.before = self.to.before, []
            own = self.of(node)
            found += [*self.to.before, *own]
            self.to.before = kept
        return found

    def of(self, node: Node) -> list[ast.stmt]:
        """The statements of a node."""
        known = _KINDS.get(node.type)
        if known is None or self.depth > _DEEPEST:
            return []
        self.depth += 1
        try:
            return known(self, node)
        finally:
            self.depth -= 1

    def body(self, node: Node | None) -> list[ast.stmt]:
        """The statements of a block, or of one statement in its place."""
        if node is None:
            return []
        return self.all(named(node) if node.type in ("statement_block", "else_clause") else [node])

    def _within(self, node: Node, own: str) -> ast.FunctionDef | ast.ClassDef:
        """A function or class in the middle of an expression."""
        return self.class_of(node) if node.type == "class" else self.defined(node, own)

    def defined(self, node: Node, own: str, *, me: bool = False) -> ast.FunctionDef:
        """A function under a name."""
        taken = parameters(node, self.to, self.bound, me=me)
        inner = node.child_by_field_name("body")
        if inner is not None and inner.type != "statement_block":
            kept, self.to.before = self.to.before, []
            returned = put(ast.Return(self.to.of(inner)), inner)
            body: list[ast.stmt] = [*self.to.before, returned]
            self.to.before = kept
        else:
            body = self.body(inner)
        return definition(node, own, taken, body, marks_of(node) if me else [])

    def bound(self, pattern: Node, value: ast.expr) -> list[ast.stmt]:
        """What a pattern takes from a value."""
        return bound(pattern, value, self.to)

    def class_of(self, node: Node) -> ast.ClassDef:
        """A class with its fields and methods."""
        body: list[ast.stmt] = []
        for one in named(node.child_by_field_name("body")):
            if one.type == "method_definition":
                body.append(self.defined(one, method_name(one), me="static" not in _marks(one)))
            elif one.type == "public_field_definition":
                body += self._field(one)
        above = [self.to.of(base) for base in bases(node)]
        own = text(node.child_by_field_name("name")) or self.to.new_name()
        return put(ast.ClassDef(own, above, [], block(body, node), []), node)

    def _field(self, one: Node) -> list[ast.stmt]:
        own, value = one.child_by_field_name("name"), one.child_by_field_name("value")
        if own is None or value is None:
            return []
        known = pythonic(text(own))
        if value.type in FUNCTIONS:
            return [self.defined(value, known, me=True)]
        return [assigned(put(ast.Name(known, ast.Store()), own), self.to.of(value), one)]


def _marks(node: Node) -> list[str]:
    return [one.type for one in node.children if not one.is_named]


def _declared(to: _Statements, node: Node) -> list[ast.stmt]:
    return [one for each in named(node) for one in _declarator(to, each)]


def _declarator(to: _Statements, node: Node) -> list[ast.stmt]:
    pattern, value = node.child_by_field_name("name"), node.child_by_field_name("value")
    if pattern is None or value is None or text(pattern) in _OF_NODE:
        return []
    origin = imports.required(value)
    if origin and pattern.type == "identifier":
        return [imports.module(origin, text(pattern), node)]
    if origin and pattern.type == "object_pattern":
        return [imports.members(origin, imports.taken(pattern), node)]
    handed = imports.handed(value, text(pattern), node) if pattern.type == "identifier" else None
    if handed is not None:
        return [handed]
    if value.type in FUNCTIONS and pattern.type == "identifier":
        return [to.defined(value, text(pattern))]
    return to.bound(pattern, to.to.of(value))


def _expression(to: _Statements, node: Node) -> list[ast.stmt]:
    return [one for part in in_order(node) for one in _evaluated(to, part)]


def _evaluated(to: _Statements, node: Node) -> list[ast.stmt]:
    """An expression whose value nothing takes."""
    match node.type:
        case "assignment_expression" if (given := exports(to.to, node)) is not None:
            return given
        case "assignment_expression":
            target = to.to.of(node.child_by_field_name("left"))
            value = to.to.of(node.child_by_field_name("right"))
            return [assigned(target, value, node)]
        case "augmented_assignment_expression":
            return _augmented(to, node)
        case "call_expression" if (repeated := _each(to, node)) is not None:
            return repeated
        case _:
            return [put(ast.Expr(to.to.of(node)), node)]


def _augmented(to: _Statements, node: Node) -> list[ast.stmt]:
    target = to.to.of(node.child_by_field_name("left"))
    value = to.to.of(node.child_by_field_name("right"))
    plain = isinstance(target, (ast.Name, ast.Attribute, ast.Subscript))
    if text(node.child_by_field_name("operator")) == "+=" and plain:
        both = put(ast.BinOp(target, ast.Add(), value), node)
        return [assigned(target, both, node)]
    return [assigned(target, unknown(node), node)]


def _each(to: _Statements, node: Node) -> list[ast.stmt] | None:
    """`list.forEach((item, place) => …)` as a loop."""
    function = node.child_by_field_name("function")
    given = named(node.child_by_field_name("arguments"))
    if function is None or function.type != "member_expression" or not given:
        return None
    if text(function.child_by_field_name("property")) != "forEach":
        return None
    whole = to.to.of(function.child_by_field_name("object"))
    own, place = to.to.new_name(), to.to.new_name()
    parts: list[ast.expr] = [put(ast.Name(one, ast.Store()), node) for one in (place, own)]
    target = put(ast.Tuple(parts, ast.Store()), node)
    listed = called(name("enumerate", node), [whole], node)
    wanted = len(named(given[0].child_by_field_name("parameters")))
    names = (own, place)[: max(wanted, 1)]
    handed: list[ast.expr] = [name(one, node) for one in names]
    call = put(ast.Expr(called(to.to.of(given[0]), handed, node)), node)
    return [put(ast.For(target, listed, [call], []), node)]


def _if(to: _Statements, node: Node) -> list[ast.stmt]:
    test = to.to.of(node.child_by_field_name("condition"))
    body = block(to.body(node.child_by_field_name("consequence")), node)
    other = to.body(node.child_by_field_name("alternative"))
    return [put(ast.If(test, body, other), node)]


def _for_of(to: _Statements, node: Node) -> list[ast.stmt]:
    left, listed = node.child_by_field_name("left"), to.to.of(node.child_by_field_name("right"))
    if text(node.child_by_field_name("operator")) == "in":
        listed = method(listed, "keys", [], node)
    own = to.to.new_name()
    first = to.bound(left, name(own, node)) if left is not None else []
    body = [*first, *to.body(node.child_by_field_name("body"))]
    target = put(ast.Name(own, ast.Store()), node)
    return [put(ast.For(target, listed, block(body, node), []), node)]


def _loop(to: _Statements, node: Node) -> list[ast.stmt]:
    """Any other loop: its body, once, whatever its variable is."""
    before = to.body(node.child_by_field_name("initializer"))
    for one in before:
        if isinstance(one, ast.Assign):
            one.value = unknown(node)
    return [*before, *to.body(node.child_by_field_name("body"))]


def _switch(to: _Statements, node: Node) -> list[ast.stmt]:
    """A switch as a chain of conditions."""
    subject = node.child_by_field_name("value")
    other: list[ast.stmt] = []
    for case in reversed(named(node.child_by_field_name("body"))):
        kept = [one for one in case.children_by_field_name("body") if one.type != "break_statement"]
        body = to.all(kept)
        if case.type == "switch_default":
            other = body
            continue
        value = to.to.of(case.child_by_field_name("value"))
        test = put(ast.Compare(to.to.of(subject), [ast.Eq()], [value]), case)
        other = [put(ast.If(test, block(body, case), other), case)]
    return other


def _try(to: _Statements, node: Node) -> list[ast.stmt]:
    body = to.body(node.child_by_field_name("body"))
    last = node.child_by_field_name("finalizer")
    return [*body, *to.body(last.child_by_field_name("body") if last is not None else None)]


def _returned(to: _Statements, node: Node) -> list[ast.stmt]:
    given = named(node)
    return [put(ast.Return(to.to.of(given[0]) if given else None), node)]


def _exported(to: _Statements, node: Node) -> list[ast.stmt]:
    declaration = node.child_by_field_name("declaration")
    value = node.child_by_field_name("value")
    target = put(ast.Name(imports.DEFAULT, ast.Store()), node)
    if declaration is not None:
        found = to.of(declaration)
        last = found[-1] if found else None
        plain = any(one.type == imports.DEFAULT for one in node.children)
        if plain and isinstance(last, (ast.ClassDef, ast.FunctionDef)):
            found.append(assigned(target, name(last.name, node), node))
        return found
    if value is not None:
        return [assigned(target, to.to.of(value), node)]
    return list(imports.exported(node))


def _function(to: _Statements, node: Node) -> list[ast.stmt]:
    return [to.defined(node, text(node.child_by_field_name("name")))]


_KINDS: Mapping[str, Callable[[_Statements, Node], list[ast.stmt]]] = {
    "import_statement": lambda _, node: list(imports.imported(node)),
    "export_statement": _exported,
    "lexical_declaration": _declared,
    "variable_declaration": _declared,
    "expression_statement": _expression,
    "function_declaration": _function,
    "class_declaration": lambda to, node: [to.class_of(node)],
    "abstract_class_declaration": lambda to, node: [to.class_of(node)],
    "enum_declaration": lambda to, node: [enumeration(node, to.to)],
    "statement_block": lambda to, node: to.body(node),
    "if_statement": _if,
    "for_in_statement": _for_of,
    "for_statement": _loop,
    "while_statement": _loop,
    "do_statement": _loop,
    "switch_statement": _switch,
    "try_statement": _try,
    "return_statement": _returned,
    "throw_statement": lambda _, node: [put(ast.Raise(), node)],
}
"""How each kind of statement is translated."""
