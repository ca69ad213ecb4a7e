"""Functions that are handlers by their signatures: they take an event and a context."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from lamlint.files.kinds import is_test
from lamlint.python.codebase.outline import facts_of
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from lamlint.python.module import cst
    from lamlint.python.module.defined import Defined
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
_OF_LAMBDA = "lambda_handler"
"""What nothing but a handler is called, whatever its event is."""


def signature_handlers(module: Module, named: Collection[str] = ()) -> Iterator[cst.FunctionDef]:
    """The functions of a module that take an event and a context, by their parameters' names.

    Not those that are `named` elsewhere, nor what any handler hands its own event to.
    """
    from lamlint.python.reach.entry import node_of

    for one in taking_events(module, named):
        yield node_of(module, one)


def taking_events(module: Module, named: Collection[str] = ()) -> Iterator[Defined]:
    """The same functions by the facts of the module, as far as these tell; else by its tree."""
    if is_test(module.path):
        return
    text = module.source.text
    says = (_LAMBDA_CONTEXT, _OF_LAMBDA, "evt")
    if "event" not in text.lower() and not any(word in text for word in says):
        return
    found: dict[str, Defined] = {}
    for one in facts_of(module).functions:
        # A private function that its own module calls is reached from there.
        if _is_handler(module, one) and not (
            one.name.startswith("_") and _calls(module.source)[one.name] > 1
        ):
            found[one.name] = one
    several = len(found) + len(named) > 1
    helpers = _handed_on(module, (*found, *named)) if found and several else frozenset()
    plain = [name for name in found if is_handler_name(name)]
    if not named and len(plain) == 1:
        helpers -= {*plain}  # what else calls it is for tests, or to start it by hand
    for name, one in found.items():
        if name not in named and name not in helpers:
            yield one


def _handed_on(module: Module, handlers: Collection[str]) -> frozenset[str]:
    from lamlint.python.reach.handed_on import handed_on  # it needs LibCST

    return handed_on(module, handlers)


def _calls(source: Source) -> Counter[str]:
    """How often each name stands before a bracket, its own definition included."""
    return source.once(_calls, lambda: Counter(_CALLED.findall(source.text)))


def _is_handler(module: Module, function: Defined) -> bool:
    if not function.pair:
        return False
    first, second = function.pair
    name = function.name
    if is_event_name(first.name):
        # A bare underscore is a context only where the function is called a handler.
        if _CONTEXT.match(second.name) or second.said == _LAMBDA_CONTEXT:
            return True
        return second.name == "_" and _HANDLER.match(name) is not None
    if _CONTEXT.match(second.name) and _takes_some_event(name, first.name):
        return True
    if second.said != _LAMBDA_CONTEXT:
        return False
    # What takes the context of Lambda, and no event by its name, may be called by a handler.
    named = _CALLED_HANDLER.match(name) is not None or first.said.endswith("Event")
    return named and _calls(module.source)[name] < 2


def _takes_some_event(function: str, parameter: str) -> bool:
    """Whether what is called a handler takes an event by a name of its own: `build_event`."""
    own = parameter.lower().endswith("_event") and is_handler_name(function)
    return own or (function == _OF_LAMBDA and parameter not in ("self", "cls"))


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
