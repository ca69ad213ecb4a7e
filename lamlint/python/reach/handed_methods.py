"""Methods of a library's objects that a call is handed to make: `submit(client.invoke, …)`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.values.objects import Frame, Instance, Library

if TYPE_CHECKING:
    from lamlint.python.values.objects import Thing

SHIFTING = frozenset({"submit", "run_in_executor", "to_thread", "apply", "call_soon", "start_soon"})
"""What calls its first argument with those behind it."""
_PARTIAL = "functools.partial"


def handed_methods(
    frame: Frame, node: cst.Call, name: str, first: cst.Arg, things: Iterable[Thing]
) -> Iterator[tuple[str, Instance]]:
    """The methods that a call of some name is given to make, each with its object.

    What they are to get is only known where all of it is given by keyword.
    """
    if not (_shifts(node) or (name == _PARTIAL and _is_run(frame, node))):
        return
    behind = node.args[node.args.index(first) + 1 :]
    if first.keyword is not None or any(one.keyword is None and not one.star for one in behind):
        return
    for thing in things:
        if isinstance(thing, Library) and thing.receiver is not None:
            yield thing.name, thing.receiver


def _is_run(frame: Frame, node: cst.Call) -> bool:
    """Whether what a call makes is handed to what runs it: `pool.submit(partial(…))`."""
    given = frame.module.parent(node)
    outer = frame.module.parent(given) if isinstance(given, cst.Arg) else None
    return isinstance(outer, cst.Call) and _shifts(outer)


def _shifts(call: cst.Call) -> bool:
    """Whether a call is one of those by the name that is written: of a pool that may be any."""
    match call.func:
        case cst.Attribute(attr=cst.Name(value=last)) | cst.Name(value=last):
            return last in SHIFTING
        case _:
            return False
