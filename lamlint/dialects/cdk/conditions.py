"""What a test of a stack's code comes out as, and what holds where it is passed or failed."""

from __future__ import annotations

import ast

from lamlint.dialects.cdk.machine import Machine, size
from lamlint.dialects.cdk.objects import Frame, Items, Keyed, Plain, Thing
from lamlint.dialects.cdk.operators import truth
from lamlint.model.condition import IN_ANY, Case, Fact
from lamlint.text.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Tested:
    """Whether a test is passed, if that is known; what holds where it is, and where it is not."""

    truth: bool | None
    met: Case = IN_ANY
    unmet: Case = IN_ANY

    @property
    def inverted(self) -> Tested:
        """The opposite test."""
        return Tested(None if self.truth is None else not self.truth, self.unmet, self.met)


def test(node: ast.expr, frame: Frame, machine: Machine) -> Tested:
    """What a test comes out as."""
    match node:
        case ast.UnaryOp(op=ast.Not()):
            return test(node.operand, frame, machine).inverted
        case ast.Compare(ops=[operator], comparators=[right]):
            return _compared(node, operator, right, frame, machine)
        case ast.BoolOp():
            return _joined(node, frame, machine)
        case _:
            found = truth(machine.evaluate(node, frame, machine))
            return Tested(found) if found is not None else _open(node, frame)


def _open(node: ast.expr, frame: Frame) -> Tested:
    """A test of which nothing is known but how it is written."""
    at = frame.program.place(node)
    subject = f"{at.source.path}#Conditions.{' '.join(at.text.split())[:80]}"
    return Tested(
        None, frozenset({Fact(subject, "met")}), frozenset({Fact(subject, "met", holds=False)})
    )


def _joined(node: ast.BoolOp, frame: Frame, machine: Machine) -> Tested:
    wanted = isinstance(node.op, ast.Or)
    found = [test(value, frame, machine) for value in node.values]
    if any(one.truth is wanted for one in found):
        return Tested(wanted)
    left = [one for one in found if one.truth is None]
    if not left:
        return Tested(not wanted)
    return left[0] if len(left) == 1 else _open(node, frame)


def _compared(
    node: ast.Compare, operator: ast.cmpop, right: ast.expr, frame: Frame, machine: Machine
) -> Tested:
    one = machine.evaluate(node.left, frame, machine)
    other = machine.evaluate(right, frame, machine)
    known = _known(operator, one, other, machine)
    if known is not None:
        return Tested(known)
    if isinstance(operator, (ast.Eq, ast.NotEq)) and isinstance(other, Plain):
        at = frame.program.place(node.left)
        subject = f"{at.source.path}#{' '.join(at.text.split())[:80]}"
        value = str(other.value)
        equal = Tested(
            None, frozenset({Fact(subject, value)}), frozenset({Fact(subject, value, holds=False)})
        )
        return equal if isinstance(operator, ast.Eq) else equal.inverted
    return _open(node, frame)


def _known(operator: ast.cmpop, one: Thing, other: Thing, machine: Machine) -> bool | None:
    """What a comparison comes out as; None where that is not known."""
    match operator, one, other:
        case ((ast.Eq() | ast.NotEq()), Plain(), Plain()):
            return (one.value == other.value) is isinstance(operator, ast.Eq)
        case ((ast.Is() | ast.IsNot()), Plain(), Plain()):
            return (one.value is other.value) is isinstance(operator, ast.Is)
        case ((ast.Is() | ast.IsNot()), _, Plain(value=None)) if truth(one) is True:
            return isinstance(operator, ast.IsNot)
        case ((ast.In() | ast.NotIn()), Plain(), (Items() | Keyed())) if other.whole:
            looked = machine.budget.spends(nodes=size(other) // 2)
            return _holds(one, other, isinstance(operator, ast.In)) if looked else None
        case ((ast.Lt() | ast.LtE() | ast.Gt() | ast.GtE()), Plain(), Plain()):
            return _ordered(operator, one.value, other.value)
        case _:
            return None


def _holds(one: Plain, other: Items | Keyed, wanted: bool) -> bool | None:
    if isinstance(other, Keyed):
        return (one.value in other.members) is wanted
    if any(isinstance(item, Plain) and item.value == one.value for item in other.values):
        return wanted
    return None if not all(isinstance(item, Plain) for item in other.values) else not wanted


def _ordered(operator: ast.cmpop, one: object, other: object) -> bool | None:
    if not isinstance(one, (int, float)) or not isinstance(other, (int, float)):
        return None
    match operator:
        case ast.Lt():
            return one < other
        case ast.LtE():
            return one <= other
        case ast.Gt():
            return one > other
        case _:
            return one >= other
