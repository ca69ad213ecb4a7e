"""Loops of which each round calls another function: one that a dictionary has for its key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.walk import children
from lamlint.python.values.arguments import from_edge
from lamlint.python.values.objects import Edge, Frame, Passing
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.values.analysis import Analysis

_MOST = 4
"""So many functions are followed that a call is given."""


@dataclass(frozen=True, slots=True, eq=False)
class Pick:
    """An expression that says which function is called, and what the one is called that is."""

    node: cst.CSTNode
    name: str


def picks(
    analysis: Analysis, frame: Frame, edge: Edge, below: tuple[Pick, ...]
) -> tuple[Pick, ...]:
    """What says in the frame of a caller which function is called, there or below.

    It is what the call calls, and what it gives for the parameters that are called below.
    """
    node, site = frame.node, edge.site
    if not isinstance(node, cst.FunctionDef) or not isinstance(site, cst.Call):
        return ()
    found = [Pick(site.func, node.name.value)] if edge.passing is Passing.CALL else []
    parameters = {one.name.value: one for one in _parameters(node)}
    for pick in below:
        parameter = parameters.get(pick.node.value) if isinstance(pick.node, cst.Name) else None
        if parameter is not None:
            given = from_edge(analysis, edge, node, parameter)
            found += [Pick(one.node, pick.name) for one in given if one.node is not None]
    return tuple(found[:_MOST])


def _parameters(node: cst.FunctionDef) -> Iterator[cst.Param]:
    yield from (*node.params.posonly_params, *node.params.params, *node.params.kwonly_params)


def differs(frame: Frame, loop: cst.CSTNode, picked: tuple[Pick, ...]) -> bool:
    """Whether each round of a loop calls another function: that of its key in a dictionary.

    `for name in names: run(CHECKS[name])`, where the dictionary has the function once.
    """
    if not isinstance(loop, cst.For):
        return False
    return any(_is_of_key(frame, loop, one) for one in picked)


def _is_of_key(frame: Frame, loop: cst.For, pick: Pick) -> bool:
    name = _dictionary(frame, loop, pick.node)
    if not name:
        return False
    made = _made(frame.module, frame.node, name) or _made(frame.module, frame.module.tree, name)
    if len(made) != 1 or not isinstance(made[0], cst.Dict):
        return False
    values = (element.value for element in made[0].elements)
    return sum(_speaks(one, pick.name) for one in values) == 1


def _dictionary(frame: Frame, loop: cst.For, node: cst.CSTNode) -> str:
    """The dictionary of which a function is taken by the variable of a loop; else nothing."""
    if isinstance(node, cst.Name):
        pairs = loop.iter
        if isinstance(loop.target, cst.Tuple) and _names(loop.target)[1:] == [node.value]:
            match pairs:
                case cst.Call(func=cst.Attribute(value=cst.Name(value=of), attr=attr), args=[]):
                    return of if attr.value == "items" else ""
                case _:
                    return ""
        given = _made(frame.module, frame.node, node.value)
        if len(given) != 1 or given[0] not in _made(frame.module, loop.body, node.value):
            return ""
        (node,) = given
    key: cst.CSTNode
    match node:
        case cst.Call(
            func=cst.Attribute(value=cst.Name(value=of), attr=cst.Name(value="get")), args=[one, *_]
        ):
            key = one.value
        case cst.Subscript(
            value=cst.Name(value=of), slice=[cst.SubscriptElement(slice=cst.Index(value=key))]
        ):
            pass
        case _:
            return ""
    names = _names(loop.target)[:1]
    return of if isinstance(key, cst.Name) and [key.value] == names else ""


def _names(target: cst.CSTNode) -> list[str]:
    """The names that a target gives, where it is one, or a row of names."""
    if isinstance(target, cst.Tuple):
        return [one.value.value for one in target.elements if isinstance(one.value, cst.Name)]
    return [target.value] if isinstance(target, cst.Name) else []


def _made(module: Module, node: cst.CSTNode | None, name: str) -> Sequence[cst.BaseExpression]:
    """All that a name, or a part of a row of names, is given in a piece of code."""
    if node is None:
        return ()
    key = ("given to names", id(node))
    return module.syntax.once(key, partial(_given, node)).get(name, ())


def _given(node: cst.CSTNode) -> dict[str, list[cst.BaseExpression]]:
    found: dict[str, list[cst.BaseExpression]] = {}
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, (cst.Assign, cst.AnnAssign)) and one.value is not None:
            targets = one.targets if isinstance(one, cst.Assign) else (one,)
            for name in (name for each in targets for name in _names(each.target)):
                found.setdefault(name, []).append(one.value)
        waiting += children(one)
    return found


def _speaks(node: cst.CSTNode, name: str) -> bool:
    """Whether a value names a function."""
    if isinstance(node, cst.Name):
        return node.value == name
    return any(_speaks(one, name) for one in children(node))
