"""A text that is known in part: its parts in order, whatever language puts it together.

A part is written, or it is a symbol for what is known only when the stack is deployed or
the code runs. Expressions of templates and of code come out as such parts alike.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import field
from typing import Protocol, TypeAlias

from lamlint.text import Span
from lamlint.text.dataclass import dataclass, replace


class Placed(Protocol):
    """What stands somewhere: a node of a tree, or a stretch of one."""

    @property
    def span(self) -> Span:
        """The place in the file."""


@dataclass(frozen=True, slots=True)
class Variable:
    """An environment variable; `default` is what the code takes without it."""

    name: str
    default: str | None = None


@dataclass(frozen=True, slots=True)
class EventField:
    """A field of the event: keys from its root; `*` stands for any index, `$json` for decoding."""

    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContextField:
    """An attribute of the context, `invoked_function_arn`; empty for the context itself."""

    name: str


@dataclass(frozen=True, slots=True)
class Literal:
    """Characters that are written.

    The place of what several pieces were made of is the expression that joins them.
    """

    text: str
    place: Placed | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Symbol:
    """A part that is not known: how it is written, why it is not known, what it stands for.

    `targets` are the identities of what it refers to, as those of a `Value`; `taken_from`
    is what gives it to the running code. One that is `filled` is surely no empty text, as what
    AWS calls a resource. Wherever it stands it is the same symbol.
    """

    text: str
    reason: str
    targets: frozenset[str] = frozenset()
    taken_from: Variable | EventField | ContextField | None = None
    place: Placed | None = field(default=None, compare=False, repr=False)
    filled: bool = field(default=False, compare=False, repr=False)


Part: TypeAlias = "Literal | Symbol"
Parts: TypeAlias = "tuple[Part, ...]"


def whole(parts: Parts) -> str | None:
    """The text, where all of it is written."""
    for part in parts:
        if isinstance(part, Symbol):
            return None
    return parts[0].text if len(parts) == 1 else written(parts)


def written(parts: Parts) -> str:
    """The text, with what is not known as it is written."""
    return "".join(part.text for part in parts)


def symbol(parts: Parts) -> Symbol | None:
    """The first part that is not known."""
    return next((part for part in parts if isinstance(part, Symbol)), None)


def taken_from(parts: Parts) -> Variable | EventField | ContextField | None:
    """What gives all of a text to the running code, where it is one thing."""
    only = parts[0] if len(parts) == 1 else None
    return only.taken_from if isinstance(only, Symbol) else None


def merged(parts: Iterable[Part]) -> Parts:
    """The parts of a text, with those that are written and side by side made one."""
    found: list[Part] = []
    for of_kind, side_by_side in itertools.groupby(parts, type):
        if of_kind is Symbol:
            found += side_by_side
        elif pieces := [part for part in side_by_side if part.text]:
            found.append(pieces[0] if len(pieces) == 1 else Literal(written(tuple(pieces))))
    return tuple(found) or (Literal(""),)


def placed(parts: Parts, place: Placed) -> Parts:
    """The same parts; those that stand nowhere yet stand where the expression does."""
    for part in parts:
        if part.place is None:
            break
    else:
        return parts
    return tuple(part if part.place is not None else replace(part, place=place) for part in parts)
