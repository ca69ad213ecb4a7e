"""Python code: parsed once, walked once, asked many times.

Importing this package does not import LibCST; asking for a tree does.
"""

from lamlint.python.codebase import Codebase
from lamlint.python.entry import handler_in, signature_handlers
from lamlint.python.failure import Failure
from lamlint.python.guard import Asked, Guard
from lamlint.python.handler import Call, Handler
from lamlint.python.module import Module
from lamlint.python.syntax import Shelf
from lamlint.python.text import (
    ContextField,
    Environment,
    EventField,
    Literal,
    Text,
    Unknown,
)
from lamlint.python.things import Instance, When

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
