"""What a call gives to a parameter of what it calls, by keyword, at a place, or by `**`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import How
from lamlint.python.values.arguments import argument
from lamlint.python.values.changes import is_changed
from lamlint.python.values.containers import constant
from lamlint.python.values.leads import LOST
from lamlint.python.values.objects import Container, Frame, Instance, Supplied

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis


def given(
    analysis: Analysis, call: cst.Call, frame: Frame, keyword: str, place: int | None
) -> tuple[Supplied, ...]:
    """What a parameter may get; nothing where the call surely gives it nothing."""
    written = argument(call, place, keyword)
    if written is not None:
        return (Supplied(written, frame),)
    return tuple(_handed(analysis, call, frame, keyword, place))


def _handed(
    analysis: Analysis, call: cst.Call, frame: Frame, keyword: str, place: int | None
) -> Iterator[Supplied]:
    for each in call.args:
        if each.star == "*" and place is not None:
            yield LOST
        elif each.star == "**" and keyword:
            things = analysis.things(each.value, frame)
            for thing in things or (None,):
                yield from _entry(analysis, thing, keyword)


def _entry(analysis: Analysis, thing: object, keyword: str) -> Iterator[Supplied]:
    """What a dict holds under a key."""
    if isinstance(thing, Instance) and thing.constructor == "dict" and not _positional(thing.call):
        yield from given(analysis, thing.call, thing.frame, keyword, None)
        return
    if not isinstance(thing, Container) or not isinstance(thing.node, cst.Dict):
        yield LOST
        return
    found: dict[str | None, cst.CSTNode] = {
        constant(analysis, each.key, thing.frame): each.value
        for each in thing.node.elements
        if isinstance(each, cst.DictElement)
    }
    whole = len(found) == len(thing.node.elements) and None not in found
    if not whole or is_changed(thing.frame.module, thing.node):
        yield LOST
    elif keyword in found:
        yield Supplied(found[keyword], thing.frame)


def _positional(call: cst.Call) -> bool:
    return any(each.keyword is None and each.star != "**" for each in call.args)


def bound_before(call: cst.Call, frame: Frame, name: str) -> bool:
    """Whether some arguments may have been given ahead of a call: `functools.partial`.

    What is called is neither imported nor asked for by its own name.
    """
    func = call.func
    last = func.attr if isinstance(func, cst.Attribute) else func
    if not isinstance(last, cst.Name):
        return True
    own = last.value == name.rpartition(".")[2]
    if isinstance(func, cst.Attribute):
        return not own
    scopes = frame.module.scopes
    bindings = scopes.find(last.value, scopes.of(func))[1]
    if all(binding.how is How.IMPORT for binding in bindings):
        return False
    return any(not isinstance(each.value, (cst.Name, cst.Attribute)) for each in bindings)
