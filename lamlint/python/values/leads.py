"""Where the value of a name, an attribute or a call is written: one step nearer to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.running import results
from lamlint.python.module.scope import Binding, How
from lamlint.python.values.arguments import supplied
from lamlint.python.values.attributes import assigned, field_argument
from lamlint.python.values.changes import is_changed
from lamlint.python.values.objects import (
    Edge,
    Frame,
    Library,
    Namespace,
    Own,
    Passing,
    Routine,
    Supplied,
)

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.values.analysis import Analysis

LOST = Supplied(anything=True)
"""A value that is written nowhere, or where it cannot be told."""


def of_name(analysis: Analysis, node: cst.Name, frame: Frame) -> Iterator[Supplied]:
    """What a name is bound to, wherever it is."""
    found = list(analysis.lookup(node.value, node, frame))
    for binding, home in found or analysis.members(frame.module, node.value):
        yield from of_binding(analysis, binding, home)


def of_attribute(analysis: Analysis, node: cst.Attribute, frame: Frame) -> Iterator[Supplied]:
    """What is given to an attribute: of a module, or of an object of the codebase."""
    name = node.attr.value
    for owner in analysis.things(node.value, frame):
        if isinstance(owner, Namespace):
            yield from _member(analysis, owner.module, name)
        elif isinstance(owner, Own):
            yield from _of_object(analysis, owner, name)
        elif not isinstance(owner, Library):
            yield LOST


def of_routine(
    analysis: Analysis, callee: Routine, node: cst.Call, frame: Frame
) -> Iterator[Supplied]:
    """What one call of a function of the codebase returns."""
    edge = Edge(frame, node, Passing.CALL, callee.receiver, callee.leading)
    inner = analysis.inline(callee.module, callee.node, callee.closure, edge)
    if inner is None:
        yield LOST
        return
    for value in results(callee.module, callee.node):
        yield Supplied(value, inner)


def of_binding(analysis: Analysis, binding: Binding, frame: Frame) -> Iterator[Supplied]:
    """What a binding gives its name, in the frame that binds it."""
    analysis.step()
    match binding.how:
        case How.VALUE if binding.value is not None:
            yield _unpacked(binding.value, binding.path, frame)
        case How.PARAMETER if isinstance(binding.node, cst.Param):
            yield from supplied(analysis, frame, binding.node) or [LOST]
        case How.ELEMENT if binding.value is not None:
            yield from _elements(analysis, binding.value, binding.path, frame)
        case How.IMPORT:
            found = analysis.codebase.imported(frame.module, binding)
            owner = analysis.codebase.module(found[0]) if isinstance(found, tuple) else None
            if owner is not None and isinstance(found, tuple):
                yield from _member(analysis, owner, found[1])
            else:
                yield LOST
        case _:
            yield LOST


def _elements(
    analysis: Analysis, value: cst.CSTNode, path: tuple[int | None, ...], frame: Frame
) -> Iterator[Supplied]:
    """What each round of a loop gives a name: `for method, name in (("GET", "read"), …)`.

    The list may have a name, `ROUTES`.
    """
    written = isinstance(value, (cst.List, cst.Tuple))
    tables = [Supplied(value, frame)] if written else _named_tables(analysis, value, frame)
    for table in tables:
        if table.frame is None or not isinstance(table.node, (cst.List, cst.Tuple)):
            yield LOST
            continue
        for each in table.node.elements:
            starred = isinstance(each, cst.StarredElement)
            yield LOST if starred else _unpacked(each.value, path, table.frame)


def _named_tables(analysis: Analysis, value: cst.CSTNode, frame: Frame) -> list[Supplied]:
    """The lists that a name stands for, wherever it is written."""
    if not isinstance(value, cst.Name):
        return [LOST]
    found = [
        lead
        for binding, home in analysis.lookup(value.value, value, frame)
        for lead in (
            of_binding(analysis, binding, home)
            if binding.how in (How.VALUE, How.IMPORT)
            else (LOST,)
        )
    ]
    return [one if _is_as_written(one) else LOST for one in found] or [LOST]


def _is_as_written(table: Supplied) -> bool:
    """Whether something is a tuple, or a list that its module changes nowhere."""
    if table.frame is None or not isinstance(table.node, (cst.List, cst.Tuple)):
        return False
    return not is_changed(table.frame.module, table.node)


def _unpacked(value: cst.CSTNode, path: tuple[int | None, ...], frame: Frame) -> Supplied:
    """What unpacking a written list or tuple leads to."""
    for step in path:
        if not isinstance(value, (cst.Tuple, cst.List)) or step is None:
            return LOST
        if step >= len(value.elements):
            return LOST
        value = value.elements[step].value
    return Supplied(value, frame)


def _member(analysis: Analysis, module: Module, name: str) -> list[Supplied]:
    """What a name of another module is bound to; modules may import it from each other."""
    guard = ("lead to", id(module), hash(name))
    if guard in analysis.asked:
        return [LOST]
    analysis.asked.add(guard)
    try:
        found = [
            lead
            for binding, home in analysis.members(module, name)
            for lead in of_binding(analysis, binding, home)
        ]
    finally:
        analysis.asked.discard(guard)
    return found or [LOST]


def _of_object(analysis: Analysis, owner: Own, name: str) -> Iterator[Supplied]:
    for value, home, path in assigned(analysis, owner.of, owner, name):
        yield LOST if path else Supplied(value, home)
    scope = owner.of.module.scopes.own(owner.of.node)
    for binding in scope.bindings.get(name, ()):
        yield from of_binding(analysis, binding, owner.of.closure)
    given = field_argument(analysis, owner, name)
    if given is not None and owner.frame is not None:
        yield Supplied(given, owner.frame)
