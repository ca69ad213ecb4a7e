"""One walk over a tree: its nodes by type in document order, and their parents.

White space, punctuation and operators are skipped: they are most of a tree,
and nobody looks for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from lamlint.python.module import cst
from lamlint.text.dataclass import dataclass

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
    "Name": (),
    "SimpleString": (),
    "Integer": (),
}


_PLAIN = frozenset({str, bool, type(None), cst.MaybeSentinel})
"""The types of what a node holds besides nodes: asking for a type itself is far faster than
`isinstance`, as all of LibCST's classes are abstract ones."""


class _Plans(dict[type, tuple[str, ...]]):
    """The fields of each type of node that hold children worth visiting, last in the text first."""

    def __missing__(self, kind: type[cst.CSTNode]) -> tuple[str, ...]:
        ordered = _ORDERED.get(kind.__name__)
        if ordered is None:
            ordered = tuple(
                field.name
                for field in fields(kind)
                if field.name not in _SKIPPED and not field.name.startswith("whitespace")
            )
        plan = self[kind] = tuple(reversed(ordered))
        return plan


_PLANS = _Plans()


@dataclass(frozen=True, slots=True)
class Index:
    """What one walk finds: nodes by type with their ordinal, and parents by node identity."""

    by_type: dict[type, list[tuple[int, cst.CSTNode]]]
    parents: dict[int, cst.CSTNode]


def index(tree: cst.Module) -> Index:
    """Walk a tree once. No recursion: trees may be deeper than Python's stack."""
    by_type: dict[type, list[tuple[int, cst.CSTNode]]] = {}
    parents: dict[int, cst.CSTNode] = {}
    stack: list[cst.CSTNode] = [tree]
    ordinal = 0
    while stack:
        node = stack.pop()
        kind = node.__class__
        ordinal += 1
        found = by_type.get(kind)
        if found is None:
            found = by_type[kind] = []
        found.append((ordinal, node))
        for field in _PLANS[kind]:
            value = getattr(node, field)
            kind = value.__class__
            if kind in _PLAIN:
                continue
            if kind is tuple or kind is list:
                for child in reversed(value):
                    parents[id(child)] = node
                    stack.append(child)
            elif kind in _PLANS or isinstance(value, cst.CSTNode):
                parents[id(value)] = node
                stack.append(value)
    return Index(by_type, parents)


def children(node: cst.CSTNode) -> list[cst.CSTNode]:
    """The direct children of a node that a walk visits, in document order."""
    found: list[cst.CSTNode] = []
    kind = node.__class__
    for field in reversed(_PLANS[kind]):
        value = getattr(node, field)
        kind = value.__class__
        if kind in _PLAIN:
            continue
        if kind is tuple or kind is list:
            found.extend(value)
        elif kind in _PLANS or isinstance(value, cst.CSTNode):
            found.append(value)
    return found


def descendants(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """A node and all below it, in document order."""
    stack = [node]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(children(node)))
