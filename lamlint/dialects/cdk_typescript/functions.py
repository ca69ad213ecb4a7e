"""Functions, classes and enumerations of TypeScript as those of Python."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import field
from typing import TYPE_CHECKING

from lamlint.dialects.cdk_typescript.expressions import Expressions
from lamlint.dialects.cdk_typescript.grammar import named, text
from lamlint.dialects.cdk_typescript.python_nodes import (
    ME,
    assigned,
    block,
    constant,
    member,
    name,
    put,
    pythonic,
)
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

Bind = Callable[["Node", ast.expr], list[ast.stmt]]
_START = "constructor"


@dataclass
class Parameters:
    """The parameters of a function, and what its body does with them first."""

    names: list[ast.arg] = field(default_factory=list)
    defaults: list[ast.expr] = field(default_factory=list)
    rest: ast.arg | None = None
    first: list[ast.stmt] = field(default_factory=list)

    def arguments(self) -> ast.arguments:
        """As Python has them."""
        return ast.arguments([], self.names, self.rest, [], [], None, self.defaults)


def parameters(node: Node, to: Expressions, bind: Bind, *, me: bool = False) -> Parameters:
    """The parameters of a function; its own object is the first where it is a method."""
    found = Parameters()
    if me:
        found.names.append(put(ast.arg(ME), node))
    single = node.child_by_field_name("parameter")
    listed = [single] if single is not None else named(node.child_by_field_name("parameters"))
    for one in listed:
        _parameter(one, found, to, bind)
    return found


def _parameter(one: Node, found: Parameters, to: Expressions, bind: Bind) -> None:
    pattern = one.child_by_field_name("pattern") or one
    if pattern.type == "rest_pattern":
        found.rest = put(ast.arg(text(named(pattern)[0])), one)
        return
    plain = pattern.type == "identifier"
    own = text(pattern) if plain else to.new_name()
    found.names.append(put(ast.arg(own), one))
    value = one.child_by_field_name("value")
    if value is not None:
        found.defaults.append(to.of(value))
    elif found.defaults or one.type == "optional_parameter":
        found.defaults.append(constant(None, one))
    if not plain:
        found.first += bind(pattern, name(own, one))
    if any(mark.type in ("accessibility_modifier", "readonly") for mark in one.children):
        target = member(name(ME, one), own, one)
        found.first.append(assigned(target, name(own, one), one))


def definition(
    node: Node, own: str, taken: Parameters, body: list[ast.stmt], marks: list[str]
) -> ast.FunctionDef:
    """A function."""
    whole = block([*taken.first, *body], node)
    decorators: list[ast.expr] = [name(mark, node) for mark in marks]
    made = ast.FunctionDef(own, taken.arguments(), whole, decorators)
    return put(made, node)


def marks_of(node: Node) -> list[str]:
    """The decorators that a method has in Python in place of its modifiers."""
    modifiers = {one.type for one in node.children if not one.is_named}
    found = ["staticmethod"] if "static" in modifiers else []
    return [*found, "property"] if "get" in modifiers else found


def method_name(node: Node) -> str:
    """What a method is called in Python."""
    own = text(node.child_by_field_name("name"))
    return "__init__" if own == _START else pythonic(own)


def bases(node: Node) -> Iterator[Node]:
    """The classes that a class extends."""
    for heritage in named(node):
        for clause in named(heritage) if heritage.type == "class_heritage" else ():
            value = clause.child_by_field_name("value")
            if clause.type == "extends_clause" and value is not None:
                yield value


def enumeration(node: Node, to: Expressions) -> ast.stmt:
    """An enumeration as a class of its values."""
    body: list[ast.stmt] = []
    for place, one in enumerate(named(node.child_by_field_name("body"))):
        own = one.child_by_field_name("name") or one
        value = one.child_by_field_name("value")
        target = put(ast.Name(text(own).strip("'\""), ast.Store()), own)
        body.append(assigned(target, to.of(value) if value else constant(place, one), one))
    own_name = text(node.child_by_field_name("name"))
    return put(ast.ClassDef(own_name, [], [], block(body, node), []), node)
