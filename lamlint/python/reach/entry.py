"""Which functions of a module are handlers: what a handler string names, or by signature."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from lamlint.files.kinds import is_test
from lamlint.python.reach.handler import Handler
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    import libcst as cst

    from lamlint.model import Function
    from lamlint.python.codebase.codebase import Codebase
    from lamlint.python.module.module import Module
    from lamlint.text import Source

_CALLED = Regex(r"\b(\w+)\(")
_EVENT = Regex(r"_*(lambda_?)?(event|evt|events|event_data|event_dict)_*$", re.IGNORECASE)
_CONTEXT = Regex(r"_*(lambda_?)?(context|ctx|contexts|cntx)_*$", re.IGNORECASE)
_HANDLER = Regex(r"(lambda_?)?handler$", re.IGNORECASE)


def handler_in(
    codebase: Codebase, module: Module, name: str, functions: tuple[Function, ...] = ()
) -> Handler | None:
    """The handler that a module's attribute is; None when it leads to no function of the codebase.

    The attribute may be imported from another module, or be another function by assignment.
    """
    import libcst as cst

    from lamlint.python.values.evaluation import Evaluation
    from lamlint.python.values.objects import Routine

    found = module.definition(name)
    if isinstance(found, cst.FunctionDef):
        return Handler(codebase, module, found, functions)
    try:
        for thing in Evaluation(codebase).member(module, name):
            if isinstance(thing, Routine) and isinstance(thing.node, cst.FunctionDef):
                return Handler(codebase, thing.module, thing.node, functions)
    except RecursionError:
        return None
    return None


def signature_handlers(module: Module, named: Collection[str] = ()) -> Iterator[cst.FunctionDef]:
    """The functions of a module that take an event and a context, by their parameters' names.

    Not those that are `named` elsewhere, nor what any handler hands its own event to.
    """
    import libcst as cst

    from lamlint.python.reach.handed_on import handed_on

    if is_test(module.path):
        return
    if "event" not in module.source.text and "evt" not in module.source.text:
        return
    found: dict[str, cst.FunctionDef] = {}
    for line in module.tree.body:
        if isinstance(line, cst.FunctionDef) and _is_handler(line):
            name = line.name.value
            # A private function that its own module calls is reached from there.
            if not name.startswith("_") or _calls(module.source)[name] < 2:
                found[name] = line
    helpers = handed_on(module, (*found, *named)) if len(found) + len(named) > 1 else ()
    for name, node in found.items():
        if name not in named and name not in helpers:
            yield node


def _calls(source: Source) -> Counter[str]:
    """How often each name stands before a bracket, its own definition included."""
    return source.once(_calls, lambda: Counter(_CALLED.findall(source.text)))


def _is_handler(node: cst.FunctionDef) -> bool:
    declared = node.params
    places = [*declared.posonly_params, *declared.params]
    required = [p for p in places if p.default is None]
    if len(places) < 2 or len(required) > 2 or node.asynchronous is not None:
        return False
    if any(p.default is None for p in declared.kwonly_params):
        return False
    first, second = (parameter.name.value for parameter in places[:2])
    # A bare underscore is a context only where the function is called a handler.
    context = _CONTEXT.match(second) or (second == "_" and _HANDLER.match(node.name.value))
    return bool(_EVENT.match(first) and context) and len(places) == 2
