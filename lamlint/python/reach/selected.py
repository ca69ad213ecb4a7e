"""Whether a test decides about a call, or about all that it is made for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.reach.guards import guards, ways
from lamlint.python.values.filled import fillings

if TYPE_CHECKING:
    from lamlint.python.reach.guard import Guard
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Frame


def guarded(
    analysis: Analysis,
    frames: tuple[Frame, ...],
    node: cst.CSTNode,
    items: cst.CSTNode | None,
    stops: Callable[[Guard], bool],
) -> bool:
    """Whether a test that counts lies on the way to a node, or on that to what it is run for.

    It is run for the items that a loop around it goes over, or for `items`
    themselves. There are none where a test kept each of them out.
    """
    seen: set[tuple[int, int]] = set()
    return any(stops(guard) for guard in guards(analysis, frames, node)) or any(
        _selected(analysis, iterated, frame, stops, seen)
        for iterated, frame in _iterated(frames, node, items)
    )


def _selected(
    analysis: Analysis,
    iterated: cst.CSTNode,
    frame: Frame,
    stops: Callable[[Guard], bool],
    seen: set[tuple[int, int]],
) -> bool:
    """Whether all that is iterated over has passed a test that counts."""
    if (id(iterated), id(frame)) in seen:
        return False
    seen.add((id(iterated), id(frame)))
    places = fillings(analysis, iterated, frame)
    return bool(places) and all(
        any(stops(guard) for guard in guards(analysis, (home,), place))
        or any(
            _selected(analysis, inner, outer, stops, seen)
            for inner, outer in _iterated((home,), place, None)
        )
        for home, place in places or ()
    )


def _iterated(
    frames: tuple[Frame, ...], node: cst.CSTNode, items: cst.CSTNode | None
) -> Iterator[tuple[cst.CSTNode, Frame]]:
    """What the loops on the way to a node go over."""
    if items is not None:
        yield from ((items, frame) for frame in frames)
    for frame, site in ways(frames, node):
        child = site
        for ancestor in frame.module.ancestors(site):
            if isinstance(ancestor, cst.For) and child is ancestor.body:
                yield ancestor.iter, frame
            elif isinstance(ancestor, cst.BaseComp) and child is not ancestor.for_in:
                yield ancestor.for_in.iter, frame
            if ancestor is frame.node:
                break
            child = ancestor
