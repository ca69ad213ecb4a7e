"""Python code: parsed once, walked once, asked many times.

Importing this package does not import LibCST; asking for a tree does.
"""

from lamlint.python.codebase.codebase import Codebase
from lamlint.python.module.failure import Failure
from lamlint.python.module.module import Module
from lamlint.python.module.syntax import Shelf
from lamlint.python.reach.entry import handler_in, signature_handlers
from lamlint.python.reach.guard import Asked, Guard
from lamlint.python.reach.handler import Call, Handler
from lamlint.python.values.objects import Instance, When
from lamlint.python.values.text import ContextField, Environment, EventField, Literal, Text, Unknown

__all__ = [
    "Asked",
    "Call",
    "Codebase",
    "ContextField",
    "Environment",
    "EventField",
    "Failure",
    "Guard",
    "Handler",
    "Instance",
    "Literal",
    "Module",
    "Shelf",
    "Text",
    "Unknown",
    "When",
    "handler_in",
    "signature_handlers",
]
