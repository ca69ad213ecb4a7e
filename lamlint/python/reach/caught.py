"""Whether an except clause expects that a key is missing, or lets the error go on."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.python.module import cst
from lamlint.python.module.scope import last_name
from lamlint.python.module.walk import children
from lamlint.python.reach.guards import ways
from lamlint.python.values.objects import Frame

_MISSING = frozenset({"KeyError", "LookupError", "Exception", "BaseException"})
_EXITS = frozenset({"exit", "quit", "_exit"})
_ELSEWHERE = (cst.FunctionDef, cst.Lambda, cst.ClassDef)
_LEAVING = (cst.Return, cst.Break, cst.Continue)
_Handler = cst.ExceptHandler | cst.ExceptStarHandler


def expected(frame: Frame, node: cst.CSTNode) -> bool:
    """Whether something on the way out of a function stops the KeyError that a node raises.

    A clause that always raises again stops nothing; where that is an error of another kind,
    whoever calls the function may expect it.
    """
    stopped, is_other = _leaves(frame, node, is_other=False)
    if stopped or not is_other:
        return stopped
    callers = [way for way in ways((frame,), node) if way != (frame, node)]
    return any(_leaves(caller, site, is_other=True)[0] for caller, site in callers)


def _leaves(frame: Frame, node: cst.CSTNode, *, is_other: bool) -> tuple[bool, bool]:
    """Whether an error that a node raises is stopped in its function, and if it becomes another."""
    child = node
    for ancestor in frame.module.ancestors(node):
        if isinstance(ancestor, (cst.Try, cst.TryStar)) and child is ancestor.body:
            handler = next((h for h in ancestor.handlers if is_other or takes_missing(h)), None)
            if handler is not None and not _raises_again(handler):
                return True, is_other
            is_other = is_other or (handler is not None and not _is_same(handler))
        if ancestor is frame.node:
            break
        child = ancestor
    return False, is_other


def takes_missing(handler: _Handler) -> bool:
    """Whether an except clause takes a KeyError."""
    if handler.type is None:
        return True
    written = handler.type
    kinds = [e.value for e in written.elements] if isinstance(written, cst.Tuple) else [written]
    return any(last_name(kind) in _MISSING for kind in kinds)


def _raises_again(handler: _Handler) -> bool:
    """Whether an except clause always ends by raising, or by leaving Python."""
    return (_raise(handler) is not None or _exits(handler)) and not any(
        isinstance(node, _LEAVING) for node in _inside(handler.body)
    )


def _is_same(handler: _Handler) -> bool:
    """Whether an except clause raises what it took, or nothing that others would expect."""
    if _exits(handler):
        return True
    raising = _raise(handler)
    name = handler.name.name if handler.name is not None else None
    return raising is not None and (
        raising.exc is None
        or (isinstance(name, cst.Name) and name.value == last_name(raising.exc) != "")
    )


def _raise(handler: _Handler) -> cst.Raise | None:
    """The `raise` that an except clause ends with."""
    last = _last_line(handler)
    return last if isinstance(last, cst.Raise) else None


def _exits(handler: _Handler) -> bool:
    """Whether an except clause ends with `sys.exit(…)`."""
    last = _last_line(handler)
    call = last.value if isinstance(last, cst.Expr) else None
    return isinstance(call, cst.Call) and last_name(call.func) in _EXITS


def _last_line(handler: _Handler) -> cst.CSTNode | None:
    last = handler.body.body[-1] if handler.body.body else None
    return last.body[-1] if isinstance(last, cst.SimpleStatementLine) else last


def _inside(block: cst.CSTNode) -> Iterator[cst.CSTNode]:
    waiting = [block]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(one for one in children(current) if not isinstance(one, _ELSEWHERE))
