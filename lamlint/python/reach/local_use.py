"""Whether an AWS client is only asked for what it knows itself, and sends no request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import libcst as cst

from lamlint.python.hoist.view import View, view_of
from lamlint.python.values.objects import Frame, Passing

if TYPE_CHECKING:
    from lamlint.catalog.constructors import Constructors

_LOCAL = frozenset(
    {
        "can_paginate", "close", "exceptions", "generate_db_auth_token",
        "generate_db_connect_admin_auth_token", "generate_db_connect_auth_token",
        "generate_presigned_post", "generate_presigned_url", "meta", "waiter_names",
    }
)  # fmt: skip
"""What a client of boto3 has and does by itself: addresses and tokens are signed, not fetched."""
_MOST = 64


def sends_nothing(node: cst.Call, frames: Sequence[Frame], constructors: Constructors) -> bool:
    """Whether every use of the client that a call makes is seen, and none sends a request."""
    waiting: list[tuple[Frame, cst.CSTNode]] = [(frame, node) for frame in frames]
    seen: set[tuple[int, int]] = set()
    while waiting:
        frame, here = waiting.pop()
        if (id(frame), id(here)) in seen:
            continue
        seen.add((id(frame), id(here)))
        above = frame.module.parent(here)
        if isinstance(above, cst.Attribute) and above.value is here:
            outer = frame.module.parent(above)
            if above.attr.value == "meta" and outer is not None and _is_client(outer, above):
                waiting.append((frame, outer))  # `resource.meta.client` is a client again
            elif above.attr.value not in _LOCAL or _is_kept(above, outer):
                return False
            continue
        further = _same(view_of(frame.module, constructors), frame, here, above)
        if further is None or len(seen) > _MOST:
            return False
        waiting.extend(further)
    return True


def _is_client(outer: cst.CSTNode, inner: cst.CSTNode) -> bool:
    return (
        isinstance(outer, cst.Attribute) and outer.value is inner and outer.attr.value == "client"
    )


def _is_kept(attribute: cst.Attribute, outer: cst.CSTNode | None) -> bool:
    """Whether `meta` itself is given on, which has the client of a resource."""
    return attribute.attr.value == "meta" and not isinstance(outer, cst.Attribute)


def _same(
    view: View, frame: Frame, node: cst.CSTNode, above: cst.CSTNode | None
) -> list[tuple[Frame, cst.CSTNode]] | None:
    """Where else the same object stands: under its name, or as a result; None when unknown."""
    match above:
        case cst.Expr():
            return []
        case cst.IfExp() if above.test is not node:
            return [(frame, above)]
        case cst.If() | cst.IfExp():
            return []
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name() as name)]):
            return _read(view, frame, name)
        case cst.AnnAssign(target=cst.Name() as name):
            return _read(view, frame, name)
        case cst.NamedExpr(target=cst.Name() as name):
            readers = _read(view, frame, name)
            return None if readers is None else [(frame, above), *readers]
        case cst.Return():
            callers = list(_callers(frame))
            return None if None in callers else [one for one in callers if one is not None]
        case _:
            return None


def _read(view: View, frame: Frame, name: cst.Name) -> list[tuple[Frame, cst.CSTNode]] | None:
    """Every place that reads a name of a function; None for one that others see."""
    scope, _ = view.module.scopes.find(name.value, view.module.scopes.of(name))
    if not isinstance(scope.node, cst.FunctionDef) or scope.node is not frame.node:
        return None
    return [(frame, reader) for reader in view.readers(name.value, scope)]


def _callers(frame: Frame) -> Iterator[tuple[Frame, cst.CSTNode] | None]:
    """The calls whose value is what a function returns; None where that is not known."""
    plain = isinstance(frame.node, cst.FunctionDef) and not (
        frame.node.decorators or frame.node.asynchronous
    )
    for edge in frame.edges:
        is_call = isinstance(edge.site, cst.Call) and edge.passing is Passing.CALL
        if plain and is_call and edge.caller is not None and edge.site is not None:
            yield edge.caller, edge.site
        else:
            yield None
