"""Which functions of a module are given the event of a handler by that handler."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import cache, partial
from typing import TypeAlias

from lamlint.python.module import cst
from lamlint.python.module.module import Module
from lamlint.python.module.running import inside
from lamlint.python.module.scope import positional
from lamlint.python.values.arguments import argument

Given: TypeAlias = "tuple[str, int]"
"""A function, and the place of the parameter that it is given something for."""

_TAKING = frozenset({"get", "pop", "setdefault"})
"""The methods of a dict that give what it holds."""


def handed_on(module: Module, handlers: Collection[str]) -> frozenset[str]:
    """Those of some handlers that another one calls with its own event, on whatever way.

    Of two that call each other neither is a helper of the other.
    """
    given = cache(partial(_given, module))
    called = frozenset(to for start, to in _steps(handlers, given) if start != to)
    first = [one for one in handlers if one not in called]
    return called & frozenset(to for _, to in _steps(first, given)) & frozenset(handlers)


def _steps(
    handlers: Collection[str], given: Callable[[str, int], tuple[Given, ...]]
) -> Iterator[tuple[str, str]]:
    """Who gives the event of some handlers to whom, first of all, each step once."""
    waiting = [(one, 0) for one in handlers]
    seen = set(waiting)
    for start in waiting:
        for one in given(*start):
            if one[1] == 0:
                yield start[0], one[0]
            if one not in seen:
                seen.add(one)
                waiting.append(one)


def _given(module: Module, name: str, place: int) -> tuple[Given, ...]:
    """What a function hands on of what it is given itself at some place."""
    node = module.definition(name)
    if not isinstance(node, cst.FunctionDef) or place >= len(positional(node)):
        return ()
    return tuple(_calls(module, node, positional(node)[place].name.value))


def _calls(module: Module, node: cst.FunctionDef, event: str) -> Iterator[Given]:
    """The functions that a function calls with a variable, each with the parameter's place."""
    for call in inside(module, node):
        if not isinstance(call, cst.Call) or not any(_is(one.value, event) for one in call.args):
            continue
        for name in _called(module, node, call.func):
            callee = module.definition(name)
            parameters = positional(callee) if isinstance(callee, cst.FunctionDef) else []
            for place, parameter in enumerate(parameters):
                if _is(argument(call, place, parameter.name.value), event):
                    yield name, place


def _is(node: cst.CSTNode | None, name: str) -> bool:
    return isinstance(node, cst.Name) and node.value == name


def _called(module: Module, node: cst.FunctionDef, func: cst.BaseExpression) -> Iterator[str]:
    """The functions that an expression may be: by name, or out of a collection of them."""
    if isinstance(func, cst.Name):
        yield func.value
        for line in inside(module, node):
            if isinstance(line, cst.Assign) and _assigns(line, func.value):
                yield from _taken(module, line.value)
    else:
        yield from _taken(module, func)


def _assigns(line: cst.Assign, name: str) -> bool:
    return any(_is(one.target, name) for one in line.targets)


def _taken(module: Module, node: cst.BaseExpression) -> Iterator[str]:
    """The names that a collection holds from which something is taken: `ROUTES[path]`."""
    held: cst.CSTNode | None = None
    if isinstance(node, cst.Subscript):
        held = node.value
    elif isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
        held = node.func.value if node.func.attr.value in _TAKING else None
    if isinstance(held, cst.Name):
        held = _written(module, held.value)
    if isinstance(held, (cst.Dict, cst.List, cst.Tuple)):
        for element in held.elements:
            if isinstance(element.value, cst.Name):
                yield element.value.value


def _written(module: Module, name: str) -> cst.CSTNode | None:
    """What a module binds a name to at its outermost level, if that is written once."""
    found = [
        line.value
        for statement in module.tree.body
        if isinstance(statement, cst.SimpleStatementLine)
        for line in statement.body
        if isinstance(line, cst.Assign) and _assigns(line, name)
    ]
    return found[0] if len(found) == 1 else None
