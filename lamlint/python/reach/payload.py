"""What an invocation that a call starts is given as its event, as far as the code says so."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.looks import is_only_looked_at, looks_at
from lamlint.python.module.running import inside
from lamlint.python.reach.as_event import Fields, Held
from lamlint.python.values.always import possible
from lamlint.python.values.changes import is_changed
from lamlint.python.values.containers import constant
from lamlint.python.values.given import given
from lamlint.python.values.kinds import UNKNOWN
from lamlint.python.values.leads import of_binding
from lamlint.python.values.objects import Container, Frame, Library
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis

_PAYLOADS = ("Payload", "InvokeArgs")
_DUMPING = frozenset({"json.dumps", "simplejson.dumps", "ujson.dumps", "orjson.dumps"})
_COPYING = frozenset({"dict", "copy.copy", "copy.deepcopy"})
_TELLING = frozenset({"debug", "info", "warning", "error", "exception", "critical", "log"})
"""Methods of a log: they change nothing of what they are given."""
_DEEPEST = 6
"""How many names, calls and dicts lie between a payload and what it is made of."""
_MOST = 200
"""As many entries of a dict are read, and as many uses of its name."""
_MOST_DICTS = 500
"""As many dicts are read of one call: those that take in each other several times multiply."""
_ANYTHING = Fields()


@dataclass
class _Reading:
    """One reading of what a call hands over, which has an end."""

    analysis: Analysis
    read: int = 0

    def may_go_on(self) -> bool:
        """Whether one more dict may be read."""
        self.read += 1
        return self.read <= _MOST_DICTS


def payloads(analysis: Analysis, call: cst.Call, frame: Frame) -> tuple[Fields, ...]:
    """What the event of the invocation may be that a call in a frame starts."""
    written = [one for name in _PAYLOADS for one in given(analysis, call, frame, name, None)]
    if not written:
        return (Fields(open=False),)  # it is handed nothing: an empty event
    reading = _Reading(analysis)
    found: list[Fields] = []
    for one in written:
        if one.node is None or one.frame is None or one.anything or one.element:
            return (_ANYTHING,)
        found += _texts(reading, one.node, one.frame, _DEEPEST)
    return tuple(found)


def _texts(reading: _Reading, node: cst.CSTNode, frame: Frame, left: int) -> Iterator[Fields]:
    """The dicts that a text of JSON may be made of."""
    if left == 0:
        yield _ANYTHING
        return
    match node:
        case cst.Name():
            for value, home in _bound(reading, node, frame):
                yield from _texts(reading, value, home, left - 1) if value else [_ANYTHING]
        case cst.SimpleString() | cst.ConcatenatedString():
            yield _written(node.evaluated_value)
        case cst.Call(func=cst.Attribute(value=text, attr=cst.Name(value="encode"))):
            yield from _texts(reading, text, frame, left - 1)
        case cst.Call(func=cst.Name(value="bytes"), args=[cst.Arg(value=text), *_]):
            yield from _texts(reading, text, frame, left - 1)
        case cst.Call(args=[cst.Arg(value=made), *_]) if _is_of(reading, node, frame, _DUMPING):
            yield _fields(reading, made, frame, left - 1)
        case _:
            yield _ANYTHING


def _bound(
    reading: _Reading, node: cst.Name, frame: Frame
) -> Iterator[tuple[cst.CSTNode | None, Frame]]:
    """What a name is bound to, or what calls give to a parameter; None for what is not known."""
    bound = list(reading.analysis.lookup(node.value, node, frame))
    if len(bound) != 1:
        yield None, frame
        return
    for one in of_binding(reading.analysis, *bound[0]):
        known = not (one.anything or one.element) and one.frame is not None
        yield (one.node if known else None), one.frame or frame


def _is_of(reading: _Reading, call: cst.Call, frame: Frame, names: frozenset[str]) -> bool:
    if isinstance(call.func, cst.Name) and call.func.value in names:
        return True
    things = reading.analysis.things(call.func, frame)
    return any(isinstance(one, Library) and one.name in names for one in things)


def _written(text: object) -> Fields:
    """What a text of JSON says that is written down."""
    if not isinstance(text, (str, bytes)):
        return _ANYTHING
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return _ANYTHING
    return _of_json(found, _DEEPEST) if isinstance(found, dict) else _ANYTHING


def _of_json(found: Mapping[str, object], left: int) -> Fields:
    return Fields({key: _value_of_json(one, left) for key, one in found.items()}, open=False)


def _value_of_json(one: object, left: int) -> Held:
    if isinstance(one, dict):
        return _of_json(one, left - 1) if left else _ANYTHING
    return UNKNOWN if isinstance(one, list) else frozenset([one])


def _fields(reading: _Reading, node: cst.CSTNode, frame: Frame, left: int) -> Fields:
    """What a dict holds; anything where an expression is none that can be read."""
    if left == 0 or not reading.may_go_on():
        return _ANYTHING
    match node:
        case cst.Name():
            if not _is_own(reading, node, frame):
                return _ANYTHING
            bound = list(_bound(reading, node, frame))
            (value, home) = bound[0] if len(bound) == 1 else (None, frame)
            found = _ANYTHING if value is None else _fields(reading, value, home, left - 1)
            return _set_later(reading, node, frame, found)
        case cst.Dict():
            return _elements(reading, node, frame, left)
        case cst.Call(func=cst.Attribute(value=of, attr=cst.Name(value="copy")), args=[]):
            return _fields(reading, of, frame, left - 1)
        case cst.Call() if _is_of(reading, node, frame, _COPYING):
            return _copied(reading, node, frame, left)
        case cst.BinaryOperation(left=one, operator=cst.BitOr(), right=other):
            return _over(
                _fields(reading, one, frame, left - 1), _fields(reading, other, frame, left - 1)
            )
        case _:
            things = reading.analysis.things(node, frame)
            only = things[0] if len(things) == 1 else None
            if not isinstance(only, Container) or not isinstance(only.node, cst.Dict):
                return _ANYTHING
            if is_changed(only.frame.module, only.node):
                return _ANYTHING
            return _elements(reading, only.node, only.frame, left)


def _is_own(reading: _Reading, node: cst.Name, frame: Frame) -> bool:
    """Whether the function that reads a name binds it, or nothing changes what it holds."""
    homes = (home for _, home in reading.analysis.lookup(node.value, node, frame))
    own = all(home.node is frame.node for home in homes)
    return own or is_only_looked_at(frame.module, node.value)


def _elements(reading: _Reading, node: cst.Dict, frame: Frame, left: int) -> Fields:
    found = Fields(open=False)
    if len(node.elements) > _MOST:
        return _ANYTHING
    for element in node.elements:
        if not isinstance(element, cst.DictElement):
            found = _over(found, _fields(reading, element.value, frame, left - 1))
            continue
        key = constant(reading.analysis, element.key, frame)
        if key is None:
            found = _over(found, _ANYTHING)
        else:
            value = _held(reading, element.value, frame, left)
            found = _over(found, Fields({key: value}, open=False))
    return found


def _held(reading: _Reading, node: cst.CSTNode, frame: Frame, left: int) -> Held:
    """What an entry of a dict holds: a dict, or what it may be."""
    if isinstance(node, cst.Dict):
        return _elements(reading, node, frame, left - 1) if left else _ANYTHING
    return possible(reading.analysis, node, frame)


def _copied(reading: _Reading, call: cst.Call, frame: Frame, left: int) -> Fields:
    """What `dict(event, work=True)` and copies hold."""
    found = Fields(open=False)
    for one in call.args:
        if one.star or one.keyword is None:
            put = _fields(reading, one.value, frame, left - 1)
        else:
            held = _held(reading, one.value, frame, left)
            put = Fields({one.keyword.value: held}, open=False)
        found = _over(found, put)
    return found


def _over(below: Fields, above: Fields) -> Fields:
    """What a dict holds into which another one was put."""
    if above.open:  # it may hold anything under a key that is known of the one below
        return Fields(above.held, True, (below.unsure | below.held.keys()) - above.held.keys())
    return Fields(
        {**below.held, **above.held},
        below.open,
        (below.unsure - above.held.keys()) | above.unsure,
    )


def _set_later(reading: _Reading, read: cst.Name, frame: Frame, found: Fields) -> Fields:
    """What a dict holds after what the function of a use of its name has put in before that use."""
    uses = _uses(frame, read)
    if len(uses) > _MOST:
        return _ANYTHING
    for use in uses:
        stored = _stored(frame, use)
        if stored is None:
            if use is not read and not _is_harmless(frame, use):
                return _ANYTHING
            continue
        key = constant(reading.analysis, stored[0], frame)
        if key is None:
            return _ANYTHING
        if _surely_ahead(frame, use, read):
            value = _held(reading, stored[1], frame, _DEEPEST)
            found = _over(found, Fields({key: value}, open=False))
        else:
            found = _over(found, Fields(unsure=frozenset({key}), open=False))
    return found


def _uses(frame: Frame, read: cst.Name) -> Sequence[cst.Name]:
    """Where the function of a use of a name uses it."""
    module = frame.module
    function = module.enclosing_function(read) or module.tree

    def by_name() -> Mapping[str, Sequence[cst.Name]]:
        found: dict[str, list[cst.Name]] = {}
        for one in inside(module, function):
            if isinstance(one, cst.Name):
                found.setdefault(one.value, []).append(one)
        return found

    return module.syntax.once(("uses of names", id(function)), by_name).get(read.value, ())


def _stored(frame: Frame, use: cst.Name) -> tuple[cst.CSTNode, cst.CSTNode] | None:
    """The key and the value of `name[key] = value`."""
    item = frame.module.parent(use)
    target = frame.module.parent(item) if item is not None else None
    assignment = frame.module.parent(target) if target is not None else None
    match item, assignment:
        case (
            cst.Subscript(slice=[cst.SubscriptElement(slice=cst.Index(value=key))]),
            cst.Assign(targets=[_], value=value),
        ) if isinstance(target, cst.AssignTarget) and item.value is use:
            return key, value
        case _:
            return None


def _is_harmless(frame: Frame, use: cst.Name) -> bool:
    """Whether a use of a name changes nothing of what it holds: it is read, bound or logged."""
    above = frame.module.parent(use)
    if looks_at(frame.module, use) or isinstance(above, cst.FormattedStringExpression):
        return True
    call = frame.module.parent(above) if isinstance(above, cst.Arg) else None
    func = call.func if isinstance(call, cst.Call) else None
    return isinstance(func, cst.Attribute) and func.attr.value in _TELLING


def _surely_ahead(frame: Frame, one: cst.CSTNode, other: cst.CSTNode) -> bool:
    """Whether a statement is always run ahead of another: it stands above it, in a block of it."""
    line = frame.module.parent(frame.module.parent(frame.module.parent(one) or one) or one)
    around = {id(each) for each in frame.module.ancestors(other)}
    while line is not None and not isinstance(line, cst.SimpleStatementLine):
        line = frame.module.parent(line)
    block = frame.module.parent(line) if line is not None else None
    if block is None or id(block) not in around:
        return False
    return frame.module.offsets(one)[0] < frame.module.offsets(other)[0]
