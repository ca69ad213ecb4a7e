"""What tests of an event come to where it is known what the event will hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from lamlint.python.module import cst
from lamlint.python.module.leaving import is_left
from lamlint.python.module.running import inside
from lamlint.python.module.scope import dotted
from lamlint.python.reach.tried import tried
from lamlint.python.values.always import possible
from lamlint.python.values.asker import Ask
from lamlint.python.values.containers import constant
from lamlint.python.values.kinds import UNKNOWN, Kind, Values, same
from lamlint.python.values.objects import Container, Edge, Event, Frame, Passing, Routine
from lamlint.python.values.off import never_run, truth_of
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis

NOTHING: Values = frozenset()
"""What is there where there surely is nothing."""
_GOING_ON = (cst.Yield, cst.Try, cst.TryStar, cst.While, cst.For, cst.With)
"""What may end otherwise than by the returns that are seen."""
_LISTED = (cst.List, cst.Tuple, cst.Set)
_NONE: Values = frozenset([None])
_OF_DICTS = frozenset({"dict", "Mapping", "MutableMapping", "object"}) | frozenset(
    {"abc.Mapping", "collections.abc.Mapping", "typing.Mapping"}
)
_OF_OTHERS = frozenset({"bool", "bytes", "float", "int", "list", "set", "str", "tuple"})
"""Classes of which a dict is an object, and some of which it is none."""


@dataclass(frozen=True)
class Fields:
    """What a dict holds under its keys: it may hold more where it is `open`.

    Of what is `unsure` it is not known whether it is there.
    """

    held: Mapping[str, Held] = field(default_factory=dict)
    open: bool = True
    unsure: frozenset[str] = frozenset()

    def at(self, path: tuple[str, ...]) -> Values:
        """What it holds where a path leads; nothing where there surely is nothing."""
        if not path:
            return frozenset([Kind.THERE if self.held else Kind.UNKNOWN])
        key, inner = path[0], path[1:]
        if key in self.unsure or (key not in self.held and self.open):
            return UNKNOWN
        found = self.held.get(key, NOTHING)
        if isinstance(found, Fields):
            return found.at(inner)
        return found if not (inner and found) else UNKNOWN

    def has(self, path: tuple[str, ...]) -> bool | None:
        """Whether there is something where a path leads; None where that is not known."""
        key, inner = path[0], path[1:]
        if key in self.unsure or key not in self.held:
            return None if key in self.unsure or self.open else False
        found = self.held[key]
        if not inner:
            return True
        return found.has(inner) if isinstance(found, Fields) else None

    def is_dict(self, path: tuple[str, ...]) -> bool:
        """Whether there surely is a dict where a path leads: something is known of it as one."""
        if not path:
            return bool(self.held) or not self.open
        found = None if path[0] in self.unsure else self.held.get(path[0])
        return isinstance(found, Fields) and found.is_dict(path[1:])


Held: TypeAlias = "Fields | Values"


def answers(analysis: Analysis, fields: Fields) -> Ask:
    """What an expression is in an invocation whose event holds some fields."""
    return partial(possible, analysis, told=partial(_told, analysis, fields))


def _told(
    analysis: Analysis, fields: Fields, node: cst.CSTNode, frame: Frame, ask: Ask
) -> Values | None:
    """What a field of the event is, or what is asked of one; None for all else."""
    match node:
        case cst.Subscript(value=of, slice=[cst.SubscriptElement(slice=cst.Index(value=key))]):
            found = _at(analysis, fields, of, key, frame)
            return found if found is None else found or _NONE
        case cst.Call(func=cst.Attribute(value=of, attr=cst.Name(value="get")), args=[key, *rest]):
            found = _at(analysis, fields, of, key.value, frame)
            if found is None or found:
                return found
            return ask(rest[0].value, frame) if rest else _NONE
        case cst.UnaryOperation(operator=cst.Not()):
            return _as_value(truth_of(ask, frame, node))
        case cst.Comparison(left=left, comparisons=[cst.ComparisonTarget(operator, right)]):
            if not isinstance(operator, (cst.In, cst.NotIn)):
                return _as_value(truth_of(ask, frame, node))
            within = _is_within(analysis, fields, left, right, frame, ask)
            negated = isinstance(operator, cst.NotIn)
            return _as_value(None if within is None else within is not negated)
        case cst.Call(
            func=cst.Attribute(value=of, attr=cst.Name(value="startswith" | "endswith" as end)),
            args=[part],
        ):
            texts, parts = ask(of, frame), ask(part.value, frame)
            return frozenset(_ends(one, end, other) for one in texts for other in parts)
        case cst.Call(func=cst.Name(value="bool"), args=[asked]):
            return _as_value(truth_of(ask, frame, asked.value))
        case cst.Call(func=cst.Name(value="isinstance"), args=[asked, kinds]):
            path = _path(analysis, asked.value, frame)
            within = path is not None and fields.is_dict(path)
            return _as_value(_holds_dicts(kinds.value) if within else None)
        case cst.Call():
            return _returned(analysis, node, frame, ask)
        case cst.Name():
            return _tried(analysis, fields, node, frame, ask)
        case _:
            return None


def _tried(
    analysis: Analysis, fields: Fields, name: cst.Name, frame: Frame, ask: Ask
) -> Values | None:
    """What a name is that a try gives a field of the event, and its handler something else."""
    given = tried(analysis, name, frame)
    slice_ = given.field.slice[0].slice if given and len(given.field.slice) == 1 else None
    if given is None or not isinstance(slice_, cst.Index):
        return None
    path = _path(analysis, given.field.value, given.frame)
    key = None if path is None else constant(analysis, slice_.value, given.frame)
    there = None if path is None or key is None else fields.has((*path, key))
    if there is None:
        return None
    return ask(given.field if there else given.otherwise, given.frame)


def _holds_dicts(node: cst.CSTNode) -> bool | None:
    """Whether a dict is an object of one of some classes; None where one is not known."""
    listed = [one.value for one in node.elements] if isinstance(node, cst.Tuple) else [node]
    names = {dotted(one) or "" for one in listed}
    if not _OF_DICTS.isdisjoint(names):
        return True
    return False if names <= _OF_OTHERS else None


def _ends(text: object, end: str, part: object) -> object:
    if isinstance(text, str) and isinstance(part, str):
        return text.startswith(part) if end == "startswith" else text.endswith(part)
    return Kind.UNKNOWN


def _as_value(known: bool | None) -> Values:
    return UNKNOWN if known is None else frozenset([known])


def _path(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> tuple[str, ...] | None:
    """Where in the event an expression is; None where it may be elsewhere."""
    if isinstance(node, cst.BooleanOperation) and isinstance(node.operator, cst.Or):
        return _path(analysis, node.left, frame) if _is_empty(node.right) else None
    found = analysis.things(node, frame)
    only = found[0] if len(found) == 1 else None
    return only.path if isinstance(only, Event) else None


def _is_empty(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Dict) and not node.elements


def _at(
    analysis: Analysis, fields: Fields, of: cst.CSTNode, key: cst.CSTNode, frame: Frame
) -> Values | None:
    """What the event holds under a key of one of its parts."""
    path = _path(analysis, of, frame)
    named = None if path is None else constant(analysis, key, frame)
    return None if path is None or named is None else fields.at((*path, named))


def _is_within(
    analysis: Analysis,
    fields: Fields,
    left: cst.CSTNode,
    right: cst.CSTNode,
    frame: Frame,
    ask: Ask,
) -> bool | None:
    """Whether the event has a key, or a list that is written down has something."""
    path = _path(analysis, right, frame)
    key = None if path is None else constant(analysis, left, frame)
    if path is not None:
        return None if key is None else fields.has((*path, key))
    listed = list(_listed(analysis, right, frame))
    values = ask(left, frame)
    alike = [same(values, ask(each.value, home)) for each, home in listed]
    if not listed or None in alike:
        return None
    return True in alike


def _listed(
    analysis: Analysis, node: cst.CSTNode, frame: Frame
) -> Iterator[tuple[cst.BaseElement, Frame]]:
    things = analysis.things(node, frame)
    only = things[0] if len(things) == 1 else None
    if isinstance(only, Container) and isinstance(only.node, _LISTED):
        yield from ((each, only.frame) for each in only.node.elements)


def _returned(analysis: Analysis, call: cst.Call, frame: Frame, ask: Ask) -> Values | None:
    """What a function of the project gives that a call runs, and that has no loops in it."""
    callees = analysis.things(call.func, frame)
    only = callees[0] if len(callees) == 1 else None
    if not isinstance(only, Routine) or not isinstance(only.node, cst.FunctionDef):
        return None
    if only.node.asynchronous is not None or only.node.decorators:
        return None
    edge = Edge(frame, call, Passing.CALL, only.receiver, only.leading)
    home = analysis.inline(only.module, only.node, only.closure, edge)
    if home is None:
        return None
    nodes = inside(only.module, only.node)
    if any(isinstance(one, _GOING_ON) for one in nodes):
        return None
    returns = [one for one in nodes if isinstance(one, cst.Return)]
    ran = [one for one in returns if not never_run(ask, home, one)]
    values = [_NONE if one.value is None else ask(one.value, home) for one in ran]
    if not is_left(only.module, only.node.body, call, partial(truth_of, ask, home)):
        values.append(_NONE)  # it comes to its end
    return frozenset[object]().union(*values) or UNKNOWN
