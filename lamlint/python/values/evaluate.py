"""What an expression may be: library objects, functions, classes, the event, the context."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import libcst as cst

from lamlint.python.module.scope import Binding, How
from lamlint.python.values import attributes, decorators
from lamlint.python.values import calls as called
from lamlint.python.values.arguments import supplied
from lamlint.python.values.objects import (
    Class,
    Container,
    Edge,
    Event,
    Frame,
    Instance,
    Library,
    Namespace,
    Own,
    Passing,
    Routine,
    Supplied,
    Thing,
)

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.values.analysis import Analysis, Things

_MOST = 12
_CONSTANTS = frozenset({"None", "True", "False"})


def things(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> Things:
    """What an expression, evaluated in a frame, may be; empty when nothing is known."""
    if analysis.exhausted:
        return ()
    return analysis.ask(
        "things",
        analysis.things,
        node,
        frame,
        lambda: _first_things(analysis, node, frame),
        (),
    )


def _first_things(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> Things:
    found: dict[Thing, None] = {}
    # A loop, since calls of builtins in each other soon exhaust the stack of Python 3.12.
    for thing in _things(analysis, node, frame):
        found[thing] = None
        if len(found) == _MOST:
            break
    return tuple(found)


def _things(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> Iterator[Thing]:
    match node:
        case cst.Name():
            yield from _name(analysis, node, frame)
        case cst.Attribute():
            for base in things(analysis, node.value, frame):
                yield from attributes.attribute(analysis, base, node.attr.value)
        case cst.Call():
            yield from _got(analysis, node, frame)
            for callee in things(analysis, node.func, frame):
                yield from called.call(analysis, callee, node, frame)
        case cst.Subscript():
            yield from _subscript(analysis, node, frame)
        case cst.Await():
            yield from things(analysis, node.expression, frame)
        case cst.NamedExpr():
            yield from things(analysis, node.value, frame)
        case cst.IfExp():
            yield from things(analysis, node.body, frame)
            yield from things(analysis, node.orelse, frame)
        case cst.BooleanOperation():
            yield from things(analysis, node.left, frame)
            yield from things(analysis, node.right, frame)
        case cst.Lambda():
            yield Routine(frame.module, node, frame)
        case cst.List() | cst.Tuple() | cst.Set() | cst.Dict() | cst.ListComp():
            yield Container(node, frame)
        case cst.BinaryOperation(operator=cst.Add()):
            for side in (node.left, node.right):
                for thing in things(analysis, side, frame):
                    if isinstance(thing, Container):
                        yield thing
        case _:
            return


def _name(analysis: Analysis, node: cst.Name, frame: Frame) -> Iterator[Thing]:
    found = False
    for binding, home in analysis.lookup(node.value, node, frame):
        found = True
        yield from bound(analysis, binding, home)
    if not found:
        for binding, home in analysis.members(frame.module, node.value):
            found = True
            yield from bound(analysis, binding, home)
    if not found and node.value not in _CONSTANTS and not frame.module.scopes.module.stars:
        yield Library(node.value)


def bound(analysis: Analysis, binding: Binding, frame: Frame) -> Iterator[Thing]:
    """What a binding makes of its name."""
    analysis.step()
    if analysis.exhausted:
        return
    match binding.how:
        case How.VALUE if binding.value is not None:
            for thing in things(analysis, binding.value, frame):
                yield from unpacked(analysis, thing, binding.path)
        case How.ELEMENT if binding.value is not None:
            path = _past_pairs(binding.value, binding.path)
            if path is not None:
                for element in elements(analysis, binding.value, frame):
                    yield from unpacked(analysis, element, path)
        case How.ENTERED if binding.value is not None:
            yield from _entered(analysis, binding.value, frame)
        case How.IMPORT:
            yield from _imported(analysis, binding, frame)
        case How.PARAMETER if isinstance(binding.node, cst.Param):
            yield from parameter(analysis, binding.node, frame)
        case How.DEFINITION:
            yield from _definition(analysis, binding.node, frame)
        case _:
            return


def unpacked(analysis: Analysis, thing: Thing, path: tuple[int | None, ...]) -> Iterator[Thing]:
    analysis.step()
    if analysis.exhausted:
        return
    if not path:
        yield thing
        return
    step, *rest = path
    for inner in item(analysis, thing, None if step is None else str(step)):
        yield from unpacked(analysis, inner, tuple(rest))


def elements(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> Iterator[Thing]:
    """What iterating over an expression gives."""
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Name):
        if node.func.value == "enumerate" and node.args:
            yield from elements(analysis, node.args[0].value, frame)
            return
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
        if node.func.attr.value in ("values", "items") and not node.args:
            for thing in things(analysis, node.func.value, frame):
                yield from item(analysis, thing, None)
            return
    for thing in things(analysis, node, frame):
        yield from item(analysis, thing, None)


def _past_pairs(node: cst.CSTNode, path: tuple[int | None, ...]) -> tuple[int | None, ...] | None:
    """The way into an element, past the pairs of `items` and `enumerate`; None to their keys."""
    match node:
        case cst.Call(func=cst.Name(value="enumerate")):
            paired = True
        case cst.Call(func=cst.Attribute(attr=cst.Name(value="items")), args=[]):
            paired = True
        case _:
            paired = False
    if not paired or not path:
        return path
    return path[1:] if path[0] == 1 else None


def item(analysis: Analysis, thing: Thing, key: str | None) -> Iterator[Thing]:
    """An item of a thing by its key; any item when the key is None."""
    if isinstance(thing, Event):
        step = "*" if key is None or key.lstrip("-").isdigit() else key
        yield Event((*thing.path, step))
    elif isinstance(thing, Container):
        if _has_stars(thing.node):
            yield from _any_item(analysis, thing)
            return
        for value in items(thing.node, key):
            yield from things(analysis, value, thing.frame)
    elif isinstance(thing, Instance) and thing.kind.startswith("boto3.") and key is None:
        # Iterating over a collection of a resource gives further resources.
        yield Instance(
            f"{thing.constructor}[]", thing.call, thing.module, thing.frame, thing, thing.service
        )


def _has_stars(node: cst.CSTNode) -> bool:
    if not isinstance(node, (cst.List, cst.Tuple, cst.Set)):
        return False
    return any(isinstance(element, cst.StarredElement) for element in node.elements)


def _any_item(analysis: Analysis, thing: Container) -> Iterator[Thing]:
    """The items of a list that holds those of others: `[first, *rest]`."""
    node = thing.node
    for element in node.elements if isinstance(node, (cst.List, cst.Tuple, cst.Set)) else ():
        found = elements if isinstance(element, cst.StarredElement) else things
        yield from found(analysis, element.value, thing.frame)


def items(node: cst.CSTNode, key: str | None) -> Iterator[cst.CSTNode]:
    """The values of a written container that a key may lead to."""
    if isinstance(node, (cst.List, cst.Tuple)):
        values = [element.value for element in node.elements]
        if key is not None and key.lstrip("-").isdigit() and abs(int(key)) <= len(values):
            values = values[int(key) :][:1]
        yield from values
    elif isinstance(node, cst.Set):
        yield from (element.value for element in node.elements)
    elif isinstance(node, cst.Dict):
        pairs = [e for e in node.elements if isinstance(e, cst.DictElement)]
        exact = [
            e.value
            for e in pairs
            if isinstance(e.key, cst.SimpleString) and e.key.evaluated_value == key
        ]
        yield from exact or [e.value for e in pairs]
    elif isinstance(node, cst.ListComp):
        yield node.elt


def _got(analysis: Analysis, node: cst.Call, frame: Frame) -> Iterator[Thing]:
    """What `get` gives of a written dict: `ACTIONS.get(name, default)`."""
    if not isinstance(node.func, cst.Attribute) or node.func.attr.value != "get" or not node.args:
        return
    for base in things(analysis, node.func.value, frame):
        if isinstance(base, Container) and isinstance(base.node, cst.Dict):
            yield from item(analysis, base, constant(analysis, node.args[0].value, frame))
            for default in node.args[1:2]:
                yield from things(analysis, default.value, frame)


def _subscript(analysis: Analysis, node: cst.Subscript, frame: Frame) -> Iterator[Thing]:
    key = None
    if len(node.slice) == 1 and isinstance(node.slice[0].slice, cst.Index):
        key = constant(analysis, node.slice[0].slice.value, frame)
    for thing in things(analysis, node.value, frame):
        yield from item(analysis, thing, key)


def constant(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> str | None:
    """The one string or whole number an expression is known to be, as text."""
    from lamlint.python.values.strings import text

    if isinstance(node, cst.Integer):
        return node.value
    if isinstance(node, cst.UnaryOperation) and isinstance(node.expression, cst.Integer):
        return f"-{node.expression.value}"
    return text(analysis, node, frame).literal


def _entered(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> Iterator[Thing]:
    for thing in things(analysis, node, frame):
        if isinstance(thing, Own):
            for method in attributes.attribute(analysis, thing, "__enter__"):
                if isinstance(method, Routine):
                    yield from called.returned(analysis, method, Edge(frame, None, Passing.NOTHING))
        else:
            yield thing


def _imported(analysis: Analysis, binding: Binding, frame: Frame) -> Iterator[Thing]:
    from lamlint.python.codebase.outline import absolute

    found = analysis.codebase.imported(frame.module, binding)
    if isinstance(found, tuple):
        owner = analysis.codebase.module(found[0])
        if owner is not None:
            yield from member(analysis, owner, found[1])
    elif found is not None:
        yield Namespace(found)
    else:
        name = absolute(frame.module, binding.module)
        if binding.attribute is not None:
            name = f"{name}.{binding.attribute}"
        yield Library(name)


def member(analysis: Analysis, module: Module, name: str) -> Iterator[Thing]:
    """What a name of a module of the codebase may be."""
    found = False
    for binding, home in analysis.members(module, name):
        found = True
        key = (id(binding.node), id(home))
        guard = ("member", *key)
        if guard in analysis.asked:
            continue
        analysis.asked.add(guard)
        try:
            yield from list(bound(analysis, binding, home))
        finally:
            analysis.asked.discard(guard)
    if not found:
        inner = analysis.codebase.module(f"{module.name}.{name}")
        if inner is not None:
            yield Namespace(inner)


def parameter(analysis: Analysis, parameter: cst.Param, frame: Frame) -> Iterator[Thing]:
    for given in supplied(frame, parameter):
        yield from given_things(analysis, given)


def given_things(analysis: Analysis, given: Supplied) -> Iterator[Thing]:
    """What a parameter is, by one thing that was given to it."""
    if given.thing is not None:
        yield given.thing
    elif given.node is not None and given.frame is not None and not given.anything:
        if given.element:
            yield from elements(analysis, given.node, given.frame)
        else:
            yield from things(analysis, given.node, given.frame)


def _definition(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> Iterator[Thing]:
    if isinstance(node, cst.ClassDef):
        yield Class(frame.module, node, frame)
    elif isinstance(node, cst.FunctionDef):
        yield from decorators.decorated(analysis, Routine(frame.module, node, frame))
