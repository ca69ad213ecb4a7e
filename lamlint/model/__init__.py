"""Plain data: what templates declare, in one neutral form for every dialect."""

from lamlint.model.amount import Scalar, shown, whole_number
from lamlint.model.bounds import limits_where, out_of_range
from lamlint.model.code import Code, CodeKind, Image, Packing
from lamlint.model.condition import told
from lamlint.model.dangling import Dangling
from lamlint.model.delivery import Delivery
from lamlint.model.event import REQUESTS, EventKind, EventSource, Filter, Invocation, Objects
from lamlint.model.frequency import Frequency, Often, frequency, most_often
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
from lamlint.model.pacing import sure_paces
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
from lamlint.model.polling import Polling
from lamlint.model.replaced import Replaced
from lamlint.model.resolved import Resolved, Store
from lamlint.model.resource import (
    Bucket,
    Named,
    Queue,
    Redrive,
    Resource,
    Resources,
    Stream,
    TargetGroup,
    Topic,
)
from lamlint.model.role import Permission, Role, Statement, Supplied
from lamlint.model.schedule_faults import Fault, fault
from lamlint.model.slot import Later, Room, Slot
from lamlint.model.template import is_filled_in
from lamlint.model.untold import fits
from lamlint.model.value import (
    NOT_SET,
    PLACEHOLDER,
    SOMETIMES_SET,
    UNTOLD,
    Choice,
    Origin,
    Value,
)

__all__ = [
    "NOT_SET",
    "PLACEHOLDER",
    "REQUESTS",
    "SOMETIMES_SET",
    "UNPUBLISHED",
    "UNTOLD",
    "WRAPPER",
    "Alias",
    "AsyncConfig",
    "Block",
    "Bucket",
    "Choice",
    "Code",
    "CodeKind",
    "ContextField",
    "Cors",
    "Dangling",
    "Delivery",
    "Document",
    "EdgeUse",
    "Environment",
    "EventField",
    "EventKind",
    "EventSource",
    "Fault",
    "Filter",
    "Frequency",
    "Function",
    "Ignore",
    "Image",
    "Invocation",
    "Later",
    "Layer",
    "Literal",
    "Named",
    "Network",
    "Objects",
    "Often",
    "Origin",
    "Packing",
    "Part",
    "Parts",
    "Permission",
    "Polling",
    "Queue",
    "Redrive",
    "Replaced",
    "Resolved",
    "Resource",
    "Resources",
    "Role",
    "Room",
    "Scalar",
    "Slot",
    "Statement",
    "Store",
    "Stream",
    "Supplied",
    "Symbol",
    "TargetGroup",
    "Topic",
    "Url",
    "Value",
    "Variable",
    "fault",
    "fits",
    "frequency",
    "is_filled_in",
    "limits_where",
    "most_often",
    "out_of_range",
    "shown",
    "sure_paces",
    "symbol",
    "taken_from",
    "told",
    "whole",
    "whole_number",
    "written",
]
