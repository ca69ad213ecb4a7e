"""What patterns of TypeScript take from a value: `const { a, b: c = 1, ...rest } = value`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from lamlint.dialects.cdk_typescript.expressions import Expressions
from lamlint.dialects.cdk_typescript.grammar import named, text
from lamlint.dialects.cdk_typescript.python_nodes import assigned, member, name, put

if TYPE_CHECKING:
    from tree_sitter import Node


def bound(pattern: Node, value: ast.expr, to: Expressions) -> list[ast.stmt]:
    """The assignments that a pattern stands for."""
    match pattern.type:
        case "object_pattern":
            own = to.new_name()
            found: list[ast.stmt] = [assigned(_target(own, pattern), value, pattern)]
            for one in named(pattern):
                found += _part(one, own, to)
            return found
        case "array_pattern":
            names: list[ast.expr] = [_target(text(one), one) for one in named(pattern)]
            return [assigned(put(ast.Tuple(names, ast.Store()), pattern), value, pattern)]
        case _:
            return [assigned(_target(text(pattern), pattern), value, pattern)]


def _target(own: str, at: Node) -> ast.Name:
    return put(ast.Name(own, ast.Store()), at)


def _part(one: Node, whole: str, to: Expressions) -> list[ast.stmt]:
    """What one part of a pattern takes from an object."""
    source = name(whole, one)
    match one.type:
        case "shorthand_property_identifier_pattern":
            return bound(one, member(source, text(one), one), to)
        case "pair_pattern":
            key, inner = one.child_by_field_name("key"), one.child_by_field_name("value")
            found = member(source, text(key), one)
            if inner is not None and inner.type == "assignment_pattern":
                other = inner.child_by_field_name("right")
                return bound(
                    inner.child_by_field_name("left") or one, _or(found, other, to, one), to
                )
            return bound(inner or one, found, to)
        case "object_assignment_pattern":
            left = one.child_by_field_name("left") or one
            found = member(source, text(left), one)
            return bound(left, _or(found, one.child_by_field_name("right"), to, one), to)
        case _:
            return [assigned(_target(text(each), each), source, one) for each in named(one)[:1]]


def _or(found: ast.expr, other: Node | None, to: Expressions, at: Node) -> ast.expr:
    """What is found, or else what stands for it."""
    return put(ast.BoolOp(ast.Or(), [found, to.of(other)]), at)
