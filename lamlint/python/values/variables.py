"""What a variable of the environment may be, as the functions are configured that read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.values.arguments import argument
from lamlint.python.values.kinds import UNKNOWN, Kind, Values, union
from lamlint.python.values.objects import Library

if TYPE_CHECKING:
    from lamlint.python.values.asker import Asker
    from lamlint.python.values.objects import Frame

_MAPPING = "os.environ"
_READING = frozenset({_MAPPING, "os.environ.get", "os.getenv"})


def is_environment(asked: Asker, node: cst.CSTNode, frame: Frame) -> bool:
    """Whether an expression may be the mapping of all variables."""
    found = asked.analysis.things(node, frame)
    return any(isinstance(one, Library) and one.name == _MAPPING for one in found)


def variable(
    asked: Asker, node: cst.Call | cst.Subscript, frame: Frame, depth: int
) -> Values | None:
    """What a variable of the environment is; None for anything else."""
    read = node.func if isinstance(node, cst.Call) else node.value
    if not any(
        isinstance(one, Library) and one.name in _READING
        for one in asked.analysis.things(read, frame)
    ):
        return None
    default = None if isinstance(node, cst.Subscript) else argument(node, 1, "default")
    unset = frozenset([None]) if default is None else asked.values(default, frame, depth + 1)
    known = _configured(asked, node, frame, depth)
    if isinstance(node, cst.Subscript):
        return (known or frozenset()) - {None} or frozenset([Kind.TEXT])
    if known is None:
        return unset | {Kind.TEXT}
    return known - {None} | (unset if None in known else frozenset())


def _configured(
    asked: Asker, node: cst.Call | cst.Subscript, frame: Frame, depth: int
) -> Values | None:
    """What the configuration makes of a variable that is read; None where that is open."""
    match node:
        case cst.Call():
            key = argument(node, 0, "key")
        case cst.Subscript(slice=[cst.SubscriptElement(slice=cst.Index(value=key))]):
            pass
        case _:
            return None
    names = UNKNOWN if key is None else asked.values(key, frame, depth) - {None}
    found = [asked.variables.fixed(name) for name in names]
    known = [one for one in found if one is not None]
    return union(known) if known and len(known) == len(found) else None
