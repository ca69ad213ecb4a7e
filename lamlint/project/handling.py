"""What the code of a function does with the events that are handed to it, and where they fail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lamlint.project.computing import only_logs
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.model import EventSource, Function
    from lamlint.project.join import Project
    from lamlint.python import Handler, Swallowed
    from lamlint.text import Span


@dataclass(frozen=True)
class Handling:
    """What runs for a trigger: what it catches and ends, whether it reads the event, or may fail;
    where its errors are handed to what tracks them.
    """

    swallows: Swallowed | None
    reads: bool
    fails: bool
    tracks: Span | None


def handlings(
    function: Function, events: Sequence[EventSource], project: Project
) -> Iterator[tuple[Span, Handling]]:
    """The triggers of a function whose code is read, by their blocks, each with what that does."""
    is_answered = not all(one.on_success.nowhere for one in function.asynchronous)
    of_block = {event.block: event for event in events}
    for handler, own in () if _is_foreign(function) else project.triggered(function):
        mine = [of_block[event.block] for event in own if event.block in of_block]
        if mine:
            from lamlint.python import leaves_event_unread, swallowed, tracks_errors  # needs LibCST

            found = swallowed(handler, project.catalog.computing)
            reads = not leaves_event_unread(handler)
            fails = is_answered or _may_fail(function, handler, project, reads=reads)
            code = Handling(found, reads, fails, tracks_errors(handler))
            yield from ((event.block, code) for event in mine)


def _may_fail(function: Function, handler: Handler, project: Project, *, reads: bool) -> bool:
    """Whether anything in a handler may fail; who reads no event is not broken by one, either."""
    from lamlint.python import fails_nowhere  # this needs LibCST

    if only_logs(function, project):
        return False
    plain = not reads and function.code.inline is None
    return not (plain and fails_nowhere(handler, project.catalog.computing))


def _is_foreign(function: Function) -> bool:
    """Whether it is known to run another language; an image says nothing of its own."""
    return bool(function.runtime.choices) and not function.python
