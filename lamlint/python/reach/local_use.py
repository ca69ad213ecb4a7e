"""What is asked of an AWS client or session, where every use of it is seen.

A client that is only asked for what it knows itself sends no request; a session of which no
client is made loads no model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.reach.dead import dead
from lamlint.python.reach.same_object import is_tested, same
from lamlint.python.values.objects import Frame

if TYPE_CHECKING:
    from lamlint.catalog.constructors import Constructors
    from lamlint.python.module.module import Module
    from lamlint.python.reach.call import Call

OF_CLIENTS = frozenset(
    {
        "can_paginate", "close", "exceptions", "generate_db_auth_token",
        "generate_db_connect_admin_auth_token", "generate_db_connect_auth_token",
        "generate_presigned_post", "generate_presigned_url", "meta", "waiter_names",
    }
)  # fmt: skip
"""What a client of boto3 has and does by itself: addresses and tokens are signed, not fetched."""
META = "meta"
"""What leads from a resource to its client, which may be asked for anything."""
_MOST = 200
"""So many places are looked at to which what a call makes may come."""
OF_SESSIONS = frozenset(
    {
        "available_profiles", "full_config", "get_auth_token", "get_available_partitions",
        "get_available_regions", "get_available_resources", "get_available_services",
        "get_config_variable", "get_credentials", "get_partition_for_region", "get_scoped_config",
        "profile", "profile_name", "region_name", "user_agent",
    }
)  # fmt: skip
"""What sessions of boto3 and botocore know without a client."""
_CREDENTIALS = "get_credentials"
_FOR_CREDENTIALS = frozenset(
    {
        "botocore.credentials.create_credential_resolver", "botocore.credentials.get_credentials",
        "botocore.tokens.create_token_resolver",
    }
)  # fmt: skip
"""What asks a session that it is given for its settings and credentials.

Source: botocore/credentials.py and botocore/tokens.py of botocore 1.44.5. Only where a profile
says so they make a client, as `get_credentials` of the session itself does.
"""
_TRUTH = ""
"""A test whether there is an object, or a place that hands it on."""
_TEXT = "%"
"""What stands for an object in a text: that of its class."""
_LOGGING = ("critical", "debug", "error", "exception", "info", "log", "warning")
"""The methods of a logger: they write what they are given."""


def asked_locally(call: Call, constructors: Constructors) -> bool:
    """Whether every use of the client that a call makes is seen, and none sends a request."""
    asked = _asked(call, constructors)
    return asked is not None and asked <= OF_CLIENTS | {_TRUTH, _TEXT}


def makes_nothing(call: Call, constructors: Constructors) -> bool:
    """Whether a session is made to be asked for what it knows itself, not for clients."""
    asked = _asked(call, constructors)
    return bool(asked) and asked is not None and asked <= OF_SESSIONS | {_TRUTH}


def never_used(call: Call, constructors: Constructors) -> bool:
    """Whether nothing at all is asked of what a call makes."""
    return _asked(call, constructors) == frozenset()


def used_in_vain(call: Call, constructors: Constructors) -> bool:
    """Whether what asks something of what a call makes never runs, and there is such code."""
    return never_used(call, constructors) and bool(_asked(call, constructors, running=False))


def only_shown(call: Call, constructors: Constructors) -> bool:
    """Whether what a call makes is only written into a text, as that of a log."""
    return _asked(call, constructors) == frozenset({_TEXT})


def clients_of(call: Call, constructors: Constructors) -> frozenset[int]:
    """The calls, by their nodes' identity, that are made on a session with a service's name alone.

    None where not all that is made on it is seen, or one is given more: a client of another
    region for each invocation has its reason in itself, and the session could be kept.
    """
    calls: dict[int, cst.Call] = {}
    asked = _asked(call, constructors, calls)
    if asked is None or any(len(made.args) > 1 for made in calls.values()):
        return frozenset()
    return frozenset(calls)


def _asked(
    call: Call,
    constructors: Constructors,
    calls: dict[int, cst.Call] | None = None,
    *,
    running: bool = True,
) -> frozenset[str] | None:
    """The attributes that are read of what a call makes; None where not all are seen.

    Those that code reads which never runs are none, unless not only what is `running` counts.
    `calls` is filled with the calls of these attributes, by their nodes' identity.
    """
    waiting: list[tuple[Frame, cst.CSTNode]] = [(frame, call.node) for frame in call.frames]
    seen: set[tuple[int, int]] = set()
    asked: set[str] = set()
    while waiting:
        frame, here = waiting.pop()
        if (id(frame), id(here)) in seen:
            continue
        seen.add((id(frame), id(here)))
        if len(seen) > _MOST:
            return None
        if running and here is not call.node and dead(call.analysis, (frame,), here):
            continue
        above = frame.module.parent(here)
        if isinstance(above, cst.Attribute) and above.value is here:
            outer = frame.module.parent(above)
            if above.attr.value == META and outer is not None and _is_client(outer, above):
                waiting.append((frame, outer))  # `resource.meta.client` is a client again
            elif _is_kept(above, outer):
                return None
            else:
                asked.add(above.attr.value)
                if calls is not None and isinstance(outer, cst.Call):
                    calls[id(outer)] = outer
            continue
        if above is not None and is_written(here, above, frame.module):
            asked.add(_TEXT)
            continue
        if above is not None and _asks_for_credentials(above, frame.module):
            asked.add(_CREDENTIALS)
            continue
        further = same(call.analysis, constructors, frame, here)
        if further is None:
            return None
        if is_tested(here, above) or isinstance(above, (cst.BooleanOperation, cst.Arg)):
            asked.add(_TRUTH)
        waiting.extend(further)
    return frozenset(asked)


def is_written(node: cst.CSTNode, above: cst.CSTNode, module: Module) -> bool:
    """Whether an object stands in a text, or is printed or logged."""
    if isinstance(above, cst.FormattedStringExpression):
        return above.expression is node
    call = module.parent(above) if isinstance(above, cst.Arg) and not above.star else None
    match call:
        case cst.Call(func=cst.Name(value="print")):
            return True
        case cst.Call(func=cst.Attribute(attr=cst.Name(value=method))):
            return method in _LOGGING
        case _:
            return False


def _asks_for_credentials(above: cst.CSTNode, module: Module) -> bool:
    """Whether a session is given to what only asks it for credentials."""
    call = module.parent(above) if isinstance(above, cst.Arg) and not above.star else None
    return isinstance(call, cst.Call) and module.qualified(call) in _FOR_CREDENTIALS


def _is_client(outer: cst.CSTNode, inner: cst.CSTNode) -> bool:
    return (
        isinstance(outer, cst.Attribute) and outer.value is inner and outer.attr.value == "client"
    )


def _is_kept(attribute: cst.Attribute, outer: cst.CSTNode | None) -> bool:
    """Whether `meta` itself is given on, which has the client of a resource."""
    return attribute.attr.value == META and not isinstance(outer, cst.Attribute)
