"""One walk over a tree: its nodes by type in document order, and their parents.

White space, punctuation and operators are skipped: they are most of a tree,
and nobody looks for them.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, fields

import libcst as cst

_SKIPPED = frozenset(
    {
        "asynchronous", "body_indent", "colon", "comma", "conversion", "default_indent",
        "default_newline", "dot", "encoding", "end", "equal", "first_colon", "footer",
        "has_trailing_newline", "header", "indent", "lbrace", "lbracket", "leading_lines",
        "lines_after_decorators", "lpar", "operator", "posonly_ind", "rbrace", "rbracket",
        "relative", "rpar", "second_colon", "semicolon", "separator", "star", "start",
        "trailing_comma", "trailing_whitespace", "leading_whitespace",
    }
)  # fmt: skip
_ORDERED = {
    "FunctionDef": ("decorators", "name", "type_parameters", "params", "returns", "body"),
    "ClassDef": ("decorators", "name", "type_parameters", "bases", "keywords", "body"),
    "IfExp": ("body", "test", "orelse"),
    "ExceptHandler": ("type", "name", "body"),
    "ExceptStarHandler": ("type", "name", "body"),
    "Parameters": ("posonly_params", "params", "star_arg", "kwonly_params", "star_kwarg"),
    "Arg": ("keyword", "value"),
    "MatchCase": ("pattern", "guard", "body"),
    "CompFor": ("target", "iter", "ifs", "inner_for_in"),
    "TypeAlias": ("name", "type_parameters", "value"),
}


@dataclass(frozen=True, slots=True)
class Index:
    """What one walk finds: nodes by type with their ordinal, and parents by node identity."""

    by_type: dict[type, list[tuple[int, cst.CSTNode]]]
    parents: dict[int, cst.CSTNode]


def index(tree: cst.Module) -> Index:
    """Walk a tree once. No recursion: trees may be deeper than Python's stack."""
    by_type: dict[type, list[tuple[int, cst.CSTNode]]] = {}
    parents: dict[int, cst.CSTNode] = {}
    plans: dict[type, tuple[str, ...]] = {}
    stack: list[cst.CSTNode] = [tree]
    ordinal = 0
    node_type = cst.CSTNode
    while stack:
        node = stack.pop()
        kind = type(node)
        ordinal += 1
        found = by_type.get(kind)
        if found is None:
            by_type[kind] = [(ordinal, node)]
            plans[kind] = _plan(kind)
        else:
            found.append((ordinal, node))
        for field in plans[kind]:
            value = getattr(node, field)
            if isinstance(value, node_type):
                parents[id(value)] = node
                stack.append(value)
            elif value.__class__ is tuple or value.__class__ is list:
                for child in reversed(value):
                    parents[id(child)] = node
                    stack.append(child)
    return Index(by_type, parents)


@functools.cache
def _plan(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    """The fields of a node type that hold children worth visiting, last in the text first."""
    ordered = _ORDERED.get(kind.__name__)
    if ordered is None:
        ordered = tuple(
            field.name
            for field in fields(kind)
            if field.name not in _SKIPPED and not field.name.startswith("whitespace")
        )
    return tuple(reversed(ordered))


def children(node: cst.CSTNode) -> list[cst.CSTNode]:
    """The direct children of a node that a walk visits, in document order."""
    found: list[cst.CSTNode] = []
    for field in reversed(_plan(type(node))):
        value = getattr(node, field)
        if isinstance(value, cst.CSTNode):
            found.append(value)
        elif isinstance(value, (tuple, list)):
            found.extend(value)
    return found
