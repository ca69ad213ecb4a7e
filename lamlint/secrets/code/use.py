"""What an expression calls its value, and what is done with it."""

from __future__ import annotations

from enum import Enum

from lamlint.python.module import cst
from lamlint.text.dataclass import dataclass


class Use(Enum):
    """What is done with a literal, as far as it says more than the name does."""

    KEPT = "kept"
    LOGIN = "login"
    """It opens a connection: whatever is no placeholder is a password."""
    SIGNING = "signing"
    """It signs or encrypts."""
    HEADER = "header"
    """It is sent as the header `Authorization`."""


@dataclass(frozen=True, slots=True)
class Holder:
    """The name of a literal, and what is done with it; an empty name when nothing is known.

    `written` is the name of several, of which the literal is one.
    """

    name: str = ""
    use: Use = Use.KEPT
    written: str = ""


NOBODY = Holder()


def named(name: str) -> Holder:
    """Who holds a value of this name."""
    sent = name.lower().removesuffix("token").endswith("authorization")
    return Holder(name, Use.HEADER if sent else Use.KEPT)


def spoken(node: cst.BaseExpression) -> str:
    """What an expression calls its value: a name, a key, the argument of `get`."""
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute) and node.args:
        return text(node.args[0].value) if node.func.attr.value == "get" else ""
    return target(node)


def target(node: cst.BaseExpression) -> str:
    """The name that an assignment gives its value: of a variable, an attribute, a key."""
    if isinstance(node, cst.Name):
        return node.value
    if isinstance(node, cst.Attribute):
        return node.attr.value
    if isinstance(node, cst.Subscript) and len(node.slice) == 1:
        index = node.slice[0].slice
        return text(index.value) if isinstance(index, cst.Index) else ""
    return ""


def text(node: cst.BaseExpression) -> str:
    """The text of a plain literal, of bytes too; empty for all else."""
    value = node.evaluated_value if isinstance(node, cst.SimpleString) else ""
    return value if isinstance(value, str) else value.decode("latin-1")
