"""Whether a session of HTTP is given another identity each time: headers or a proxy at random.

It is made anew on purpose: kept, one identity would send all, with the cookies of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.reach.construction import put_in_by
from lamlint.python.values.origins import origins

if TYPE_CHECKING:
    from lamlint.python.reach.call import Call
    from lamlint.python.reach.handler import Handler
    from lamlint.python.values.analysis import Origins
    from lamlint.python.values.objects import Frame

_AT_RANDOM = ("fake_useragent.", "faker.", "numpy.random.", "random.", "secrets.")


def is_disguised(handler: Handler, call: Call, given: Iterable[cst.CSTNode]) -> bool:
    """Whether what a session is given, or a method of its object puts into it, is random."""
    names = frozenset(name for one in given for name in handler.origins(call, one))
    return any(name.startswith(_AT_RANDOM) for name in names | _of_what_is_put_in(call))


def _of_what_is_put_in(call: Call) -> Origins:
    """What that depends on which the methods of its class put into it."""
    try:
        found = (origins(call.analysis, value, frame) for value, frame in _put_in(call))
        return frozenset().union(*found)
    except RecursionError:
        call.analysis.give_up()
        return frozenset()


def _put_in(call: Call) -> Iterator[tuple[cst.CSTNode, Frame]]:
    """What the methods of its class put into it, each with the frame that this is run in."""
    of = None if call.function is None else call.module.enclosing_class(call.function)
    for value in put_in_by(call, of) if of is not None else ():
        function = call.module.enclosing_function(value)
        frame = call.analysis.by_function.get(id(function))
        if frame is not None:
            yield value, frame
