"""How the way from a handler to a call is told: a sentence for each step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst

from lamlint.python.values.objects import Edge, Frame
from lamlint.text import Related


def told(way: Sequence[Edge], end: Frame) -> Iterator[Related]:
    """Who calls whom, from edge to edge, up to the frame that the last one leads to."""
    frames = [*(edge.caller for edge in way[1:]), end]
    for edge, frame in zip(way, frames, strict=False):
        if edge.site is not None and edge.caller is not None and frame is not None:
            place = edge.caller.module.span(edge.site)
            yield Related(place, f"{named(edge.caller)} calls {named(frame)}")


def named(frame: Frame) -> str:
    """What a frame's function is called, with its class in front; a module by its name."""
    node = frame.node
    if isinstance(node, cst.Lambda):
        return "a lambda"
    if not isinstance(node, cst.FunctionDef):
        return frame.module.name
    owner = frame.module.enclosing_class(node)
    return f"{owner.name.value}.{node.name.value}" if owner is not None else node.name.value
