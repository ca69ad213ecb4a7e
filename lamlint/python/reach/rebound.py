"""Variables that are bound anew, and of which code that never does so asks something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import dropwhile
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.walk import descendants
from lamlint.python.reach.places import names_filled
from lamlint.python.reach.words import words

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.values.objects import Frame

_LOOKING_UP = frozenset({"get", "pop", "keys", "values", "items"})
"""Methods of a mapping: they tell what was put into it."""


def is_rebound_elsewhere(frame: Frame, name: cst.Name) -> bool:
    """Whether a test asks what a service answers that only other functions make anew.

    `order = service.get_order(key)` tells of the order, and not of whether something was made
    before: from there on the function that asks neither binds `service`, nor calls what does.
    """
    module = frame.module
    if not _is_asked_with_arguments(module, name):
        return False
    if name.value in module.syntax.once(names_filled, partial(names_filled, module)):
        return False
    make = partial(_binding, module, name.value)
    binding = module.syntax.once(("binding", name.value), make)
    later = list(_later(frame, name))
    return not (_binds_in(later, module, name) or words(later) & binding)


def _is_asked_with_arguments(module: Module, name: cst.Name) -> bool:
    method = module.parent(name)
    if not isinstance(method, cst.Attribute) or method.attr.value in _LOOKING_UP:
        return False
    call = module.parent(method)
    return isinstance(call, cst.Call) and call.func is method and bool(call.args)


def _later(frame: Frame, name: cst.Name) -> Iterator[cst.CSTNode]:
    """What its function runs after a name is asked: all of it where a loop comes back to it."""
    every = descendants(frame.node)
    for one in frame.module.ancestors(name):
        if isinstance(one, (cst.For, cst.While)):
            return every
        if one is frame.node:
            break
    return dropwhile(lambda one: one is not name, every)


def _binds_in(nodes: Sequence[cst.CSTNode], module: Module, name: cst.Name) -> bool:
    _, bindings = module.scopes.find(name.value, module.scopes.of(name))
    ours = {id(one) for one in nodes}
    return any(id(one.node) in ours for one in bindings)


def _binding(module: Module, name: str) -> frozenset[str]:
    """The functions, and the classes of methods, that may bind a variable when they are run."""
    found: frozenset[str] = frozenset()
    waiting = list(module.nodes(cst.FunctionDef))
    while waiting:
        may = [one for one in waiting if _binds(one, name) or words(descendants(one.body)) & found]
        found |= {called for one in may for called in _names(module, one)}
        waiting = [one for one in waiting if one not in may] if may else []
    return found


def _names(module: Module, function: cst.FunctionDef) -> Iterator[str]:
    """By which names code runs a function: its own, and that of the class that it is made by."""
    yield function.name.value
    owner = module.enclosing_class(function)
    if owner is not None:
        yield owner.name.value


def _binds(node: cst.CSTNode, name: str) -> bool:
    return any(
        isinstance(one, (cst.Global, cst.Nonlocal))
        and any(each.name.value == name for each in one.names)
        for one in descendants(node)
    )
