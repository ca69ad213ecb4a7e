"""Whether one run of a handler makes a call again and again: in a loop, on some way to it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from lamlint.python.module import cst
from lamlint.python.module.running import inside
from lamlint.python.module.walk import children
from lamlint.python.reach.asked import tests
from lamlint.python.reach.rounds import rounds
from lamlint.python.values.objects import Frame, Own, Passing

_COMPREHENSIONS = (cst.ListComp, cst.SetComp, cst.GeneratorExp, cst.DictComp)


def repeated(frames: Iterable[Frame], node: cst.CSTNode, beyond: int = 0) -> bool:
    """Whether a node stands in a loop, or any function on a way to it is called in one.

    What an object keeps for itself is made as often as the object is. A loop that is seen to
    have no more rounds than `beyond` does not count.
    """
    waiting = [(frame, node) for frame in frames]
    seen: set[tuple[int, int]] = set()
    while waiting:
        frame, site = waiting.pop()
        if (id(frame), id(site)) in seen:
            continue
        seen.add((id(frame), id(site)))
        if in_loop(frame, site, beyond):
            return True
        own = kept_by_object(frame, site)
        for edge in frame.edges:
            made = edge.receiver if own else None
            if isinstance(made, Own) and made.frame is not None and made.call is not None:
                waiting.append((made.frame, made.call))
                continue
            if edge.caller is None or edge.site is None or edge.cached:
                continue
            if edge.passing is Passing.ELEMENTS:
                return True
            waiting.append((edge.caller, edge.site))
    return False


def kept_by_object(frame: Frame, node: cst.CSTNode) -> bool:
    """Whether a method makes something only where its object does not have it yet."""
    function = frame.node
    if not isinstance(function, cst.FunctionDef) or not function.params.params:
        return False
    if frame.module.enclosing_class(function) is None:
        return False
    own = function.params.params[0].name.value
    asked = {name for test in tests(frame, node) for name in _attributes(test, own)}
    return bool(asked) and not asked.isdisjoint(_set_on(frame, function, own))


def _attributes(node: cst.CSTNode, own: str) -> Iterator[str]:
    """The attributes of a method's own object that are written in a node."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        match current:
            case cst.Attribute(value=cst.Name(value=owner), attr=attribute) if owner == own:
                yield attribute.value
        waiting.extend(children(current))


def _set_on(frame: Frame, function: cst.FunctionDef, own: str) -> set[str]:
    """The attributes of its own object that a method sets."""
    found: set[str] = set()
    for node in inside(frame.module, function):
        if isinstance(node, (cst.AssignTarget, cst.AnnAssign)):
            found.update(_attributes(node.target, own))
    return found


def _left_after(around: cst.IndentedBlock | cst.Try, line: cst.CSTNode) -> type[cst.CSTNode] | None:
    """How a loop is left, or its function, once a line of a block is done: at its first success."""
    if isinstance(around, cst.Try):
        done = around.body if around.orelse is None else around.orelse.body
        return _left_by(done.body) if line is around.body else None
    behind = itertools.dropwhile(lambda one: one is not line, around.body)
    return _left_by(itertools.islice(behind, 1, None))


def _left_by(lines: Iterable[cst.CSTNode]) -> type[cst.CSTNode] | None:
    """How some lines surely leave the loop that they stand in, unless something fails."""
    for line in lines:
        match line:
            case cst.SimpleStatementLine(body=[*_, cst.Return() | cst.Break() as leaving]):
                return type(leaving)
            case cst.With(body=cst.IndentedBlock(body=inner)):
                left = _left_by(inner)
                if left is not None:
                    return left
            case _ if _goes_on(line):
                return None
            case _:
                pass
    return None


def _goes_on(line: cst.CSTNode) -> bool:
    """Whether a line may begin the next round of the loop that it stands in."""
    waiting = [line]
    while waiting:
        node = waiting.pop()
        if isinstance(node, cst.Continue):
            return True
        waiting.extend(children(node))
    return False


def in_loop(frame: Frame, node: cst.CSTNode, beyond: int = 0) -> bool:
    """Whether a node stands in a loop of its frame's function, of more rounds than `beyond`."""
    child = node
    passed: list[tuple[cst.IndentedBlock | cst.Try, cst.CSTNode]] = []
    for ancestor in frame.module.ancestors(node):
        if ancestor is frame.node:
            return False
        match ancestor:
            case cst.For() | cst.While() if child is not ancestor.orelse:
                # Few calls stand in a loop: only there it is asked how it goes on.
                left = next(filter(None, itertools.starmap(_left_after, passed)), None)
                passed = []
                if left is cst.Return:
                    return False
                if not (left is cst.Break and child is ancestor.body) and _is_long(
                    frame, ancestor, child, beyond
                ):
                    return True
            case cst.Return():
                return False
            case cst.IndentedBlock() | cst.Try():
                passed.append((ancestor, child))
            case cst.CompIf():
                return True
            case _ if isinstance(ancestor, _COMPREHENSIONS) and child is not ancestor.for_in:
                return True
        child = ancestor
    return False


def _is_long(frame: Frame, loop: cst.For | cst.While, child: cst.CSTNode, beyond: int) -> bool:
    """Whether a part of a loop is run in more rounds than some, as far as that is seen."""
    if isinstance(loop, cst.While):
        return True
    return child is loop.body and (not beyond or not 0 <= rounds(frame, loop.iter) <= beyond)
