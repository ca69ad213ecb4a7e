"""What operators make of things, and texts of their parts."""

from __future__ import annotations

import ast
import posixpath
from collections.abc import Sequence

from lamlint.dialects.budget import TOO_MUCH
from lamlint.dialects.cdk.machine import Machine, either
from lamlint.dialects.cdk.objects import (
    Either,
    Folder,
    Instance,
    Items,
    Keyed,
    Library,
    Made,
    Nothing,
    Part,
    Plain,
    Text,
    Thing,
    Unknown,
)
from lamlint.dialects.cdk.place import Place
from lamlint.dialects.outcome import LONG, TOO_LONG
from lamlint.files.paths import normal
from lamlint.model.condition import Case


def truth(thing: Thing) -> bool | None:
    """Whether a thing counts as true; None where that is not known."""
    match thing:
        case Plain():
            return bool(thing.value)
        case Items():
            return True if thing.values else (False if thing.whole else None)
        case Keyed():
            return True if thing.members else (False if thing.whole else None)
        case Made() | Library():
            return True if thing.name.startswith("aws_cdk.") else None
        case Instance() | Folder():
            return True
        case Either():
            found = {truth(one) for one, _ in thing.choices}
            return found.pop() if len(found) == 1 else None
        case _:
            return None


def text(parts: Sequence[Thing], at: Place, machine: Machine) -> Thing:
    """The text of some parts side by side."""
    several = _several(parts)
    if several is not None:
        return either([(text(each, at, machine), case) for each, case in several], at)
    parts = [part for part in parts if not (isinstance(part, Plain) and part.value == "")]
    if not parts:
        return Plain("", at)
    if isinstance(parts[0], Folder):
        rest = [_written(part) for part in parts[1:]]
        known = [one for one in rest if one is not None]
        return (
            Folder(_path(parts[0].path, "".join(known)), at)
            if len(known) == len(rest)
            else (Unknown("a part of the path is not known", at))
        )
    flat: list[Thing] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, Text) else (part,))
    written = [_written(part) for part in flat]
    known = [one for one in written if one is not None]
    size = sum(map(len, known))
    if size > LONG or len(flat) > LONG:
        return Unknown(TOO_LONG, at)
    if not machine.budget.affords(characters=size, nodes=len(flat)):
        return Unknown(TOO_MUCH, at)
    return Plain("".join(known), at) if len(known) == len(flat) else Text(tuple(flat), at)


def _several(parts: Sequence[Thing]) -> list[tuple[list[Thing], Case]] | None:
    """The parts for each thing that the first open one can be; None where all are settled."""
    for number, part in enumerate(parts):
        if isinstance(part, Either):
            before, behind = parts[:number], parts[number + 1 :]
            return [([*before, inner, *behind], case) for inner, case in part.choices]
    return None


def _written(part: Thing) -> str | None:
    match part:
        case Plain(value=None):
            return None
        case Plain():
            return str(part.value)
        case Folder():
            return part.path
        case _:
            return None


def _path(folder: str, rest: str) -> str:
    return normal(f"{folder or '.'}{rest}") if rest.startswith("/") else f"{folder}{rest}"


def joined(parts: Sequence[Thing], at: Place, machine: Machine) -> Thing:
    """Parts of a path, one below the other."""
    several = _several(parts)
    if several is not None:
        return either([(joined(each, at, machine), case) for each, case in several], at)
    texts = [_written(part) for part in parts]
    if not parts or any(one is None for one in texts):
        return Unknown("a part of the path is not known", at)
    last = max((n for n, part in enumerate(parts) if isinstance(part, Folder)), default=None)
    names = [one for one in texts if one is not None]
    if last is None:
        return Plain(posixpath.join(*names), at)
    return Folder(normal(posixpath.join(*(names[last:] or ["."]))), at)


def binary(operator: ast.operator, left: Thing, right: Thing, at: Place, machine: Machine) -> Thing:
    """What an operator with two sides makes."""
    match operator, left, right:
        case ast.Add(), Items(), Items():
            values = [*left.values, *right.values]
            return machine.kept(Items(values, at, left.whole and right.whole))
        case ast.BitOr(), Keyed(), Keyed():
            members = left.members | right.members
            return machine.kept(Keyed(members, at, left.whole and right.whole))
        case ast.Div(), Folder() | Plain(value=str()), _:
            return joined([left, right], at, machine)
        case _, Plain(value=(int() | float()) as one), Plain(value=(int() | float()) as other):
            return _counted(operator, one, other, at)
        case ast.Add(), _, _:
            textual = isinstance(left, (Plain, Text, Folder)) or isinstance(right, (Plain, Text))
            return text([left, right], at, machine) if textual else Unknown("it is computed", at)
        case _:
            return Unknown("it is computed", at)


def _counted(operator: ast.operator, one: float, other: float, at: Place) -> Thing:
    if max(abs(one), abs(other)) > LONG * LONG:
        return Unknown("it is computed", at)
    match operator:
        case ast.Add():
            return Plain(one + other, at)
        case ast.Sub():
            return Plain(one - other, at)
        case ast.Mult():
            return Plain(one * other, at)
        case ast.Div() if other:
            return Plain(one / other, at)
        case ast.FloorDiv() if other:
            return Plain(one // other, at)
        case ast.Mod() if other:
            return Plain(one % other, at)
        case _:
            return Unknown("it is computed", at)


def shown(thing: Thing) -> Thing:
    """A thing where a text is asked for (`str`)."""
    if isinstance(thing, Plain):
        return Plain(str(thing.value), thing.at)
    return (
        thing
        if isinstance(thing, (Text, Part, Folder, Either, Nothing))
        else Unknown("it is computed", thing.at)
    )
