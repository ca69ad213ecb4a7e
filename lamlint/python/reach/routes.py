"""The functions that an application or a resolver may call for an event: its routes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import libcst as cst

from lamlint.python.module.scope import positional
from lamlint.python.values.decorators import decorated
from lamlint.python.values.objects import Instance, Library, Routine

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Frame

_RESOLVERS = ("aws_lambda_powertools.event_handler",)
_APPLICATIONS = (
    "fastapi.FastAPI", "fastapi.APIRouter", "flask.Flask", "flask.Blueprint", "starlette.",
    "bottle.", "quart.Quart", "litestar.",
)  # fmt: skip
_SERVERS = frozenset(
    {
        "mangum.Mangum.__call__", "awsgi.response", "serverless_wsgi.handle_request",
        "serverless_wsgi.handle", "apig_wsgi.make_lambda_handler.__call__",
        "aws_wsgi.response", "a2wsgi.WSGIMiddleware.__call__",
    }
)  # fmt: skip
"""What gives an event to an application of a web framework."""
_DEPENDS = frozenset({"fastapi.Depends", "fastapi.Security"})


def answering(name: str, receiver: Instance | None) -> tuple[str, ...]:
    """The constructors of what a call gives its event to; none for any other call."""
    if name in _SERVERS:
        return _APPLICATIONS
    resolves = name.endswith((".resolve", ".__call__"))
    routed = receiver is not None and receiver.constructor.startswith(_RESOLVERS)
    return _RESOLVERS if routed and resolves else ()


def routes(analysis: Analysis, owners: tuple[str, ...]) -> Iterator[Routine]:
    """The functions that are decorated by methods of such objects, and what FastAPI gives them."""
    for module in tuple(analysis.codebase.loaded):
        home = analysis.module_frame(module)
        for function in module.nodes(cst.FunctionDef):
            if any(_is_route(analysis, home, d, owners) for d in function.decorators):
                route = Routine(module, function, home)
                yield from _dependencies(analysis, route)
                for thing in decorated(analysis, route):
                    if isinstance(thing, Routine):
                        yield thing


def _dependencies(analysis: Analysis, route: Routine) -> Iterator[Routine]:
    """The functions behind `s3=Depends(get_s3)`."""
    for parameter in positional(route.node):
        given = parameter.default
        if not isinstance(given, cst.Call) or route.module.qualified(given) not in _DEPENDS:
            continue
        for argument in given.args[:1]:
            for thing in analysis.things(argument.value, route.closure):
                if isinstance(thing, Routine):
                    yield thing


def _is_route(
    analysis: Analysis, frame: Frame, decorator: cst.Decorator, owners: tuple[str, ...]
) -> bool:
    for thing in analysis.things(decorator.decorator, frame):
        owner = thing.receiver if isinstance(thing, Library) else None
        if isinstance(thing, Instance):
            owner = thing.parent
        if owner is not None and owner.constructor.startswith(owners):
            return True
    return False
