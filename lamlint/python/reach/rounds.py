"""How many rounds a loop has, where they are written there."""

from __future__ import annotations

from lamlint.python.module import cst
from lamlint.python.module.running import inside
from lamlint.python.values.objects import Frame

_UNKNOWN = -1
_DISPLAYS = (cst.List, cst.Tuple, cst.Set)


def rounds(frame: Frame, over: cst.BaseExpression) -> int:
    """The number of rounds of a loop over an expression; less than none where it is not known.

    Known are a list, tuple or set that is written out, also under a name that its function
    gives nothing else, and `range` of a number.
    """
    match over:
        case cst.List() | cst.Tuple() | cst.Set():
            return _written(over)
        case cst.Call(func=cst.Name(value="range"), args=[cst.Arg(value=cst.Integer() as most)]):
            return most.evaluated_value
        case cst.Name(value=name):
            return _named(frame, name)
        case _:
            return _UNKNOWN


def _written(display: cst.List | cst.Tuple | cst.Set) -> int:
    starred = any(isinstance(one, cst.StarredElement) for one in display.elements)
    return _UNKNOWN if starred else len(display.elements)


def _named(frame: Frame, name: str) -> int:
    """What a name of the frame's function is given, where nothing may add to it."""
    if not isinstance(frame.node, cst.FunctionDef):
        return _UNKNOWN
    uses = [
        node
        for node in inside(frame.module, frame.node)
        if isinstance(node, cst.Name) and node.value == name
    ]
    given = [_given(frame, use) for use in uses]
    displays = [one for one in given if one is not None]
    read = sum(_is_gone_over(frame, use) for use in uses)
    alone = len(displays) == 1 and read == len(uses) - 1
    return _written(displays[0]) if alone else _UNKNOWN


def _given(frame: Frame, use: cst.Name) -> cst.List | cst.Tuple | cst.Set | None:
    """What is written out behind a name that is set."""
    target = frame.module.parent(use)
    assigned = frame.module.parent(target) if isinstance(target, cst.AssignTarget) else None
    value = assigned.value if isinstance(assigned, cst.Assign) else None
    return value if isinstance(value, _DISPLAYS) else None


def _is_gone_over(frame: Frame, use: cst.Name) -> bool:
    loop = frame.module.parent(use)
    return isinstance(loop, cst.For) and loop.iter is use
