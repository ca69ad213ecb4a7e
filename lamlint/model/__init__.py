"""Plain data: what templates declare, in one neutral form for every dialect."""

from lamlint.model.amount import Scalar, whole_number
from lamlint.model.bounds import limits_where, out_of_range
from lamlint.model.code import Code, CodeKind, Image, Packing
from lamlint.model.cold import starts_cold
from lamlint.model.dangling import Dangling
from lamlint.model.event import EventKind, EventSource, Filter, Objects
from lamlint.model.function import (
    UNPUBLISHED,
    WRAPPER,
    Alias,
    AsyncConfig,
    Cors,
    EdgeUse,
    Environment,
    Function,
    Ignore,
    Layer,
    Network,
    Url,
)
from lamlint.model.parts import (
    ContextField,
    EventField,
    Literal,
    Part,
    Parts,
    Symbol,
    Variable,
    symbol,
    taken_from,
    whole,
    written,
)
from lamlint.model.policy import Block, Document
from lamlint.model.resolved import Resolved, Store
from lamlint.model.role import Permission, Role, Statement
from lamlint.model.template import is_filled_in
from lamlint.model.value import (
    NOT_SET,
    PLACEHOLDER,
    SOMETIMES_SET,
    Choice,
    Origin,
    Room,
    Slot,
    Value,
)

__all__ = [
    "NOT_SET",
    "PLACEHOLDER",
    "SOMETIMES_SET",
    "UNPUBLISHED",
    "WRAPPER",
    "Alias",
    "AsyncConfig",
    "Block",
    "Choice",
    "Code",
    "CodeKind",
    "ContextField",
    "Cors",
    "Dangling",
    "Document",
    "EdgeUse",
    "Environment",
    "EventField",
    "EventKind",
    "EventSource",
    "Filter",
    "Function",
    "Ignore",
    "Image",
    "Layer",
    "Literal",
    "Network",
    "Objects",
    "Origin",
    "Packing",
    "Part",
    "Parts",
    "Permission",
    "Resolved",
    "Role",
    "Room",
    "Scalar",
    "Slot",
    "Statement",
    "Store",
    "Symbol",
    "Url",
    "Value",
    "Variable",
    "is_filled_in",
    "limits_where",
    "out_of_range",
    "starts_cold",
    "symbol",
    "taken_from",
    "whole",
    "whole_number",
    "written",
]
