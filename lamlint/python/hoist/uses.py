"""Whether the uses of an object allow that it outlives the invocation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import Scope, last_name

if TYPE_CHECKING:
    from lamlint.catalog.constructors import Constructor
    from lamlint.python.hoist.view import View

_CLOSING = frozenset(
    {"close", "aclose", "dispose", "quit", "disconnect", "shutdown", "terminate", "unbind", "end"}
)
_CHANGING = frozenset(
    {
        "update", "append", "add", "extend", "insert", "pop", "clear", "remove", "setdefault",
        "register", "register_first", "register_last", "unregister", "mount", "sort",
    }
)  # fmt: skip
_VERBS = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "request"})
_CLOSERS = frozenset({"closing", "aclosing", "enter_context", "callback", "push"})
_GIVEN = frozenset({"sdk", "pool", "rpc", "search", "saas", "cloud", "soap", "graph", "database"})
"""Kinds whose objects may be handed to others: they hold no state of one invocation."""
_SHARED = frozenset({"sdk", "pool"})
"""Kinds whose objects may be returned or stored as well."""


def usable(view: View, use: cst.BaseExpression, row: Constructor) -> bool:
    """Whether what is done with an object at one use leaves it fit for the next invocation."""
    node: cst.CSTNode = use
    above = view.module.parent(node)
    if isinstance(above, cst.Attribute):
        return _asked(view, above, row)
    if isinstance(above, cst.Subscript):
        return above.value is node and not _assigned(view, above)
    if isinstance(above, cst.Arg):
        call = view.module.parent(above)
        return row.kind in _GIVEN and not (
            isinstance(call, cst.Call) and last_name(call.func) in _CLOSERS
        )
    if isinstance(above, (cst.Comparison, cst.ComparisonTarget, cst.UnaryOperation, cst.If)):
        return True
    if isinstance(above, (cst.WithItem, cst.Await, cst.Del, cst.Expr)):
        return False
    return row.kind in _SHARED


def _asked(view: View, attribute: cst.Attribute, row: Constructor) -> bool:
    """A method is called, or something deeper is reached, that does not change the object."""
    names = [attribute.attr.value]
    node: cst.CSTNode = attribute
    above = view.module.parent(node)
    while isinstance(above, cst.Attribute) and above.value is node:
        names.append(above.attr.value)
        node, above = above, view.module.parent(above)
    if names[-1] in _CLOSING or "events" in names or _assigned(view, node):
        return False
    if isinstance(above, cst.Subscript):
        return above.value is not node or not _assigned(view, above)
    called = isinstance(above, cst.Call) and above.func is node
    if row.kind == "http" and "requests" in row.names[0]:
        return called and len(names) == 1 and names[0] in _VERBS
    return not (called and len(names) > 1 and names[-1] in _CHANGING)


def mutated(view: View, owner: Scope, name: str) -> bool:
    """Whether the value of a name is changed in place where a function runs."""
    return view.once(("mutated", id(owner), name), lambda: _mutated(view, owner, name))


def _mutated(view: View, owner: Scope, name: str) -> bool:
    for reader in view.readers(name, owner):
        inside = not view.module.scopes.of(reader).is_module
        node: cst.CSTNode = reader
        above = view.module.parent(node)
        while isinstance(above, (cst.Attribute, cst.Subscript)) and above.value is node:
            if inside and _assigned(view, above):
                return True
            called = view.module.parent(above)
            if (
                inside
                and isinstance(above, cst.Attribute)
                and above.attr.value in _CHANGING
                and isinstance(called, cst.Call)
                and called.func is above
            ):
                return True
            node, above = above, called
    return False


def _assigned(view: View, node: cst.CSTNode) -> bool:
    """Whether something is stored in, or deleted from, what a node names."""
    above = view.module.parent(node)
    if isinstance(above, (cst.AssignTarget, cst.Del)):
        return True
    if isinstance(above, (cst.AnnAssign, cst.AugAssign, cst.For, cst.NamedExpr)):
        return above.target is node
    return isinstance(above, cst.AsName)
