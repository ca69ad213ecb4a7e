"""How many rounds a loop has at most, where the code writes that down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.looks import is_only_looked_at
from lamlint.python.module.scope import How, dotted
from lamlint.python.reach.only_read import is_only_read
from lamlint.python.values.arguments import argument
from lamlint.python.values.known import number
from lamlint.python.values.leads import of_attribute, of_binding, of_routine
from lamlint.python.values.objects import Event, Frame, Routine, Supplied

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis

COMPREHENSIONS = (cst.ListComp, cst.SetComp, cst.GeneratorExp, cst.DictComp)
_DEEPEST = 8
"""How far what a loop goes over is followed back: through names, calls and what wraps it."""
_MOST_LOOKS = 200
"""As many expressions are looked at for one loop: ways multiply."""
_WHOLE = frozenset({"items", "keys", "values", "copy"})
"""The methods of a dict that give each of its entries once."""
_ALL_OF_FIRST = frozenset({"enumerate", "frozenset", "iter", "list", "reversed", "set", "sorted"})
_ALL_OF_FIRST |= {"tuple"}
_ALL_OF_LAST = frozenset({"filter", "map"})
_TAKING = {
    "heapq.nlargest": (0, "n"), "heapq.nsmallest": (0, "n"), "itertools.repeat": (1, "times"),
    "random.choices": (None, "k"), "random.sample": (1, "k"),
}  # fmt: skip
"""What gives as many things as it is told to, and where that is said."""
_RECORDS = (Event(("Records",)),)


def rounds(analysis: Analysis, over: cst.BaseExpression, frame: Frame) -> int | None:
    """The most rounds of a loop over an expression; None where that is not known.

    Known are lists, tuples, sets and dicts that are written out and that nothing adds to, under
    whatever name, attribute or parameter, or given by a function; `range` of numbers, a slice
    that has an end, or as many as are drawn; and the records of an event whose triggers say how
    many they bring.
    """
    return _Question(analysis).most(over, frame, 0)


def conditions(loop: cst.CSTNode, part: cst.CSTNode) -> Iterator[cst.BaseExpression]:
    """What a comprehension asks of each of its things before it makes a part of its own of it."""
    each = loop.for_in if isinstance(loop, COMPREHENSIONS) and part is not loop.for_in else None
    while each is not None:
        yield from (one.test for one in each.ifs)
        each = each.inner_for_in


def mapped_rounds(analysis: Analysis, site: cst.CSTNode | None, frame: Frame) -> int | None:
    """The most that `map(function, items)` runs a function: its shortest list ends it."""
    given = [arg.value for arg in site.args[1:]] if isinstance(site, cst.Call) else []
    known = [rounds(analysis, one, frame) for one in given]
    return min((one for one in known if one is not None), default=None)


class _Question:
    """One question; it is asked for each of the ways that a value may come from."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._left = _MOST_LOOKS

    def most(self, over: cst.CSTNode, frame: Frame, depth: int) -> int | None:
        """The most rounds of a loop over an expression, `depth` steps from the one asked of."""
        self._left -= 1
        if depth > _DEEPEST or self._left < 0 or self._analysis.exhausted:
            return None
        match over:
            case cst.List() | cst.Tuple() | cst.Set() | cst.Dict():
                return self._written(over, frame, depth)
            case cst.ListComp() | cst.SetComp() | cst.GeneratorExp() | cst.DictComp():
                return self.of_comprehension(over.for_in, frame, depth + 1)
            case cst.Name(value="None"):
                return 0
            case cst.Name():
                return self._named(over, frame, depth)
            case cst.Attribute():
                return self._attribute(over, frame, depth)
            case cst.IfExp(body=one, orelse=other) | cst.BooleanOperation(left=one, right=other):
                return _largest(self.most(part, frame, depth + 1) for part in (one, other))
            case cst.BinaryOperation(left=one, operator=cst.Add(), right=other):
                return _sum(self.most(part, frame, depth + 1) for part in (one, other))
            case cst.Subscript() | cst.Call() if self._are_records(over, frame):
                return self._analysis.records
            case cst.Subscript():
                return self._slice(over, frame, depth)
            case cst.Await(expression=inner):
                return self.most(inner, frame, depth)
            case cst.Call():
                return self._called(over, frame, depth)
            case _:
                return None

    def _are_records(self, over: cst.BaseExpression, frame: Frame) -> bool:
        """Whether it is `event["Records"]`, of which there are known to be few."""
        if self._analysis.records is None:
            return False
        return self._analysis.things(over, frame) == _RECORDS

    def of_comprehension(self, loop: cst.CompFor, frame: Frame, depth: int) -> int | None:
        """The most rounds of a comprehension: those of its loops, in each other."""
        most = self.most(loop.iter, frame, depth)
        if most is None or loop.inner_for_in is None:
            return most
        inner = self.of_comprehension(loop.inner_for_in, frame, depth)
        return None if inner is None else most * inner

    def _written(
        self, display: cst.List | cst.Tuple | cst.Set | cst.Dict, frame: Frame, depth: int
    ) -> int | None:
        starred = (cst.StarredElement, cst.StarredDictElement)
        return _sum(
            self.most(one.value, frame, depth + 1) if isinstance(one, starred) else 1
            for one in display.elements
        )

    def _named(self, name: cst.Name, frame: Frame, depth: int) -> int | None:
        found = list(self._analysis.lookup(name.value, name, frame))
        found = found or list(self._analysis.members(frame.module, name.value))
        leads: list[Supplied] = []
        for binding, home in found:
            given = list(of_binding(self._analysis, binding, home))
            origin = [one.frame.module for one in given if one.frame is not None]
            elsewhere = origin if binding.how is How.IMPORT else ()
            if not all(is_only_looked_at(module, name.value) for module in elsewhere):
                return None
            if not is_only_read(self._analysis, home, name.value):
                return None
            leads.extend(given)
        return self._given(leads, depth)

    def _attribute(self, node: cst.Attribute, frame: Frame, depth: int) -> int | None:
        name = node.attr.value
        leads = list(of_attribute(self._analysis, node, frame))
        modules = {frame.module, *(lead.frame.module for lead in leads if lead.frame is not None)}
        if not all(is_only_looked_at(module, name) for module in modules):
            return None
        return self._given(leads, depth)

    def _given(self, leads: Iterable[Supplied], depth: int) -> int | None:
        """The most rounds of whatever may be under a name; an empty list is there to be filled."""
        found: list[int | None] = []
        for lead in leads:
            if lead.node is None or lead.frame is None:
                return None
            if lead.element or lead.anything or lead.held is not None:
                return None
            filled = None if _is_empty(lead.node) else lead.node
            found.append(self.most(filled, lead.frame, depth + 1) if filled else None)
        return _largest(found)

    def _slice(self, over: cst.Subscript, frame: Frame, depth: int) -> int | None:
        """The most of `names[:3]`, or of the whole where the slice has no end."""
        match over.slice:
            case [cst.SubscriptElement(slice=cst.Slice(lower=None, upper=upper, step=None))] if (
                upper is not None
            ):
                ends = self._number(upper, frame, depth)
                return ends if ends is not None and ends >= 0 else None
            case [
                cst.SubscriptElement(
                    slice=cst.Slice(
                        lower=cst.UnaryOperation(operator=cst.Minus(), expression=last),
                        upper=None,
                        step=None,
                    )
                )
            ]:
                return self._number(last, frame, depth)
            case [cst.SubscriptElement(slice=cst.Slice())]:
                return self.most(over.value, frame, depth + 1)
            case _:
                return None

    def _called(self, call: cst.Call, frame: Frame, depth: int) -> int | None:
        if any(arg.star for arg in call.args):
            return None
        values = [arg.value for arg in call.args if arg.keyword is None]
        match dotted(call.func), call.func:
            case "range", _:
                return self._range(values, frame, depth)
            case "zip", _:
                known = [self.most(value, frame, depth + 1) for value in values]
                return min((one for one in known if one is not None), default=None)
            case name, _ if name in _ALL_OF_FIRST and values:
                return self.most(values[0], frame, depth + 1)
            case name, _ if name in _ALL_OF_LAST and values:
                return self.most(values[-1], frame, depth + 1)
            case _, cst.Attribute(value=whole, attr=cst.Name(value=method)) if (
                method in _WHOLE and not values
            ):
                return self.most(whole, frame, depth + 1)
            case _, cst.Attribute(value=cst.SimpleString() as text, attr=cst.Name(value="split")):
                return _parts(text, values)
            case _, cst.Attribute(attr=cst.Name(value="most_common")) if values:
                return self._number(values[0], frame, depth)
            case _:
                return self._of_library(call, values, frame, depth)

    def _of_library(
        self, call: cst.Call, values: list[cst.BaseExpression], frame: Frame, depth: int
    ) -> int | None:
        """The most rounds of what `itertools` and its like give, or a function of the project."""
        name = frame.module.qualified(call) or ""
        if name == "itertools.islice" and len(values) > 1:
            return self._number(values[1 if len(values) == 2 else 2], frame, depth)
        if name in _TAKING:
            amount = argument(call, *_TAKING[name])
            return None if amount is None else self._number(amount, frame, depth)
        return self._returned(call, frame, depth)

    def _returned(self, call: cst.Call, frame: Frame, depth: int) -> int | None:
        """The most rounds of what a function of the project gives."""
        found: list[int | None] = []
        for thing in self._analysis.things(call.func, frame):
            if not isinstance(thing, Routine):
                return None
            for lead in of_routine(self._analysis, thing, call, frame):
                if lead.node is None or lead.frame is None:
                    return None
                found.append(self.most(lead.node, lead.frame, depth + 1))
        return _largest(found)

    def _range(self, values: list[cst.BaseExpression], frame: Frame, depth: int) -> int | None:
        if not values:
            return None
        *first, last = values
        if len(first) > 1:  # of a step, too, the end may be anywhere
            numbers = [self._exactly(value, frame) for value in values]
        else:
            numbers = [
                *(self._exactly(one, frame) for one in first),
                self._number(last, frame, depth),
            ]
        known = [one for one in numbers if one is not None]
        if not known or len(known) < len(numbers) or known[2:] == [0]:
            return None
        return len(range(*known))

    def _number(self, node: cst.BaseExpression, frame: Frame, depth: int) -> int | None:
        """The largest whole number that an expression may be, by what is known of it."""
        self._left -= 1
        if depth > _DEEPEST or self._left < 0:
            return None
        match node:
            case cst.Call(func=cst.Name(value="len"), args=[cst.Arg(value=whole, star="")]):
                return self.most(whole, frame, depth + 1)
            case cst.Call(func=cst.Name(value="min"), args=[_, _, *_]):
                given = [one.value for one in node.args if one.keyword is None and not one.star]
                numbers = [self._number(one, frame, depth + 1) for one in given]
                return min((one for one in numbers if one is not None), default=None)
            case _:
                return self._exactly(node, frame)

    def _exactly(self, node: cst.BaseExpression, frame: Frame) -> int | None:
        """The largest whole number that an expression is known to be."""
        known = number(self._analysis.value(node, frame))
        whole = [choice.value for choice in known.choices if isinstance(choice.value, int)]
        return max(whole) if whole and len(whole) == len(known.choices) else None


def _parts(text: cst.SimpleString, separators: list[cst.BaseExpression]) -> int | None:
    """The number of parts of a text that is written there: `"eu-west-1 us-east-1".split()`."""
    match separators:
        case []:
            return len(text.raw_value.split())
        case [cst.SimpleString(raw_value=by)] if by:
            return len(text.raw_value.split(by))
        case _:
            return None


def _is_empty(node: cst.CSTNode) -> bool:
    return isinstance(node, (cst.List, cst.Tuple, cst.Set, cst.Dict)) and not node.elements


def _largest(each: Iterable[int | None]) -> int | None:
    """The largest of some numbers of rounds; None where one is not known, or there is none."""
    found = list(each)
    known = [one for one in found if one is not None]
    return max(known) if known and len(known) == len(found) else None


def _sum(each: Iterable[int | None]) -> int | None:
    found = list(each)
    known = [one for one in found if one is not None]
    return sum(known) if len(known) == len(found) else None
