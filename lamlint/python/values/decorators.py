"""What decorators make of a function: wrappers, middlewares, caches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import last_name
from lamlint.python.values.caches import keeps, says_that_it_keeps
from lamlint.python.values.dispatched import DISPATCHING, registered
from lamlint.python.values.objects import (
    Class,
    Edge,
    Frame,
    Instance,
    Library,
    Own,
    Passing,
    Routine,
    Thing,
)

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis, Things

_MIDDLEWARE = (
    "aws_lambda_powertools.middleware_factory.lambda_handler_decorator",
    "aws_lambda_powertools.middleware_factory.factory.lambda_handler_decorator",
    "wrapt.decorator",
    "wrapt.decorators.decorator",
)
"""What makes a decorator of a function that is given the one which it decorates first."""


def decorated(analysis: Analysis, routine: Routine) -> Things:
    """What the name of a function stands for once its decorators have run."""
    current: Things = (routine,)
    if not isinstance(routine.node, cst.FunctionDef):
        return current
    for decorator in reversed(routine.node.decorators):
        current = tuple(
            dict.fromkeys(
                made
                for inner in current
                for made in _decorate(analysis, decorator, inner, routine.closure)
            )
        )
    return current


def _decorate(
    analysis: Analysis, decorator: cst.Decorator, inner: Thing, frame: Frame
) -> Iterator[Thing]:
    expression = decorator.decorator
    found = False
    for one in _middlewares(analysis, expression, frame):
        found = True
        yield Routine(one.module, one.node, one.closure, leading=(*one.leading, inner))
    of = expression.func if isinstance(expression, cst.Call) else expression
    if not found and isinstance(inner, Routine) and says_that_it_keeps(last_name(of)):
        found = True
        yield replace(inner, cached=True)
    for thing in () if found else analysis.things(expression, frame):
        if isinstance(thing, Routine):
            edge = Edge(frame, expression, Passing.NOTHING, thing.receiver, (*thing.leading, inner))
            for result in analysis.returned(thing, edge):
                if isinstance(result, (Routine, Own, Class)):
                    found = True
                    yield result
        elif isinstance(thing, Class):
            found = True
            yield Own(thing, None, None, (inner,))
        elif isinstance(thing, Own):
            for method in analysis.attribute(thing, "__call__"):
                if isinstance(method, Routine):
                    edge = Edge(frame, expression, Passing.NOTHING, thing, (inner,))
                    for result in analysis.returned(method, edge):
                        found = True
                        yield result
        elif isinstance(inner, Routine) and decorator_name(thing) in DISPATCHING:
            found = True
            yield inner
            yield from registered(analysis, inner)
        elif isinstance(inner, Routine) and keeps(decorator_name(thing)):
            found = True
            yield replace(inner, cached=True)
    if not found:
        yield inner


def _middlewares(
    analysis: Analysis, expression: cst.BaseExpression, frame: Frame
) -> Iterator[Routine]:
    """The middlewares that a decorator is, or is with options: `@audit(table="orders")`."""
    of = expression.func if isinstance(expression, cst.Call) else expression
    for thing in analysis.things(of, frame):
        if isinstance(thing, Routine) and _is_middleware(analysis, thing):
            yield thing


def _is_middleware(analysis: Analysis, routine: Routine) -> bool:
    """Whether a function is a middleware: called as (handler, event, context)."""
    if not isinstance(routine.node, cst.FunctionDef):
        return False
    return any(
        name in _MIDDLEWARE for name in decorator_names(analysis, routine.node, routine.closure)
    )


def decorator_names(
    analysis: Analysis, node: cst.FunctionDef | cst.ClassDef, frame: Frame
) -> set[str]:
    """The full names of the library decorators of a definition."""
    return {
        name
        for decorator in node.decorators
        for thing in analysis.things(decorator.decorator, frame)
        if (name := decorator_name(thing))
    }


def decorator_name(thing: Thing) -> str:
    """The full name of a library's decorator, called or not."""
    if isinstance(thing, Library):
        return thing.name
    return thing.constructor if isinstance(thing, Instance) else ""
