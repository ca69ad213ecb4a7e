"""Whether a module has what Lambda may call, by its text alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from lamlint.python import Module

_PARAMETERS = Regex(r"^def[ \t]+\w+[ \t]*\(([^()]*)\)", re.MULTILINE | re.IGNORECASE)
_EVENT = Regex(r"event|evt", re.IGNORECASE)


def may_hold_handlers(module: Module) -> bool:
    """Whether a module has what Lambda may call, by its text.

    A function that takes an event and something else, or an object that is made for it.
    """
    return module.source.once(may_hold_handlers, lambda: _may_hold_handlers(module))


def _may_hold_handlers(module: Module) -> bool:
    from lamlint.python import may_assign_handler

    text = module.source.text
    takes = map(_takes_an_event, _PARAMETERS.findall(text))
    return "def lambda_handler(" in text or any(takes) or may_assign_handler(module)


def _takes_an_event(parameters: str) -> bool:
    if "LambdaContext" in parameters:
        return True
    event = _EVENT.search(parameters)
    return event is not None and "," in parameters[event.end() :]
