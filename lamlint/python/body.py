"""What is run when a function is run: the nodes of its body, less those of inner functions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import libcst as cst

from lamlint.python.walk import children

if TYPE_CHECKING:
    from lamlint.python.module import Module

Setting = tuple[cst.FunctionDef, cst.BaseExpression, tuple[int | None, ...]]
"""An assignment to an attribute of an object: the method, the value, the way into it."""


def inside(module: Module, node: cst.CSTNode) -> list[cst.CSTNode]:
    """All nodes that run with a function, lambda or module, in document order.

    Inner functions count with their decorators and defaults only; the bodies
    of classes run where they stand.
    """
    cached = module.bodies.get(id(node))
    if cached is None:
        cached = module.bodies[id(node)] = list(_inside(node))
    return cached


def _inside(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    if isinstance(node, (cst.FunctionDef, cst.Lambda)):
        stack: list[cst.CSTNode] = [node.body]
    else:
        stack = list(reversed(children(node)))
    while stack:
        current = stack.pop()
        yield current
        if isinstance(current, cst.FunctionDef):
            stack.extend(reversed([*current.decorators, *_defaults(current)]))
        elif isinstance(current, cst.Lambda):
            stack.extend(reversed(_defaults(current)))
        else:
            stack.extend(reversed(children(current)))


def _defaults(node: cst.FunctionDef | cst.Lambda) -> list[cst.CSTNode]:
    from lamlint.python.scope import parameters

    return [p.default for p in parameters(node) if p.default is not None]


def results(module: Module, node: cst.CSTNode) -> list[cst.BaseExpression]:
    """The expressions that a function may return or yield."""
    if isinstance(node, cst.Lambda):
        return [node.body]
    found: list[cst.BaseExpression] = []
    for inner in inside(module, node):
        if (isinstance(inner, cst.Return) and inner.value is not None) or (
            isinstance(inner, cst.Yield) and isinstance(inner.value, cst.BaseExpression)
        ):
            found.append(inner.value)
    return found
