"""Loops that look for one thing by its name: `if tag["Key"] == "owner":`.

Few have the same name, but many may be of one kind: `if record["eventName"] == "INSERT":`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.walk import descendants
from lamlint.text import Regex

if TYPE_CHECKING:
    from lamlint.python.module.module import Module

_NAMING = Regex(r"(?i)(?:attribute|field|header|option|output|parameter|tag)?_?(?:id|key|name)\Z")
"""What things are told apart by, as the name of an item or an attribute."""


def finds_one(module: Module, node: cst.CSTNode, loop: cst.For) -> bool:
    """Whether a node is run in a loop for the one thing only that has a name, or for what it holds.

    Loops around that go over what holds these things are part of the search.
    """
    searched: set[str] = set()
    child = node
    for ancestor in module.ancestors(node):
        match ancestor:
            case cst.If() if child is ancestor.body:
                searched.update(_named_by(ancestor.test))
            case cst.For() if not searched.isdisjoint(_names(ancestor.target)):
                if ancestor is loop:
                    return True
                searched.update(_names(ancestor.iter))
            case _ if ancestor is loop:
                return False
        child = ancestor
    return False


def _named_by(test: cst.CSTNode) -> Iterator[str]:
    """The variables of which a test says by which name they go."""
    match test:
        case cst.BooleanOperation(left=left, operator=cst.And(), right=right):
            yield from _named_by(left)
            yield from _named_by(right)
        case cst.Comparison(
            left=asked, comparisons=[cst.ComparisonTarget(cst.Equal(), cst.SimpleString())]
        ):
            yield from _telling(asked)
        case _:
            pass


def _telling(asked: cst.CSTNode) -> Iterator[str]:
    """The variable whose name is asked for: `tag` of `tag["Key"]`, `tag.get("Key")`, `tag.key`."""
    match asked:
        case cst.Attribute(value=cst.Name(value=of), attr=cst.Name(value=key)):
            pass
        case (
            cst.Subscript(
                value=cst.Name(value=of),
                slice=[cst.SubscriptElement(cst.Index(cst.SimpleString(value=written)))],
            )
            | cst.Call(
                func=cst.Attribute(value=cst.Name(value=of), attr=cst.Name(value="get")),
                args=[cst.Arg(value=cst.SimpleString(value=written)), *_],
            )
        ):
            key = written.strip("'\"")
        case _:
            return
    if _NAMING.match(key) is not None:
        yield of


def _names(node: cst.CSTNode) -> Iterator[str]:
    return (one.value for one in descendants(node) if isinstance(one, cst.Name))
