"""Whether a handler catches all that fails, so that Lambda sees no failure of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import dotted
from lamlint.python.module.walk import children

if TYPE_CHECKING:
    from lamlint.python.reach.handler import Handler

_ALL = frozenset({"Exception", "BaseException", "builtins.Exception"})
_WRITING = frozenset({"log", "logger", "logging", "_logger", "_log", "LOG", "LOGGER", "traceback"})
_PLAIN = frozenset({"print", "str", "repr", "len", "int", "type", "dict", "json.dumps"})
_HANDING_ON = frozenset({"inject_lambda_context", "capture_lambda_handler", "log_metrics"})
"""The decorators of Powertools that write down what a handler does."""
_MAY_FAIL = (cst.Call, cst.Subscript, cst.Await, cst.Raise, cst.Assert, cst.Import, cst.ImportFrom)


def swallows(handler: Handler) -> bool:
    """Whether one `try` holds all of a handler that may fail, and what it catches ends there.

    What is called to tell of the failure could fail, or raise: only what surely writes it down or
    makes an answer of it is taken for harmless.
    """
    function = handler.entry.definition
    if function is None or function.asynchronous or not all(map(_hands_on, function.decorators)):
        return False
    statements = list(function.body.body)
    block = next((one for one in statements if isinstance(one, cst.Try)), None)
    if block is None or not _catches_all(block):
        return False
    return _is_harmless(one for one in statements if one is not block)


def _hands_on(decorator: cst.Decorator) -> bool:
    """Whether a decorator hands on what the handler returns, and raises nothing of its own."""
    made = decorator.decorator
    name = dotted(made.func if isinstance(made, cst.Call) else made) or ""
    return name.rpartition(".")[2] in _HANDING_ON


def _catches_all(block: cst.Try) -> bool:
    """Whether whatever fails in a block is caught, and nothing is raised for it."""
    beside = [one for one in (block.orelse, block.finalbody) if one is not None]
    caught = [_caught(one) for one in block.handlers]
    bodies = (*(one.body for one in block.handlers), *beside)
    return any(name in _ALL for name in caught) and _is_harmless(bodies)


def _caught(handler: cst.ExceptHandler) -> str | None:
    return dotted(handler.type) if handler.type is not None else "Exception"


def _is_harmless(nodes: Iterable[cst.CSTNode]) -> bool:
    """Whether nothing that runs in some code may fail, but for what writes something down."""
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        if isinstance(node, cst.Call):
            if not _only_tells(node):
                return False
        elif isinstance(node, _MAY_FAIL):
            return False
        waiting.extend(children(node))
    return True


def _only_tells(call: cst.Call) -> bool:
    name = dotted(call.func) or ""
    return name in _PLAIN or bool(_WRITING.intersection(name.split(".")[:-1]))
