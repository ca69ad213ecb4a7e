"""What a call gives to a parameter of what it calls, by keyword, at a place, or by `**`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import How
from lamlint.python.values.arguments import argument
from lamlint.python.values.changes import is_changed
from lamlint.python.values.containers import constant
from lamlint.python.values.kwargs import ABSENT, put_in, under
from lamlint.python.values.leads import LOST
from lamlint.python.values.objects import Container, Frame, Instance, Supplied

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis

_DEEPEST = 4
"""So many dicts lie in each other by `**`."""
_PARTIALS = ("functools.partial", "functools.partialmethod")
_MOST_TAKEN = 4
"""So many one of them takes in so."""


def given(
    analysis: Analysis, call: cst.Call, frame: Frame, keyword: str, place: int | None
) -> tuple[Supplied, ...]:
    """What a parameter may get; nothing where the call surely gives it nothing."""
    written = argument(call, place, keyword)
    if written is not None:
        return (Supplied(written, frame),)
    found = tuple(_handed(analysis, call, frame, keyword, place))
    return found or tuple(_ahead(analysis, call, frame, keyword))


def _ahead(analysis: Analysis, call: cst.Call, frame: Frame, keyword: str) -> Iterator[Supplied]:
    """What was given by keyword ahead of a call: `run = partial(client.invoke, FunctionName=…)`."""
    name = call.func
    bound = [*analysis.lookup(name.value, name, frame)] if isinstance(name, cst.Name) else []
    for binding, home in bound if len(bound) == 1 and keyword else ():
        made = binding.value
        if isinstance(made, cst.Call) and binding.how is How.VALUE and not binding.path:
            given_ahead = argument(made, None, keyword)
            if given_ahead is not None and home.module.qualified(made) in _PARTIALS:
                yield Supplied(given_ahead, home)


def _handed(
    analysis: Analysis, call: cst.Call, frame: Frame, keyword: str, place: int | None
) -> Iterator[Supplied]:
    for each in call.args:
        if each.star == "*" and place is not None:
            yield LOST
        elif each.star == "**" and keyword:
            handed_on = under(analysis, each.value, keyword, frame)
            if handed_on is not None:
                yield from _present(handed_on)
            else:
                yield from _entries(analysis, each.value, frame, keyword)


def _present(found: Sequence[Supplied]) -> Iterator[Supplied]:
    """What calls give that hand on `**kwargs`; some of them may give nothing."""
    given = [one for one in found if one is not ABSENT]
    yield from given
    if given and len(given) < len(found):
        yield LOST


def _entries(
    analysis: Analysis, node: cst.CSTNode, frame: Frame, keyword: str, left: int = _DEEPEST
) -> Iterator[Supplied]:
    """What dicts hold under a key, with what a function puts there later."""
    if left == 0 or analysis.exhausted:
        yield LOST
        return
    analysis.step()
    put = _put_later(analysis, node, frame, keyword)
    for thing in analysis.things(node, frame) or (None,):
        yield from _entry(analysis, thing, keyword, put, left)


def _put_later(
    analysis: Analysis, node: cst.CSTNode, frame: Frame, keyword: str
) -> Sequence[Supplied] | None:
    """What the function that binds a name puts under a key; None where that is not known."""
    bound = list(analysis.lookup(node.value, node, frame)) if isinstance(node, cst.Name) else []
    if not isinstance(node, cst.Name) or len(bound) != 1:
        return None
    binding, home = bound[0]
    if binding.how is not How.VALUE or binding.path or not isinstance(home.node, cst.FunctionDef):
        return None
    found = put_in(home, node.value, keyword)
    if found and not all(_is_sure(one, home) for one in found):
        return [*found, LOST]
    return found


def _is_sure(put: Supplied, home: Frame) -> bool:
    """Whether what is put in stands in no branch of its function."""
    if put.node is None or not isinstance(home.node, cst.FunctionDef):
        return False
    around = home.module.ancestors(put.node)
    line = next((one for one in around if isinstance(one, cst.SimpleStatementLine)), None)
    return line is not None and home.module.parent(line) is home.node.body


def _entry(
    analysis: Analysis, thing: object, keyword: str, put: Sequence[Supplied] | None, left: int
) -> Iterator[Supplied]:
    """What a dict holds under a key; `put` is what is put there later, if that is known."""
    if isinstance(thing, Instance) and thing.constructor == "dict" and not _positional(thing.call):
        if put is None and is_changed(thing.frame.module, thing.call):
            yield LOST
            return
        yield from given(analysis, thing.call, thing.frame, keyword, None)
        yield from put or ()
        return
    if not isinstance(thing, Container) or not isinstance(thing.node, cst.Dict):
        yield LOST
        return
    if put is None and is_changed(thing.frame.module, thing.node):
        yield LOST
        return
    yield from _written(analysis, thing, keyword, left)
    yield from put or ()


def _written(analysis: Analysis, thing: Container, keyword: str, left: int) -> Iterator[Supplied]:
    """What a written dict holds under a key: the last that it is given."""
    elements = thing.node.elements if isinstance(thing.node, cst.Dict) else ()
    taken = [one for one in elements if not isinstance(one, cst.DictElement)]
    if len(taken) > _MOST_TAKEN:
        yield LOST
        return
    for each in reversed(elements):
        if not isinstance(each, cst.DictElement):
            inner = list(_entries(analysis, each.value, thing.frame, keyword, left - 1))
            yield from inner
            if inner:
                return
            continue
        key = constant(analysis, each.key, thing.frame)
        if key is None:
            yield LOST
            return
        if key == keyword:
            yield Supplied(each.value, thing.frame)
            return


def _positional(call: cst.Call) -> bool:
    return any(each.keyword is None and each.star != "**" for each in call.args)


def bound_before(call: cst.Call, frame: Frame, name: str) -> bool:
    """Whether some arguments may have been given ahead of a call: `functools.partial`.

    What is called is neither imported nor asked for by its own name.
    """
    func = call.func
    if frame.module.qualified(call) in _PARTIALS:
        return True  # and some are given later
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
