"""Functions that are handlers by their signatures: they take an event and a context."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from lamlint.files.kinds import is_test
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from lamlint.python.module import cst
    from lamlint.python.module.module import Module
    from lamlint.text import Source

_CALLED = Regex(r"\b(\w+)\(")
_EVENT = Regex(r"_*(lambda_?|aws_?)?(event|evt|events|event_data|event_dict)_*$", re.IGNORECASE)
_CONTEXT = Regex(
    r"_*(lambda_?|aws_?)?(context|ctx|ctxt|contxt|contexts|cntx|cntxt)_*$", re.IGNORECASE
)
_HANDLER = Regex(r"(lambda_?)?handler$", re.IGNORECASE)
_CALLED_HANDLER = Regex(r"(\w+_)?handler(_function)?$|main$|lambda_\w+$|handle$", re.IGNORECASE)
_LAMBDA_CONTEXT = "LambdaContext"


def signature_handlers(module: Module, named: Collection[str] = ()) -> Iterator[cst.FunctionDef]:
    """The functions of a module that take an event and a context, by their parameters' names.

    Not those that are `named` elsewhere, nor what any handler hands its own event to.
    """
    from lamlint.python.module import cst
    from lamlint.python.reach.handed_on import handed_on

    if is_test(module.path):
        return
    text = module.source.text
    if "event" not in text.lower() and "evt" not in text and _LAMBDA_CONTEXT not in text:
        return
    found: dict[str, cst.FunctionDef] = {}
    for line in module.tree.body:
        if isinstance(line, cst.FunctionDef) and _is_handler(module, line):
            name = line.name.value
            # A private function that its own module calls is reached from there.
            if not name.startswith("_") or _calls(module.source)[name] < 2:
                found[name] = line
    helpers = handed_on(module, (*found, *named)) if len(found) + len(named) > 1 else frozenset()
    plain = [name for name in found if is_handler_name(name)]
    if not named and len(plain) == 1:
        helpers -= {*plain}  # what else calls it is for tests, or to start it by hand
    for name, node in found.items():
        if name not in named and name not in helpers:
            yield node


def _calls(source: Source) -> Counter[str]:
    """How often each name stands before a bracket, its own definition included."""
    return source.once(_calls, lambda: Counter(_CALLED.findall(source.text)))


def _is_handler(module: Module, node: cst.FunctionDef) -> bool:
    declared = node.params
    places = [*declared.posonly_params, *declared.params]
    required = [p for p in places if p.default is None]
    if len(places) != 2 or len(required) > 2 or node.asynchronous is not None:
        return False
    if any(p.default is None for p in declared.kwonly_params):
        return False
    first, second = places
    name = node.name.value
    if is_event_name(first.name.value):
        # A bare underscore is a context only where the function is called a handler.
        if _CONTEXT.match(second.name.value) or _said(second) == _LAMBDA_CONTEXT:
            return True
        return second.name.value == "_" and _HANDLER.match(name) is not None
    if _said(second) != _LAMBDA_CONTEXT:
        return False
    # What takes the context of Lambda, and no event by its name, may be called by a handler.
    named = _CALLED_HANDLER.match(name) is not None or _said(first).endswith("Event")
    return named and _calls(module.source)[name] < 2


def is_handler_name(name: str) -> bool:
    """Whether something is called a handler: `handler`, `lambda_handler`."""
    return _HANDLER.match(name) is not None


def is_called_handler(name: str) -> bool:
    """Whether a name is one that authors give to what Lambda calls: `order_handler`, `main`."""
    return _CALLED_HANDLER.match(name) is not None


def is_event_name(name: str) -> bool:
    """Whether a parameter is called as the events of handlers are."""
    return _EVENT.match(name) is not None


def is_context_name(name: str) -> bool:
    """Whether a parameter is called as the context of a handler is."""
    return _CONTEXT.match(name) is not None


def _said(parameter: cst.Param) -> str:
    """The last word of a parameter's annotation; empty where there is none."""
    from lamlint.python.module import cst

    node: cst.CSTNode | None = parameter.annotation and parameter.annotation.annotation
    if isinstance(node, cst.Attribute):
        node = node.attr
    if isinstance(node, cst.SimpleString):
        value = node.evaluated_value
        return value.rpartition(".")[2] if isinstance(value, str) else ""
    return node.value if isinstance(node, cst.Name) else ""
