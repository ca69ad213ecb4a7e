"""The tests that decide whether a call is reached, in every function on the way to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.walk import children
from lamlint.python.reach.guard import Asked, Comparing, Guard
from lamlint.python.values.analysis import CONTEXT, EVENT
from lamlint.python.values.containers import constant
from lamlint.python.values.objects import Edge, Event, Frame, Library, Passing, Routine, Thing
from lamlint.python.values.origins import depends

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis

_LEAVING = (cst.Return, cst.Raise, cst.Continue, cst.Break)
_LEAVING_LOOPS = (cst.Return, cst.Raise)
_OTHER_FUNCTIONS = (cst.FunctionDef, cst.Lambda, cst.ClassDef)
_ANY = ("*",)
"""Some field of the event that is not known."""
_Test = tuple[cst.CSTNode, "bool | None"]
"""A test, and what it has to be for what follows to be reached; None when that is not known."""


def guards(analysis: Analysis, frames: tuple[Frame, ...], node: cst.CSTNode) -> Iterator[Guard]:
    """The tests that decide whether a node run in some frames is reached, each once.

    Who has seen enough of them need not look at the others, as some lead far.
    """
    seen: set[int] = set()
    for frame, site in ways(frames, node):
        for test, wanted in _tests(analysis, frame, site):
            if id(test) not in seen:
                seen.add(id(test))
                yield _guard(analysis, frame, test, wanted)


def ways(frames: tuple[Frame, ...], node: cst.CSTNode) -> Iterator[tuple[Frame, cst.CSTNode]]:
    """A node in its frames, and every call on the way to it."""
    waiting = [(frame, node) for frame in frames]
    seen: set[tuple[int, int]] = set()
    while waiting:
        frame, site = waiting.pop()
        if (id(frame), id(site)) in seen:
            continue
        seen.add((id(frame), id(site)))
        yield frame, site
        waiting.extend(
            (edge.caller, edge.site)
            for edge in frame.edges
            if edge.caller is not None and edge.site is not None
        )


def _guard(analysis: Analysis, frame: Frame, test: cst.CSTNode, wanted: bool | None) -> Guard:
    try:
        on_event = depends(analysis, test, frame, EVENT.__eq__)
        on_context = depends(analysis, test, frame, CONTEXT.__eq__)
        fields = frozenset(_fields(analysis, frame, test) if on_event else ())
        asked = None if wanted is None else _asked(analysis, frame, test, wanted=wanted)
    except RecursionError:
        analysis.give_up()
        on_event, on_context, fields, asked = True, True, frozenset(), None
    return Guard(test, frame.module, on_event, on_context, fields, asked)


def _asked(analysis: Analysis, frame: Frame, test: cst.CSTNode, *, wanted: bool) -> Asked | None:
    """What a test asks of a field of the event, if that is all that it asks."""
    of: cst.CSTNode
    match test:
        case cst.UnaryOperation(operator=cst.Not()):
            return _asked(analysis, frame, test.expression, wanted=not wanted)
        case cst.Call(func=cst.Attribute(value=of, attr=cst.Name(value="startswith" | "endswith"))):
            comparing = Comparing(test.func.attr.value)  # type: ignore[attr-defined]
            text = test.args[0].value if len(test.args) == 1 else None
        case cst.Comparison(left=of, comparisons=[cst.ComparisonTarget(operator, text)]):
            if isinstance(operator, (cst.NotEqual, cst.NotIn)):
                wanted = not wanted
            if isinstance(operator, (cst.Equal, cst.NotEqual)):
                comparing = Comparing.EQUALS
            elif isinstance(operator, (cst.In, cst.NotIn)):
                comparing, of, text = Comparing.HOLDS, text, of
            else:
                return None
        case cst.Subscript() | cst.Call(func=cst.Attribute(attr=cst.Name(value="get"))):
            comparing, of, text = Comparing.TRUE, test, None
        case _:
            return None
    known = None if text is None else constant(analysis, text, frame)
    known = "" if comparing is Comparing.TRUE else known
    owners = analysis.things(of, frame)
    if known is None or len(owners) != 1 or not isinstance(owners[0], Event):
        return None
    return Asked(owners[0].path, comparing, known, wanted)


def _fields(analysis: Analysis, frame: Frame, node: cst.CSTNode) -> Iterator[tuple[str, ...]]:
    """The fields of the event in an expression; of `"key" in event` that of the key."""
    if isinstance(node, cst.Comparison) and len(node.comparisons) == 1:
        target = node.comparisons[0]
        if isinstance(target.operator, (cst.In, cst.NotIn)):
            key = constant(analysis, node.left, frame)
            owners = [t for t in analysis.things(target.comparator, frame) if isinstance(t, Event)]
            if owners and key is not None:
                yield from ((*owner.path, key) for owner in owners)
                return
    found = [t for t in analysis.things(node, frame) if isinstance(t, Event)]
    if found:
        yield from (event.path for event in found)
        return
    if isinstance(node, cst.Call):
        yield from _fields_asked(analysis, frame, node)
    for child in children(node):
        yield from _fields(analysis, frame, child)


def _fields_asked(analysis: Analysis, frame: Frame, call: cst.Call) -> Iterator[tuple[str, ...]]:
    """The fields that a function reads of the events it is given; any, if it is not known."""
    analysis.step()
    callees, passing = analysis.things(call.func, frame), Passing.CALL
    if _names(callees) == {"filter"} and call.args:
        callees, passing = analysis.things(call.args[0].value, frame), Passing.ELEMENTS
    for callee in callees:
        if isinstance(callee, Routine):
            edge = Edge(frame, call, passing, callee.receiver, callee.leading)
            inner = analysis.inline(callee.module, callee.node, callee.closure, edge)
            yield from [_ANY] if inner is None else _fields(analysis, inner, callee.node.body)
    if all("." in name for name in _names(callees)) and not any(
        isinstance(callee, Routine) for callee in callees
    ):
        given = (thing for one in call.args for thing in analysis.things(one.value, frame))
        yield from (_ANY for thing in given if isinstance(thing, Event))


def _names(callees: Iterable[Thing]) -> set[str]:
    return {callee.name for callee in callees if isinstance(callee, Library)}


def _tests(analysis: Analysis, frame: Frame, node: cst.CSTNode) -> Iterator[_Test]:
    """The conditions in a frame's function that a node's run depends on."""
    child = node
    for ancestor in frame.module.ancestors(node):
        match ancestor:
            case cst.If() | cst.IfExp() | cst.While() if child is not ancestor.test:
                if not _is_constant(ancestor.test):
                    yield ancestor.test, child is ancestor.body
            case cst.BooleanOperation() if child is ancestor.right:
                yield ancestor.left, isinstance(ancestor.operator, cst.And)
            case cst.MatchCase():
                yield from ((guard, True) for guard in (ancestor.guard,) if guard is not None)
            case cst.Match() if child is not ancestor.subject:
                yield ancestor.subject, None
            case cst.For() if child is ancestor.body:
                yield from _selections(analysis, frame, ancestor.iter)
            case cst.ListComp() | cst.SetComp() | cst.GeneratorExp() | cst.DictComp():
                if child is not ancestor.for_in:
                    yield from _conditions(ancestor.for_in)
                    yield from _selections(analysis, frame, ancestor.for_in.iter)
            case cst.Call(func=cst.Name(value="filter"), args=[_, second]) if child is second:
                yield ancestor, None
            case cst.IndentedBlock() | cst.Module():
                yield from _earlier(analysis, frame, ancestor, child)
            case _:
                pass
        if ancestor is frame.node:
            return
        child = ancestor


def _is_constant(test: cst.CSTNode) -> bool:
    return isinstance(test, cst.Integer) or (isinstance(test, cst.Name) and test.value == "True")


def _conditions(loop: cst.CompFor) -> Iterator[_Test]:
    yield from ((condition.test, True) for condition in loop.ifs)
    if loop.inner_for_in is not None:
        yield from _conditions(loop.inner_for_in)


def _selections(analysis: Analysis, frame: Frame, iterated: cst.CSTNode) -> Iterator[_Test]:
    """The conditions that select what is iterated over: of comprehensions, and `filter`."""
    nodes = [iterated]
    if isinstance(iterated, cst.Name):
        nodes.extend(
            binding.value
            for binding, _ in analysis.lookup(iterated.value, iterated, frame)
            if binding.value is not None
        )
    for node in nodes:
        for inner in _within(node):
            if isinstance(inner, cst.CompFor):
                yield from ((condition.test, True) for condition in inner.ifs)
            elif isinstance(inner, cst.Call) and isinstance(inner.func, cst.Name):
                if inner.func.value == "filter":
                    yield inner, None


def _earlier(
    analysis: Analysis, frame: Frame, block: cst.IndentedBlock | cst.Module, before: cst.CSTNode
) -> Iterator[_Test]:
    """The tests of the statements ahead of one that may leave before it is reached."""
    for line in block.body:
        if line is before:
            return
        for node, called in frame.module.syntax.once(("leaving", line), partial(_ways_out, line)):
            if called is None or _may_raise(analysis, frame, called):
                always = isinstance(line, cst.If) and node is line.test and _leaves(line.body)
                yield node, False if always else None


def _leaves(block: cst.BaseSuite) -> bool:
    """Whether a block ends by leaving."""
    last = block.body[-1] if block.body else None
    if isinstance(last, cst.SimpleStatementLine):
        last = last.body[-1]
    return isinstance(last, _LEAVING)


def _ways_out(line: cst.CSTNode) -> list[tuple[cst.CSTNode, cst.Call | None]]:
    """The tests in a statement that may leave it, and the calls in it, which may raise."""
    found: list[tuple[cst.CSTNode, cst.Call | None]] = [(test, None) for test in _leaving(line)]
    for inner in _within(line):
        if isinstance(inner, cst.Assert):
            found.append((inner.test, None))
        elif isinstance(inner, cst.Call):
            found.append((inner, inner))
    return found


def _leaving(line: cst.CSTNode, looping: bool = False) -> Iterator[cst.CSTNode]:
    """The tests in a statement whose branches leave the block, the loop or the function."""
    if isinstance(line, _OTHER_FUNCTIONS):
        return
    if isinstance(line, cst.If):
        kinds = _LEAVING_LOOPS if looping else _LEAVING
        if any(isinstance(inner, kinds) for inner in _within(line)):
            yield line.test
    elif isinstance(line, cst.Try):
        # What is tried decides where an except clause leaves.
        if any(isinstance(n, _LEAVING_LOOPS) for h in line.handlers for n in _within(h)):
            yield from (n for n in _within(line.body) if isinstance(n, cst.Subscript))
    looping = looping or isinstance(line, (cst.For, cst.While))
    for child in children(line):
        yield from _leaving(child, looping)


def _may_raise(analysis: Analysis, frame: Frame, call: cst.Call) -> bool:
    """Whether a function of the codebase that is called raises by a test of its own."""
    return any(
        isinstance(thing, Routine)
        and isinstance(thing.node, cst.FunctionDef)
        and thing.module.syntax.once(("raises", thing.node), partial(_raises, thing.node))
        for thing in analysis.things(call.func, frame)
    )


def _raises(function: cst.FunctionDef) -> bool:
    """Whether a function has a branch that raises."""
    return any(
        isinstance(inner, cst.If) and any(isinstance(n, cst.Raise) for n in _within(inner))
        for inner in _within(function.body)
    )


def _within(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """A node and what it holds, inner functions left out."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(c for c in children(current) if not isinstance(c, _OTHER_FUNCTIONS))
