"""What code says of a value: one type for numbers, texts, containers, and what is called.

It is the model's `Value`, so that rules ask the same of code as of the
configuration, point at a value where it is written, and change it there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias

from lamlint.model.amount import Scalar
from lamlint.model.value import NOT_SET, Choice, Origin, Value
from lamlint.text import Span
from lamlint.text.dataclass import dataclass

Key: TypeAlias = "str | bytes | int | float | None"
Constant: TypeAlias = "str | bytes | int | float | Items | Entries | Made | None"
Known: TypeAlias = Value[Constant]
MOST_CHOICES = 8


@dataclass(frozen=True, slots=True)
class Items:
    """A list, tuple or set. `complete` is false where it may hold more than these."""

    values: tuple[Known, ...]
    complete: bool = True

    def at(self, place: int) -> tuple[Known, ...]:
        """The item at a place, counted from 0; nothing where that is not known."""
        return self.values[place : place + 1] if self.complete and place >= 0 else ()


@dataclass(frozen=True, slots=True)
class Entries:
    """A dict. `complete` is false where it may hold more than these."""

    values: Mapping[Key, Known]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Made:
    """What calling something outside the codebase gives: `botocore.config.Config(…)`."""

    name: str
    arguments: Items
    keywords: Entries


def nothing(span: Span, reason: str) -> Known:
    """A value of which nothing is known."""
    return Value((), span, reason)


def either(values: list[Known], span: Span) -> Known:
    """A value that is one of several; unknown where one of them is."""
    choices: list[Choice[Constant]] = []
    for value in values:
        if not value.choices:
            return nothing(span, value.reason)
        choices += [choice for choice in value.choices if choice not in choices]
    if not choices:
        return nothing(span, "it is not written in the code")
    if len(choices) > MOST_CHOICES:
        return nothing(span, "it may be too many things")
    return Value(tuple(choices), span)


def shared(value: Known, span: Span) -> Known:
    """The same value as something else has it that takes it from its place."""
    choices = tuple(
        replace(choice, value=_shared(choice.value), origin=Origin.INHERITED)
        for choice in value.choices
    )
    return replace(value, choices=choices, span=span)


def _shared(constant: Constant) -> Constant:
    match constant:
        case Items():
            inner = tuple(shared(value, value.span) for value in constant.values)
            return replace(constant, values=inner)
        case Entries():
            entries = {key: shared(value, value.span) for key, value in constant.values.items()}
            return replace(constant, values=entries)
        case _:
            return constant


def at(value: Known, *path: Key) -> Known:
    """What stands at a path in a value: keys of dicts and of calls, places in lists and tuples.

    It is unknown where a part of the way is, with `NOT_SET` where it is surely not there.
    """
    for step in path:
        if not value.choices:
            return value
        value = either([_inner(choice, step) for choice in value.choices], value.span)
    return value


def _inner(choice: Choice[Constant], step: Key) -> Known:
    found: tuple[Known, ...] = ()
    complete = False
    match choice.value:
        case Items() if isinstance(step, int):
            found, complete = choice.value.at(step), choice.value.complete
        case Made() if isinstance(step, int):
            found, complete = choice.value.arguments.at(step), choice.value.arguments.complete
        case Entries() | Made():
            entries = choice.value.keywords if isinstance(choice.value, Made) else choice.value
            found = (entries.values[step],) if step in entries.values else ()
            complete = entries.complete
        case _:
            pass
    if found:
        return found[0]
    return nothing(choice.span, NOT_SET if complete else "it may be anything")


def number(value: Known) -> Value[Scalar]:
    """The same value where it is a number, whichever of its choices holds; else unknown."""
    choices: list[Choice[Scalar]] = []
    for choice in value.choices:
        if not isinstance(choice.value, (int, float)) or isinstance(choice.value, bool):
            return Value((), value.span, "it is no number")
        choices.append(Choice(choice.value, choice.span, choice.origin, choice.slot))
    return Value(tuple(choices), value.span, value.reason, value.targets)
