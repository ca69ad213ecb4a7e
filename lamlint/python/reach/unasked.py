"""Clients that an object keeps, and that nothing an invocation runs asks for anything.

A name counts as used wherever it is written: what is never found by name is not asked.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from lamlint.python.module import cst

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.reach.call import Call
    from lamlint.python.reach.handler import Handler

_READING_ALL = frozenset(
    {"__dict__", "__getattr__", "__getattribute__", "attrgetter", "eval", "exec", "getattr", "vars"}
)


_Asked: TypeAlias = "tuple[cst.ClassDef | None, str, str | None]"
"""The class that asks itself, what it asks, and the name of the function that does."""


def never_asked(handler: Handler, call: Call) -> bool:
    """Whether an object keeps what a call makes, and no code that runs reads it from there."""
    attribute = _kept_as(call)
    words = handler.words if attribute else frozenset()
    if not attribute or attribute in words or not _READING_ALL.isdisjoint(words):
        return False
    return not any(
        _may_run(reader, words)
        for module in tuple(handler.codebase.loaded)
        if module.mentions(attribute)
        for reader in _all_readers(module).get(attribute, ())
    )


def asked_no_more(handler: Handler, call: Call, known: Container[str]) -> bool:
    """Whether an object keeps what a call makes, and it is asked there for some attributes only.

    What another class gives itself under the same name is not this one's; functions whose names
    nothing that runs is written with do not ask.
    """
    attribute = _kept_as(call)
    words = handler.words if attribute else frozenset()
    if not attribute or not _READING_ALL.isdisjoint(words):
        return False
    own = None if call.function is None else call.module.enclosing_class(call.function)
    asked = [
        one
        for module in handler.imported_modules()
        if module.mentions(attribute)
        for owner, one, reader in _all_asked(module).get(attribute, ())
        if (owner is None or owner is own) and _may_run(reader, words)
    ]
    return bool(asked) and all(one in known for one in asked)


def _may_run(function: str | None, words: Container[str]) -> bool:
    """Whether a function may be run by code that is written with some words."""
    return function is None or function.startswith("__") or function in words


def _all_asked(module: Module) -> Mapping[str, set[_Asked]]:
    """What is read of an attribute, by the attribute's name; empty where it is given on whole.

    Before it stands the class that reads it of itself and has set it there, if it is one.
    """
    return module.syntax.once("asked of attributes", partial(_asked, module))


def _asked(module: Module) -> Mapping[str, set[_Asked]]:
    setting = {
        (_class_of_itself(module, node), node.attr.value)
        for node in module.nodes(cst.Attribute)
        if _is_set(module, node)
    }
    found: dict[str, set[_Asked]] = {}
    for node in _reads(module):
        above, name = module.parent(node), node.attr.value
        one = above.attr.value if isinstance(above, cst.Attribute) else ""
        owner = _class_of_itself(module, node)
        own = owner if (owner, name) in setting else None
        found.setdefault(name, set()).add((own, one, _reader(module, node)))
    return found


def _class_of_itself(module: Module, node: cst.Attribute) -> cst.ClassDef | None:
    """The class in whose method an attribute is one of `self`; else None."""
    function = module.enclosing_function(node)
    of = None if function is None else module.enclosing_class(function)
    if function is None or of is None or not isinstance(node.value, cst.Name):
        return None
    own = [one.name.value for one in function.params.params[:1]]
    return of if node.value.value in own else None


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
        found.setdefault(node.attr.value, set()).add(_reader(module, node))
    return found


def _reader(module: Module, node: cst.CSTNode) -> str | None:
    """The name of the function that an attribute stands in; None for the module's own code."""
    function = module.enclosing_function(node)
    return None if function is None else function.name.value


def _reads(module: Module) -> Iterator[cst.Attribute]:
    """Every place that reads an attribute."""
    return (node for node in module.nodes(cst.Attribute) if not _is_set(module, node))


def _is_set(module: Module, node: cst.CSTNode) -> bool:
    above = module.parent(node)
    return isinstance(above, (cst.AssignTarget, cst.Del)) or (
        isinstance(above, cst.AnnAssign) and above.target is node
    )
