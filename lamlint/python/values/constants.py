"""What an expression is known to be: constants, wherever they are written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from lamlint.model.slot import Slot
from lamlint.model.value import NOT_SET, Choice, Origin, Value
from lamlint.python.module import cst
from lamlint.python.values.arguments import argument
from lamlint.python.values.arithmetic import CONVERTING, calculated, converted, negated
from lamlint.python.values.changes import is_changed
from lamlint.python.values.known import (
    Constant,
    Entries,
    Items,
    Key,
    Known,
    Made,
    at,
    either,
    nothing,
    shared,
)
from lamlint.python.values.leads import LOST, of_attribute, of_name, of_routine
from lamlint.python.values.objects import Library, Routine
from lamlint.python.values.strings import READERS

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis, Things
    from lamlint.python.values.objects import Frame, Supplied
    from lamlint.text import Span

_NAMED: Mapping[str, Constant] = {"True": True, "False": False, "None": None}
_COLLECTING = frozenset({"list", "tuple", "set", "frozenset"})
_COMPUTED = "it is computed when the code runs"


def value(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> Known:
    """What an expression, evaluated in a frame, is known to be."""
    span = frame.module.span(node)
    unknown = nothing(span, _COMPUTED)
    if analysis.exhausted:
        return unknown
    make = partial(_value, analysis, node, frame, span)
    return analysis.ask(analysis.known_values, node, frame, make, unknown)


def encoded(new: object) -> str:
    """A constant as Python writes it."""
    if isinstance(new, str) and new.isprintable() and '"' not in new and "\\" not in new:
        return json.dumps(new, ensure_ascii=False)
    return repr(new)


def _value(analysis: Analysis, node: cst.CSTNode, frame: Frame, span: Span) -> Known:
    match node:
        case cst.SimpleString() | cst.ConcatenatedString() | cst.Integer() | cst.Float():
            return _written(frame, node, span)
        case cst.Name(value=name) if name in _NAMED:
            return _one(frame, _NAMED[name], span)
        case cst.List() | cst.Tuple() | cst.Set() | cst.Dict() if is_changed(frame.module, node):
            return nothing(span, "it is changed when the code runs")
        case cst.List() | cst.Tuple() | cst.Set():
            return _one(frame, _items(analysis, node.elements, frame), span)
        case cst.Dict():
            return _one(frame, _entries(analysis, node, frame), span)
        case cst.UnaryOperation():
            inner = analysis.value(node.expression, frame)
            return _made(frame, inner, span, lambda one: negated(node.operator, one))
        case cst.BinaryOperation():
            return _operation(analysis, node, frame, span)
        case cst.IfExp():
            return _any(analysis, (node.body, node.orelse), frame, span)
        case cst.BooleanOperation():
            return _any(analysis, (node.left, node.right), frame, span)
        case cst.NamedExpr():
            return analysis.value(node.value, frame)
        case cst.Await():
            return analysis.value(node.expression, frame)
        case cst.Name():
            return _led(analysis, of_name(analysis, node, frame), span)
        case cst.Attribute():
            return _attribute(analysis, node, frame, span)
        case cst.Subscript():
            return _subscript(analysis, node, frame, span)
        case cst.Call():
            return _call(analysis, node, frame, span)
        case _:
            return _from_text(analysis, node, frame, span)


def _one(frame: Frame, constant: Constant, span: Span, *, slot: bool = True) -> Known:
    """A constant that stands at a place, where it can be changed; not inside a template."""
    place = Slot(span, encoded) if slot and frame.module.source.host is None else None
    return Value((Choice(constant, span, Origin.WRITTEN, place),), span)


def _written(frame: Frame, node: cst.CSTNode, span: Span) -> Known:
    if isinstance(node, (cst.SimpleString, cst.ConcatenatedString, cst.Integer, cst.Float)):
        constant = node.evaluated_value
        if constant is not None:
            return _one(frame, constant, span)
    return nothing(span, _COMPUTED)


def _any(analysis: Analysis, nodes: Iterable[cst.CSTNode], frame: Frame, span: Span) -> Known:
    return either([analysis.value(node, frame) for node in nodes], span)


def _made(
    frame: Frame, inner: Known, span: Span, make: Callable[[Constant], Constant | None]
) -> Known:
    """What is made of each choice of a value; unknown where one cannot be."""
    found = [make(choice.value) for choice in inner.choices]
    if not found or None in found:
        return nothing(span, inner.reason or _COMPUTED)
    return either([_one(frame, one, span, slot=len(found) == 1) for one in found], span)


def _operation(analysis: Analysis, node: cst.BinaryOperation, frame: Frame, span: Span) -> Known:
    left, right = analysis.value(node.left, frame), analysis.value(node.right, frame)
    if not left.known or not right.known:
        return _from_text(analysis, node, frame, span)
    found = calculated(node.operator, left.only, right.only)
    if found is None:
        return _from_text(analysis, node, frame, span)
    return _one(frame, found, span)


def of_call(analysis: Analysis, leads: Iterable[Supplied], span: Span) -> Known:
    """What a call at a place gives: written in it, or taken from elsewhere."""
    values = [_lead(analysis, lead, span) for lead in leads]
    return either([one if span.covers(one.span) else shared(one, span) for one in values], span)


def _led(analysis: Analysis, leads: Iterable[Supplied], span: Span) -> Known:
    """What some leads lead to: it stands elsewhere, where others may find it as well."""
    return either([shared(_lead(analysis, lead, span), span) for lead in leads], span)


def _lead(analysis: Analysis, lead: Supplied, span: Span) -> Known:
    if lead.node is None or lead.frame is None or lead.element or lead.anything:
        return nothing(span, _COMPUTED)
    return analysis.value(lead.node, lead.frame)


def _attribute(analysis: Analysis, node: cst.Attribute, frame: Frame, span: Span) -> Known:
    owners = analysis.things(node.value, frame)
    lost = [LOST for owner in owners if isinstance(owner, Library)]
    return _led(analysis, [*of_attribute(analysis, node, frame), *lost], span)


def _subscript(analysis: Analysis, node: cst.Subscript, frame: Frame, span: Span) -> Known:
    if len(node.slice) != 1 or not isinstance(node.slice[0].slice, cst.Index):
        return nothing(span, _COMPUTED)
    key = analysis.value(node.slice[0].slice.value, frame)
    if not key.known:
        return nothing(span, _COMPUTED)
    if _is_environment(analysis.things(node.value, frame)):
        return _variable(analysis, key.only, None, span)
    found = at(analysis.value(node.value, frame), _key(key.only))
    return shared(found, span) if found.choices else _from_text(analysis, node, frame, span)


def _call(analysis: Analysis, node: cst.Call, frame: Frame, span: Span) -> Known:
    callees = analysis.things(node.func, frame)
    routines = [callee for callee in callees if isinstance(callee, Routine)]
    if routines and len(routines) == len(callees):
        leads = [lead for one in routines for lead in of_routine(analysis, one, node, frame)]
        return _led(analysis, leads, span)
    (only,) = callees if len(callees) == 1 else (None,)
    if isinstance(only, Library) and only.receiver is None:
        return _of_library(analysis, only.name, node, frame, span)
    return _from_text(analysis, node, frame, span)


def _of_library(analysis: Analysis, name: str, node: cst.Call, frame: Frame, span: Span) -> Known:
    """What a function outside the codebase gives."""
    first = argument(node, 0)
    if name in READERS:
        key, default = argument(node, 0, "key"), argument(node, 1, "default")
        named = analysis.value(key, frame) if key is not None else nothing(span, _COMPUTED)
        without = _one(frame, None, span) if default is None else analysis.value(default, frame)
        if name != "os.environ.setdefault" and named.known:
            return _variable(analysis, named.only, without, span)
        return nothing(span, _COMPUTED)
    if name in CONVERTING and first is not None:
        inner = analysis.value(first, frame)
        return _made(frame, inner, span, lambda one: converted(name, one))
    if name in _COLLECTING and first is not None:
        return analysis.value(first, frame)
    text = _from_text(analysis, node, frame, span)
    if text.choices:
        return text
    arguments = [each for each in node.args if each.keyword is None and each.star != "**"]
    given = Made(name, _items(analysis, arguments, frame), keywords(analysis, node, frame))
    if name == "dict" and not arguments:
        return _one(frame, given.keywords, span, slot=False)
    return _one(frame, given, span, slot=False)


def _variable(analysis: Analysis, name: Constant, without: Known | None, span: Span) -> Known:
    """What an environment variable is, or what is taken in its place where it is surely not set."""
    found = analysis.variable(name) if isinstance(name, str) else None
    if found is None or (not found.choices and found.reason != NOT_SET):
        return nothing(span, "it comes from the environment")
    if found.choices:
        choices: tuple[Choice[Constant], ...] = tuple(
            Choice(one.value, one.span, Origin.INHERITED, one.slot) for one in found.choices
        )
        return Value(choices, span)
    return nothing(span, "the environment lacks it") if without is None else without


def _from_text(analysis: Analysis, node: cst.CSTNode, frame: Frame, span: Span) -> Known:
    """A text that the code puts together."""
    text = analysis.text(node, frame)
    literals = text.literals
    if not literals or len(literals) < len(text.choices):
        return nothing(span, _COMPUTED)
    return either([_one(frame, one, span, slot=len(literals) == 1) for one in literals], span)


def _items(
    analysis: Analysis, elements: Sequence[cst.BaseElement | cst.Arg], frame: Frame
) -> Items:
    values: list[Known] = []
    complete = True
    for element in elements:
        inner = analysis.value(element.value, frame)
        if not isinstance(element, cst.StarredElement) and getattr(element, "star", "") != "*":
            values.append(inner)
        elif inner.known and isinstance(inner.only, Items):
            values += inner.only.values
            complete = complete and inner.only.complete
        else:
            complete = False
    return Items(tuple(values), complete)


def _entries(analysis: Analysis, node: cst.Dict, frame: Frame) -> Entries:
    pairs = [
        (
            analysis.value(each.key, frame) if isinstance(each, cst.DictElement) else None,
            analysis.value(each.value, frame),
        )
        for each in node.elements
    ]
    return _collected(pairs)


def keywords(analysis: Analysis, node: cst.Call, frame: Frame) -> Entries:
    """What a call is given by keyword, `**` included."""
    pairs: list[tuple[Known | None, Known]] = []
    for each in node.args:
        inner = analysis.value(each.value, frame)
        if each.keyword is not None:
            span = frame.module.span(each.keyword)
            pairs.append((_one(frame, each.keyword.value, span, slot=False), inner))
        elif each.star == "**":
            pairs.append((None, inner))
    return _collected(pairs)


def _collected(pairs: Iterable[tuple[Known | None, Known]]) -> Entries:
    """The entries of some pairs; a pair without a key is a dict that is taken over."""
    values: dict[Key, Known] = {}
    complete = True
    for key, value in pairs:
        if key is None and value.known and isinstance(value.only, Entries):
            values |= {name: shared(one, one.span) for name, one in value.only.values.items()}
            complete = complete and value.only.complete
        elif key is not None and key.known and _is_key(key.only):
            values[_key(key.only)] = value
        else:
            # It may be any of those ahead of it, too.
            values.clear()
            complete = False
    return Entries(values, complete)


def _is_key(constant: Constant) -> bool:
    return not isinstance(constant, (Items, Entries, Made))


def _key(constant: Constant) -> Key:
    return None if isinstance(constant, (Items, Entries, Made)) else constant


def _is_environment(things: Things) -> bool:
    return [thing.name for thing in things if isinstance(thing, Library)] == ["os.environ"]
