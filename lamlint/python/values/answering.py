"""What an object of a library answers by: what it was asked with before, as it keeps that.

`flow.fetch_token(code=code)` ahead of `flow.credentials`, `cursor.execute(sql, (id,))` ahead of
`cursor.fetchone()`. What is asked with something of its own answers by that; clients of AWS
keep nothing that they are asked with.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.running import inside
from lamlint.python.module.scope import dotted
from lamlint.python.values.objects import Frame, Instance

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.values.analysis import Analysis

_KEEPING_NOTHING = frozenset({"aioboto3", "aiobotocore", "boto3", "botocore"})


def asked_before(analysis: Analysis, read: cst.Attribute, frame: Frame) -> Iterator[cst.CSTNode]:
    """What an object is asked with, in a frame's function, ahead of a place that reads it."""
    name = None if frame.is_module else dotted(read.value)
    module, node = frame.module, frame.node
    if name is None or _asks(module.parent(read), read):
        return
    calls = module.syntax.once(("asked", id(node)), lambda: _by_object(module, node)).get(name, ())
    start = module.offsets(read)[0] if calls else 0
    ahead = [call for call in calls if module.offsets(call)[1] <= start]
    if ahead and _keeps(analysis, read.value, frame):
        yield from (argument.value for call in ahead for argument in call.args)


def _by_object(module: Module, node: cst.CSTNode) -> dict[str, list[cst.Call]]:
    """The calls in a function that ask an object with something, by its name."""
    found: dict[str, list[cst.Call]] = {}
    for call in inside(module, node):
        if isinstance(call, cst.Call) and isinstance(call.func, cst.Attribute):
            name = dotted(call.func.value)
            if name is not None and _asks(call, call.func):
                found.setdefault(name, []).append(call)
    return found


def _asks(call: cst.CSTNode | None, func: cst.Attribute) -> bool:
    """Whether an attribute is called, and with more than a number: `fetchmany(1)` only reads."""
    if not isinstance(call, cst.Call) or call.func is not func:
        return False
    return not all(isinstance(argument.value, cst.Integer) for argument in call.args)


def _keeps(analysis: Analysis, owner: cst.CSTNode, frame: Frame) -> bool:
    """Whether an object may keep what it is asked with: no module, nor anything of the project."""
    return all(
        isinstance(one, Instance) and one.constructor.partition(".")[0] not in _KEEPING_NOTHING
        for one in analysis.things(owner, frame)
    )
