"""What is done for each item of a list: comprehensions, and the names that take the items."""

from __future__ import annotations

import ast
from collections.abc import Callable

from lamlint.dialects.cdk import natives
from lamlint.dialects.cdk.conditions import test
from lamlint.dialects.cdk.machine import Machine, bind, size
from lamlint.dialects.cdk.objects import (
    Frame,
    Items,
    Keyed,
    Member,
    Plain,
    Thing,
    Unknown,
)

LONGEST_LOOP = 500
"""Of what is repeated for more items than so many nothing is known."""


def listed(
    node: ast.ListComp | ast.SetComp | ast.GeneratorExp, frame: Frame, machine: Machine
) -> Thing:
    """The list that a comprehension makes."""
    found = Items([], frame.program.place(node))

    def add(inner: Frame) -> None:
        found.values.append(machine.evaluate(node.elt, inner, machine))

    found.whole = _repeated(node.generators, Frame(frame.program, frame, frame.case), machine, add)
    return found


def mapped(node: ast.DictComp, frame: Frame, machine: Machine) -> Thing:
    """The dictionary that a comprehension makes."""
    found = Keyed({}, frame.program.place(node))

    def add(inner: Frame) -> None:
        key = machine.evaluate(node.key, inner, machine)
        value = machine.evaluate(node.value, inner, machine)
        if isinstance(key, Plain):
            found.members[key.value] = Member(frame.program.place(node.key), value)
        else:
            found.whole = False

    whole = _repeated(node.generators, Frame(frame.program, frame, frame.case), machine, add)
    found.whole = found.whole and whole
    return found


def _repeated(
    clauses: list[ast.comprehension],
    frame: Frame,
    machine: Machine,
    add: Callable[[Frame], None],
) -> bool:
    """Add what a comprehension makes for each item; whether it is surely all."""
    if not clauses:
        add(frame)
        return True
    clause, *others = clauses
    listed = machine.kept(machine.evaluate(clause.iter, frame, machine))
    items = natives.iterated(listed)
    whole = items is not None and len(items) <= LONGEST_LOOP
    each = items[:LONGEST_LOOP] if items else []
    unknown = Unknown("the list is not known", frame.program.place(clause.target))
    for item in each if whole else [unknown]:
        assign(clause.target, item, frame)
        tests = [test(condition, frame, machine).truth for condition in clause.ifs]
        if False in tests:
            continue
        whole = _repeated(others, frame, machine, add) and whole and None not in tests
    return whole


def assign(target: ast.expr, value: Thing, frame: Frame) -> None:
    """Bind the names of a target that is no attribute or item."""
    match target:
        case ast.Name():
            bind(frame.names, target.id, value, frame.case)
        case ast.Tuple() | ast.List():
            parts = natives.iterated(value) if size(value) <= len(target.elts) else None
            known = parts is not None and len(parts) == len(target.elts)
            for number, inner in enumerate(target.elts):
                at = frame.program.place(inner)
                one = parts[number] if known and parts else Unknown("it is unpacked", at)
                assign(inner, one, frame)
        case ast.Starred():
            assign(target.value, Unknown("it is unpacked", value.at), frame)
        case _:
            return
