"""Whether an except clause keeps what it catches: in a list, in a log, in what it tells."""

from __future__ import annotations

from lamlint.python.module import cst
from lamlint.python.module.scope import last_name
from lamlint.python.module.walk import descendants

_GATHERING = frozenset({"add", "append", "appendleft", "extend", "insert"})
"""The methods that put something beside what was gathered before."""
_LOGGING = frozenset({"capture_exception", "critical", "error", "exception", "fatal"})
"""What says by its name that something failed."""
_ASKING = frozenset({"exc_info", "format_exc", "print_exc", "print_exception"})
"""What asks Python for the error that is being handled."""
_Clause = cst.ExceptHandler | cst.ExceptStarHandler


def keeps(clause: _Clause) -> bool:
    """Whether a clause uses the error, puts something into a list, or logs that it failed."""
    caught = clause.name.name if clause.name is not None else None
    name = caught.value if isinstance(caught, cst.Name) else ""
    return any(_keeps(node, name) for node in descendants(clause.body))


def _keeps(node: cst.CSTNode, name: str) -> bool:
    match node:
        case cst.Name(value=word):
            return word in _ASKING or (bool(name) and word == name)
        case cst.Call(func=cst.Attribute() as called):
            return last_name(called) in _GATHERING | _LOGGING
        case _:
            return False
