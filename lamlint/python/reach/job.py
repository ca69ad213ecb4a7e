"""Whether a handler that no configuration names looks like a job, as schedules run them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.running import inside
from lamlint.python.module.scope import dotted, positional
from lamlint.python.module.walk import children
from lamlint.python.reach.local_use import is_written

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.reach.handler import Handler

_DUMPS = ("dumps", "json.dumps")


def is_job(handler: Handler) -> bool:
    """Whether it reads nothing of its event, and returns nothing but that it is done.

    Whatever else calls a function asks for something by its event, or waits for an answer.
    An event that is only printed or logged tells it nothing.
    """
    module = handler.module
    function = handler.entry.definition
    if function is None or function.decorators or function.asynchronous:
        return False
    event = next((one.name.value for one in positional(function)), "")
    nodes = _all_of(function)
    reads = (one for one in nodes if isinstance(one, cst.Name) and one.value == event)
    returned = (one.value for one in inside(module, function) if isinstance(one, cst.Return))
    unread = bool(event) and all(_is_logged(module, one) for one in reads)
    return unread and all(map(_says_done, returned))


def _all_of(function: cst.FunctionDef) -> list[cst.CSTNode]:
    """All nodes of a function's body, those of inner functions with them."""
    found: list[cst.CSTNode] = []
    waiting: list[cst.CSTNode] = [function.body]
    while waiting:
        found.append(waiting.pop())
        waiting.extend(children(found[-1]))
    return found


def _is_logged(module: Module, name: cst.Name) -> bool:
    """Whether a name is only written out, as it is or as JSON."""
    node: cst.CSTNode = name
    argument = module.parent(node)
    call = module.parent(argument) if isinstance(argument, cst.Arg) else None
    if isinstance(call, cst.Call) and dotted(call.func) in _DUMPS:
        node = call
    above = module.parent(node)
    return above is not None and is_written(node, above, module)


def _says_done(value: cst.BaseExpression | None) -> bool:
    """Whether a result is written there: a word, a status, a sentence with numbers in it."""
    match value:
        case None | cst.SimpleString() | cst.ConcatenatedString() | cst.FormattedString():
            return True
        case cst.Integer() | cst.Name(value="None" | "True" | "False"):
            return True
        case cst.Dict() | cst.List() | cst.Tuple():
            return all(_says_done(one.value) for one in value.elements)
        case cst.Call(args=[cst.Arg(value=only)]):
            return dotted(value.func) in _DUMPS and _says_done(only)
        case _:
            return False
