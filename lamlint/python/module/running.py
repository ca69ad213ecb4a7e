"""What is run when a function is run: the nodes of its body, less those of inner functions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import FUNCTIONS, parameters
from lamlint.python.module.scripts import script_parts
from lamlint.python.module.walk import children

if TYPE_CHECKING:
    from lamlint.python.module.module import Module


def inside(module: Module, node: cst.CSTNode) -> list[cst.CSTNode]:
    """All nodes that run with a function, lambda or module, in document order.

    Inner functions count with their decorators and defaults only; the bodies
    of classes run where they stand.
    """
    return module.syntax.once(("inside", id(node)), partial(_nodes_inside, node))


def _nodes_inside(node: cst.CSTNode) -> list[cst.CSTNode]:
    return list(_inside(node))


def _inside(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    if isinstance(node, FUNCTIONS):
        stack: list[cst.CSTNode] = [node.body]
    else:
        stack = children(node)[::-1]
    while stack:
        current = stack.pop()
        yield current
        # Asking for the type itself is far faster than isinstance of an abstract class.
        if current.__class__ not in FUNCTIONS:
            stack.extend(children(current)[::-1])
        elif isinstance(current, cst.FunctionDef):
            stack.extend(reversed([*current.decorators, *_defaults(current)]))
        elif isinstance(current, cst.Lambda):
            stack.extend(reversed(_defaults(current)))


def runs(module: Module, node: cst.CSTNode) -> list[cst.CSTNode]:
    """What is inside a function, lambda or module, less what runs only as a script."""
    if not isinstance(node, cst.Module) or not of_script(module):
        return inside(module, node)
    return module.syntax.once(("imported", id(node)), lambda: _imported(module, node))


def _imported(module: Module, node: cst.Module) -> list[cst.CSTNode]:
    return [inner for inner in inside(module, node) if id(inner) not in of_script(module)]


def of_script(module: Module) -> frozenset[int]:
    """The nodes, by their ids, that run only where a module is started as a script."""
    if "__main__" not in module.source.text:
        return frozenset()
    return module.syntax.once(("script", id(module.tree)), lambda: frozenset(_of_script(module)))


def _of_script(module: Module) -> Iterator[int]:
    for line in module.tree.body:
        for part in script_parts(line) if isinstance(line, cst.If) else ():
            yield from map(id, (part, *inside(module, part)))


def _defaults(node: cst.FunctionDef | cst.Lambda) -> list[cst.CSTNode]:
    return [p.default for p in parameters(node) if p.default is not None]


def results(module: Module, node: cst.CSTNode) -> list[cst.BaseExpression]:
    """The expressions that a function may return or yield."""
    return module.syntax.once(("results", id(node)), lambda: list(_results(module, node)))


def _results(module: Module, node: cst.CSTNode) -> Iterator[cst.BaseExpression]:
    if isinstance(node, cst.Lambda):
        yield node.body
        return
    for inner in inside(module, node):
        kind = inner.__class__
        if kind is cst.Return or kind is cst.Yield:
            value = inner.value  # type: ignore[attr-defined]  # both have one
            if isinstance(value, cst.BaseExpression):
                yield value


def returns_none(module: Module, node: cst.CSTNode) -> bool:
    """Whether a function says of itself that it may return None."""
    return module.syntax.once(("none", id(node)), lambda: any(map(_is_none, inside(module, node))))


def _is_none(node: cst.CSTNode) -> bool:
    if node.__class__ is not cst.Return:
        return False
    value = node.value
    return value is None or (isinstance(value, cst.Name) and value.value == "None")
