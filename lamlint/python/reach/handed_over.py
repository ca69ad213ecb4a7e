"""Whether what a function hands to itself keeps that run from coming to the same call again.

`if event.get("work"): return do(event)`, and further on `invoke(…, Payload='{"work": true}')`:
one run answers, a second one works, and there is no third.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.reach.as_event import answers
from lamlint.python.reach.dead import every_way
from lamlint.python.reach.payload import payloads
from lamlint.python.values.asker import Ask
from lamlint.python.values.kinds import truth
from lamlint.python.values.objects import Frame
from lamlint.python.values.off import never_run

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis

_MOST = 8
"""As many payloads are followed of a call that is handed several."""


def hands_over_once(analysis: Analysis, frames: Sequence[Frame], call: cst.Call) -> bool:
    """Whether an invocation's payload, as an event, ends on every way ahead of the call."""
    found = [one for frame in frames for one in payloads(analysis, call, frame)]
    if not found or len(found) > _MOST:
        return False
    return all(
        every_way(frames, call, partial(_is_turned_away, answers(analysis, one))) for one in found
    )


def _is_turned_away(ask: Ask, frame: Frame, node: cst.CSTNode) -> bool:
    """Whether a test in a function keeps an event from a node, or a loop over what it lacks."""
    return never_run(ask, frame, node) or any(
        all(truth(each) is False for each in ask(loop.iter, frame)) for loop in _loops(frame, node)
    )


def _loops(frame: Frame, node: cst.CSTNode) -> list[cst.For]:
    """The loops of a frame's function that a node is in the body of."""
    found: list[cst.For] = []
    child = node
    for parent in frame.module.ancestors(node):
        if parent is frame.node:
            break
        if isinstance(parent, cst.For) and child is parent.body:
            found.append(parent)
        child = parent
    return found
