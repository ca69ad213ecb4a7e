"""Clients that an object keeps, and that nothing an invocation runs asks for anything.

A name counts as used wherever it is written: what is never found by name is not asked.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from lamlint.python.module import cst

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.reach.call import Call
    from lamlint.python.reach.handler import Handler

_READING_ALL = frozenset(
    {"__dict__", "__getattr__", "__getattribute__", "attrgetter", "eval", "exec", "getattr", "vars"}
)


def never_asked(handler: Handler, call: Call) -> bool:
    """Whether an object keeps what a call makes, and no code that runs reads it from there."""
    attribute = _kept_as(call)
    words = handler.words if attribute else frozenset()
    if not attribute or attribute in words or not _READING_ALL.isdisjoint(words):
        return False
    return not any(
        reader is None or reader.startswith("__") or reader in words
        for module in tuple(handler.codebase.loaded)
        if module.mentions(attribute)
        for reader in _all_readers(module).get(attribute, ())
    )


def asked_no_more(handler: Handler, call: Call, known: Container[str]) -> bool:
    """Whether an object keeps what a call makes, and it is asked there for some attributes only."""
    attribute = _kept_as(call)
    if not attribute or not _READING_ALL.isdisjoint(handler.words):
        return False
    asked = [
        one
        for module in handler.imported_modules()
        if module.mentions(attribute)
        for one in _all_asked(module).get(attribute, ())
    ]
    return bool(asked) and all(one in known for one in asked)


def _all_asked(module: Module) -> Mapping[str, set[str]]:
    """What is read of an attribute, by the attribute's name; empty where it is given on whole."""
    return module.syntax.once("asked of attributes", partial(_asked, module))


def _asked(module: Module) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for node in _reads(module):
        above = module.parent(node)
        one = above.attr.value if isinstance(above, cst.Attribute) else ""
        found.setdefault(node.attr.value, set()).add(one)
    return found


def _kept_as(call: Call) -> str:
    """The attribute of its own object that a method gives the result of a call; else nothing."""
    above = call.module.parent(call.node)
    match above:
        case cst.Assign(
            targets=[
                cst.AssignTarget(target=cst.Attribute(value=cst.Name() as owner, attr=attribute))
            ]
        ):
            pass
        case cst.AnnAssign(target=cst.Attribute(value=cst.Name() as owner, attr=attribute)):
            pass
        case _:
            return ""
    function = call.function
    if function is None or call.module.enclosing_class(function) is None:
        return ""
    own = [one.name.value for one in function.params.params[:1]]
    return attribute.value if owner.value in own else ""


def _all_readers(module: Module) -> Mapping[str, set[str | None]]:
    """The functions that read an attribute of a name, by that name; None is the module's code."""
    return module.syntax.once("attribute readers", partial(_readers, module))


def _readers(module: Module) -> Mapping[str, set[str | None]]:
    found: dict[str, set[str | None]] = {}
    for node in _reads(module):
        function = module.enclosing_function(node)
        name = None if function is None else function.name.value
        found.setdefault(node.attr.value, set()).add(name)
    return found


def _reads(module: Module) -> Iterator[cst.Attribute]:
    """Every place that reads an attribute."""
    return (node for node in module.nodes(cst.Attribute) if not _is_set(module, node))


def _is_set(module: Module, node: cst.CSTNode) -> bool:
    above = module.parent(node)
    return isinstance(above, (cst.AssignTarget, cst.Del)) or (
        isinstance(above, cst.AnnAssign) and above.target is node
    )
