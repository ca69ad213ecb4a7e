"""How the way from a handler to a call is told: a sentence for each step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lamlint.catalog.frameworks import frameworks
from lamlint.python.module import cst
from lamlint.python.module.scope import dotted, last_name
from lamlint.python.values.objects import Edge, Frame, Step
from lamlint.text import Related

if TYPE_CHECKING:
    from lamlint.python.module.module import Module


def told(way: Sequence[Edge], end: Frame) -> Iterator[Related]:
    """Who calls whom, from edge to edge, up to the frame that the last one leads to."""
    frames = [*(edge.caller for edge in way[1:]), end]
    for edge, frame in zip(way, frames, strict=False):
        if edge.site is not None and edge.caller is not None and frame is not None:
            place = edge.caller.module.span(edge.site)
            if edge.step is None:
                yield Related(place, f"{named(edge.caller)} calls {named(frame)}")
            elif isinstance(edge.site, cst.Call):
                yield Related(place, f"{named(edge.caller)} calls {_called(edge.site)}")
        if edge.step is not None:
            yield _step(edge.step)


def entered(frame: Frame) -> Iterator[Related]:
    """What leads to a frame that no call in the code does: a route that a server runs."""
    edge = next((one for one in frame.edges if one.caller is None), None)
    if edge is not None and edge.step is not None:
        yield _step(edge.step)


def _step(step: Step) -> Related:
    return Related(step.module.span(step.node), step.words)


def _called(site: cst.Call) -> str:
    """What a call calls, as it is written: `app.resolve`; of a longer expression its end."""
    func = site.func
    last = func.attr.value if isinstance(func, cst.Attribute) else "the application"
    return dotted(func) or last


def named(frame: Frame) -> str:
    """What a frame's function is called, with its class in front; a module by its name."""
    node = frame.node
    if isinstance(node, cst.Lambda):
        return "a lambda"
    if not isinstance(node, cst.FunctionDef):
        return frame.module.name
    owner = frame.module.enclosing_class(node)
    return f"{owner.name.value}.{node.name.value}" if owner is not None else node.name.value


def server_calls(module: Module, name: str) -> str:
    """How an invocation begins where the handler is no function: `Mangum calls app …`."""
    bindings = module.scopes.module.bindings.get(name, [])
    value = bindings[-1].value if bindings else None
    if isinstance(value, cst.Call) and value.args:
        maker, given = last_name(value.func), dotted(value.args[0].value)
        if maker in frameworks().serving and given is not None:
            return f"{maker} calls {given} for each event"
    return f"each invocation calls {name}"
