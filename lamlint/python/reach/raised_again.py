"""The clauses that tell somebody of what failed, and raise it again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.walk import children, descendants

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.reach.failing import Failing

_SENDING = (
    "alert", "capture_exception", "capture_message", "chat_post", "notify", "post", "publish",
    "put_events", "report", "send", "urlopen",
)  # fmt: skip
"""What the name of a function begins with that tells somebody."""
_COUNTING = frozenset(
    {"add_metric", "put_metric", "put_metric_data", "record_metric", "single_metric"}
)
"""What counts a failure where an alarm may see it."""
_MOST = 50
"""So many functions are followed from one clause."""
_DEFINING = (cst.FunctionDef, cst.Lambda, cst.ClassDef)


def told_and_raised(
    failing: Failing, module: Module, function: cst.FunctionDef
) -> Iterator[cst.CSTNode]:
    """The clauses of a function that tell of an error, and let it out."""
    for node in descendants(function.body):
        if isinstance(node, (cst.ExceptHandler, cst.ExceptStarHandler)):
            if _raises(node.body) and _tells(failing, module, node.body):
                yield node


def _raises(block: cst.BaseSuite) -> bool:
    """Whether a clause ends in raising something, whatever it does before."""
    match block.body[-1]:
        case cst.SimpleStatementLine(body=[*_, cst.Raise()]) | cst.Raise():
            return True
        case _:
            return False


def _tells(failing: Failing, module: Module, block: cst.BaseSuite) -> bool:
    """Whether running some code sends something to somewhere outside of the function's logs.

    Counting it is enough.
    """
    waiting: list[tuple[Module, cst.CSTNode]] = [(module, block)]
    seen: set[int] = set()
    while waiting and len(seen) < _MOST:
        around, node = waiting.pop()
        if isinstance(node, (*_DEFINING, cst.Raise)):
            continue
        if isinstance(node, cst.Call):
            found = failing.function(around, node.func)
            if found is not None and id(found[1]) not in seen:
                seen.add(id(found[1]))
                waiting.append((found[0], found[1].body))
            if found is None and _sends(failing, around, node):
                return True
        waiting.extend((around, one) for one in children(node))
    return False


def _sends(failing: Failing, module: Module, call: cst.Call) -> bool:
    match call.func:
        case cst.Name(value=name) | cst.Attribute(attr=cst.Name(value=name)):
            sending = name.lstrip("_").startswith(_SENDING)
            return name in _COUNTING or (sending and failing.fails(module, call, works=True))
        case _:
            return False
