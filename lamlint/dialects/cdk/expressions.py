"""What an expression of a stack's code comes out as."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import TypeAlias

from lamlint.dialects.budget import TOO_MUCH
from lamlint.dialects.cdk import attributes, natives, operators, reading
from lamlint.dialects.cdk.conditions import test
from lamlint.dialects.cdk.imports import resolved
from lamlint.dialects.cdk.machine import Machine, bind, either, within
from lamlint.dialects.cdk.objects import (
    Closure,
    Frame,
    Imported,
    Items,
    Keyed,
    Made,
    Member,
    Native,
    Plain,
    Thing,
    Unknown,
)
from lamlint.dialects.cdk.place import Place
from lamlint.dialects.cdk.repeated import listed, mapped
from lamlint.model.condition import IN_ANY, Case, both

Evaluator: TypeAlias = "Callable[[ast.expr, Frame, Machine], Thing]"
_LARGEST = 10**30
"""Larger numbers are unknown: they stand for nothing here, and can be too long to be written."""


def evaluate(node: ast.expr, frame: Frame, machine: Machine) -> Thing:
    """What an expression comes out as."""
    function = _KINDS.get(type(node))
    if function is None:
        return Unknown("it is computed", frame.program.place(node))
    if not machine.deeper():
        return Unknown(TOO_MUCH, frame.program.place(node))
    machine.depth += 1
    try:
        return function(node, frame, machine)
    finally:
        machine.depth -= 1


def _constant(node: ast.Constant, frame: Frame, _machine: Machine) -> Thing:
    at = frame.program.place(node)
    if isinstance(node.value, int) and abs(node.value) > _LARGEST:
        return Unknown("it is too large", at)
    if node.value is None or isinstance(node.value, (str, int, float, bool)):
        return Plain(node.value, at, written=True)
    return Unknown("it is no plain value", at)


def _name(node: ast.Name, frame: Frame, machine: Machine) -> Thing:
    around: Frame | None = frame
    while around is not None:
        found = around.names.get(node.id)
        if isinstance(found, Imported):
            found = around.names[node.id] = resolved(found, machine)
        if found is not None:
            return within(found, frame.case)
        around = around.outer
    at = frame.program.place(node)
    if node.id == "open":
        return Native(lambda made: reading.opened(made, machine), at)
    native = natives.BUILTINS.get(node.id)
    return Native(native, at) if native else Unknown(f"nothing says what {node.id} is", at)


def _attribute(node: ast.Attribute, frame: Frame, machine: Machine) -> Thing:
    whole = machine.evaluate(node.value, frame, machine)
    at = frame.program.place(node)
    return attributes.of(whole, node.attr, at, frame, machine)


def _call(node: ast.Call, frame: Frame, machine: Machine) -> Thing:
    function = machine.evaluate(node.func, frame, machine)
    made = arguments(node, frame, machine)
    return machine.call(function, made, frame, machine)


def arguments(node: ast.Call, frame: Frame, machine: Machine) -> Made:
    """A call by its arguments; what is called is not said yet."""
    made = Made("", (), {}, frame.program.place(node), node, case=frame.case)
    positional: list[Thing] = []
    for argument in node.args:
        if not isinstance(argument, ast.Starred):
            positional.append(machine.evaluate(argument, frame, machine))
            continue
        listed = machine.evaluate(argument.value, frame, machine)
        made.whole = made.whole and _unpacked(listed, positional, machine)
    for keyword in node.keywords:
        value = machine.evaluate(keyword.value, frame, machine)
        if keyword.arg is None:
            _spread(made, machine.kept(value))
        else:
            made.named[keyword.arg] = Member(frame.program.name_of(keyword), value)
    made.positional = tuple(positional)
    return made


def _spread(made: Made, value: Thing) -> None:
    """Add what `**` gives to a call."""
    if not isinstance(value, Keyed):
        made.whole = False
        return
    made.named.update({key: one for key, one in value.members.items() if isinstance(key, str)})
    made.whole = made.whole and value.whole


def _items(node: ast.List | ast.Tuple | ast.Set, frame: Frame, machine: Machine) -> Thing:
    found = Items([], frame.program.place(node))
    for element in node.elts:
        if isinstance(element, ast.Starred):
            inner = machine.evaluate(element.value, frame, machine)
            found.whole = found.whole and _unpacked(inner, found.values, machine)
        else:
            found.values.append(machine.evaluate(element, frame, machine))
    return found


def _unpacked(inner: Thing, values: list[Thing], machine: Machine) -> bool:
    """Add what `*` gives; whether it is surely all."""
    inner = machine.kept(inner)
    if not isinstance(inner, Items):
        return False
    values.extend(inner.values)
    return inner.whole


def _keyed(node: ast.Dict, frame: Frame, machine: Machine) -> Thing:
    at = frame.program.place(node)
    last = frame.program.place(node.values[-1]) if node.values else at.beginning
    found = Keyed({}, at, last=last)
    for key, value in zip(node.keys, node.values, strict=True):
        inner = machine.evaluate(value, frame, machine)
        if key is None:
            inner = machine.kept(inner)
            if isinstance(inner, Keyed):
                found.members.update(inner.members)
            found.whole = found.whole and isinstance(inner, Keyed) and inner.whole
            continue
        name = machine.evaluate(key, frame, machine)
        if isinstance(name, Plain):
            found.members[name.value] = Member(frame.program.place(key), inner)
        else:
            found.whole = False
    return found


def _joined(node: ast.JoinedStr, frame: Frame, machine: Machine) -> Thing:
    parts: list[Thing] = []
    for piece in node.values:
        if isinstance(piece, ast.FormattedValue):
            plain = piece.format_spec is None and piece.conversion == -1
            inner = machine.evaluate(piece.value, frame, machine)
            at = frame.program.place(piece)
            parts.append(inner if plain else Unknown("it is formatted", at))
        else:
            parts.append(machine.evaluate(piece, frame, machine))
    return operators.text(parts, frame.program.place(node), machine)


def _binary(node: ast.BinOp, frame: Frame, machine: Machine) -> Thing:
    left = machine.evaluate(node.left, frame, machine)
    right = machine.evaluate(node.right, frame, machine)
    return operators.binary(node.op, left, right, frame.program.place(node), machine)


def _unary(node: ast.UnaryOp, frame: Frame, machine: Machine) -> Thing:
    at = frame.program.place(node)
    if isinstance(node.op, ast.Not):
        truth = test(node, frame, machine).truth
        return Plain(truth, at) if truth is not None else Unknown("it is computed", at)
    inner = machine.evaluate(node.operand, frame, machine)
    if isinstance(inner, Plain) and isinstance(inner.value, (int, float)):
        value = -inner.value if isinstance(node.op, ast.USub) else inner.value
        return Plain(value, at, written=True)
    return Unknown("it is computed", at)


def _compared(node: ast.expr, frame: Frame, machine: Machine) -> Thing:
    truth = test(node, frame, machine).truth
    at = frame.program.place(node)
    return Plain(truth, at) if truth is not None else Unknown("it is computed", at)


def _boolean(node: ast.BoolOp, frame: Frame, machine: Machine) -> Thing:
    """`first or second`: the second where the first is nothing; either, where that is not known."""
    *others, last = [machine.evaluate(value, frame, machine) for value in node.values]
    found: list[tuple[Thing, Case]] = []
    wanted = isinstance(node.op, ast.Or)
    for one in others:
        truth = operators.truth(one)
        if truth is wanted:
            return one
        if truth is None:
            found.append((one, IN_ANY))
    return either([*found, (last, IN_ANY)], frame.program.place(node))


def _chosen(node: ast.IfExp, frame: Frame, machine: Machine) -> Thing:
    tested = test(node.test, frame, machine)
    if tested.truth is not None:
        return machine.evaluate(node.body if tested.truth else node.orelse, frame, machine)
    found = []
    case = frame.case
    for branch, when in ((node.body, tested.met), (node.orelse, tested.unmet)):
        frame.case = both(case, when)
        found.append((machine.evaluate(branch, frame, machine), when))
    frame.case = case
    return either(found, frame.program.place(node))


def _subscript(node: ast.Subscript, frame: Frame, machine: Machine) -> Thing:
    whole = machine.evaluate(node.value, frame, machine)
    at = frame.program.place(node)
    if isinstance(node.slice, ast.Slice):
        return _part(whole, node.slice, at, frame, machine)
    key = machine.evaluate(node.slice, frame, machine)
    return attributes.item(whole, key, at)


def _part(whole: Thing, part: ast.Slice, at: Place, frame: Frame, machine: Machine) -> Thing:
    """A part of a text or a list, from one place to another that are known."""
    ends = []
    for end in (part.lower, part.upper):
        value = Plain(None, at) if end is None else machine.evaluate(end, frame, machine)
        ends.append(value.value if isinstance(value, Plain) else at)
    match ends:
        case (None | int() as start, None | int() as stop) if part.step is None:
            if isinstance(whole, Plain) and isinstance(whole.value, str):
                return machine.kept(Plain(whole.value[start:stop], at))
            if isinstance(whole, Items) and whole.whole:
                return machine.kept(Items(whole.values[start:stop], at))
    return Unknown("it is a part of a list or text", at)


def _lambda(node: ast.Lambda, frame: Frame, _machine: Machine) -> Thing:
    return Closure(node, frame, frame.program.place(node))


def _named(node: ast.NamedExpr, frame: Frame, machine: Machine) -> Thing:
    value = machine.evaluate(node.value, frame, machine)
    bind(frame.names, node.target.id, value, frame.case)
    return value


def _awaited(node: ast.Await, frame: Frame, machine: Machine) -> Thing:
    return machine.evaluate(node.value, frame, machine)


_KINDS: Mapping[type[ast.expr], Callable[..., Thing]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Call: _call,
    ast.List: _items,
    ast.Tuple: _items,
    ast.Set: _items,
    ast.Dict: _keyed,
    ast.JoinedStr: _joined,
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.Compare: _compared,
    ast.BoolOp: _boolean,
    ast.IfExp: _chosen,
    ast.Subscript: _subscript,
    ast.Lambda: _lambda,
    ast.NamedExpr: _named,
    ast.ListComp: listed,
    ast.SetComp: listed,
    ast.GeneratorExp: listed,
    ast.DictComp: mapped,
    ast.Await: _awaited,
}
"""How each kind of expression is evaluated."""
