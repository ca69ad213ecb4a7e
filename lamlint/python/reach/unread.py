"""Whether a handler does the same whatever its event is: it reads nothing of it.

What is only written into a log is not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import dotted, parameters
from lamlint.python.module.walk import descendants
from lamlint.python.reach.failing import WRITING
from lamlint.python.reach.swallowing import HANDING_ON

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.reach.handler import Handler

_ALL_NAMES = frozenset({"eval", "exec", "locals", "vars"})
_READING = frozenset({"lambda_handler"})
"""What hands a function on, and looks at what it is given itself."""


def leaves_event_unread(handler: Handler) -> bool:
    """Whether a handler does something, and surely nothing by its event."""
    function = handler.entry.definition
    if function is None or not all(_hands_on(handler, one) for one in function.decorators):
        return False
    given = parameters(function)
    if not given or isinstance(function.params.star_arg, cst.Param):
        return False
    does = False
    for node in descendants(function.body):
        if isinstance(node, cst.Name):
            named = node.value == given[0].name.value
            if node.value in _ALL_NAMES or (named and not _is_written_down(handler.module, node)):
                return False
        does = does or isinstance(node, cst.Call) or _answers(node)
    return does


def _answers(node: cst.CSTNode) -> bool:
    """Whether a statement answers something: a function without one is there to be written."""
    given = node.value if isinstance(node, cst.Return) else None
    return given is not None and dotted(given) != "None" and not isinstance(given, cst.Ellipsis)


def _hands_on(handler: Handler, decorator: cst.Decorator) -> bool:
    """Whether a decorator runs the function as it is, or only declares its trigger."""
    made = decorator.decorator
    written = made.func if isinstance(made, cst.Call) else made
    if (dotted(written) or "").rpartition(".")[2] in HANDING_ON - _READING:
        return True
    place = handler.module.span(made)
    return any(event.span == place for one in handler.functions for event in one.events)


def _is_written_down(module: Module, node: cst.Name) -> bool:
    """Whether a name is part of a line that does no more than write into a log."""
    for above in module.ancestors(node):
        if isinstance(above, cst.Expr):
            called = above.value.func if isinstance(above.value, cst.Call) else above.value
            name = dotted(called) or ""
            return name == "print" or not WRITING.isdisjoint(name.split(".")[:-1])
        if isinstance(above, cst.BaseStatement):
            return False
    return False
