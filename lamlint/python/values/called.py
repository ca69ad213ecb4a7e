"""What a call may give: of a method of a text, a builtin, a variable, a function of the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.running import returns_none
from lamlint.python.values.answered import of_call
from lamlint.python.values.builtin import BUILTINS, builtin, is_method, method
from lamlint.python.values.kinds import UNKNOWN, Kind, Values
from lamlint.python.values.objects import Routine
from lamlint.python.values.sdk import makes_client
from lamlint.python.values.under_keys import under_key
from lamlint.python.values.variables import variable

if TYPE_CHECKING:
    from lamlint.python.values.asker import Asker
    from lamlint.python.values.objects import Frame

_MADE_EMPTY = {"list": Kind.EMPTY, "dict": Kind.EMPTY, "set": Kind.EMPTY, "str": "", "tuple": ()}


def called(asked: Asker, node: cst.Call, frame: Frame, depth: int) -> Values:
    """What a call gives."""
    match node:
        case cst.Call(func=cst.Attribute(value=of, attr=cst.Name(value=name))) if is_method(
            name
        ) and not any(one.star or one.keyword for one in node.args):
            return _of_text(asked, node, of, name, frame, depth)
        case cst.Call(func=cst.Name(value=name), args=[cst.Arg(star="", keyword=None)]) if (
            name in BUILTINS and _is_builtin(asked, node.func, frame)
        ):
            return builtin(name, asked.values(node.args[0].value, frame, depth))
        case _ if read := variable(asked, node, frame, depth):
            return read
        case cst.Call(
            func=cst.Attribute(value=of, attr=cst.Name(value="get" | "pop")), args=[key, *rest]
        ):
            default = asked.values(rest[0].value, frame, depth) if rest else frozenset([None])
            return under_key(asked, of, key.value, default, frame, depth)
        case _ if makes_client(asked.analysis, node, frame):
            return frozenset([Kind.THERE])
        case _ if (given := of_call(asked, node, frame, depth)) != UNKNOWN:
            return given
        case _ if _may_give_nothing(asked, node, frame):
            return frozenset([None, Kind.UNKNOWN])
        case cst.Call(func=cst.Name(value=name), args=[]):
            return frozenset([_MADE_EMPTY.get(name, Kind.UNKNOWN)])
        case _:
            return UNKNOWN


def _of_text(
    asked: Asker, node: cst.Call, of: cst.CSTNode, name: str, frame: Frame, depth: int
) -> Values:
    """What a method of a text gives, or that of an object by the same name."""
    given = [asked.values(one.value, frame, depth) for one in node.args]
    found = method(name, asked.values(of, frame, depth), given)
    return of_call(asked, node, frame, depth) if found == UNKNOWN else found


def _is_builtin(asked: Asker, name: cst.CSTNode, frame: Frame) -> bool:
    """Whether no module gives another meaning to the name of a builtin function."""
    bindings = asked.analysis.lookup(name.value, name, frame) if type(name) is cst.Name else ()
    return not any(True for _ in bindings)


def _may_give_nothing(asked: Asker, node: cst.Call, frame: Frame) -> bool:
    """Whether a call leads to a function of the project's own that may return None."""
    return any(
        isinstance(thing, Routine) and returns_none(thing.module, thing.node)
        for thing in asked.analysis.things(node.func, frame)
    )
