"""How values are written in Python: literals, what the CDK takes in their place, new arguments."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Protocol

from lamlint.dialects.cdk.objects import Frame, Made
from lamlint.dialects.cdk.place import Place
from lamlint.dialects.python_literals import literal
from lamlint.dialects.tree.node import MappingNode, Node
from lamlint.model import Later, Room, Slot
from lamlint.model.slot import Encode
from lamlint.text import Source, Span
from lamlint.text.dataclass import dataclass


@dataclass(frozen=True)
class Amount:
    """A number as an amount of the CDK's: `Duration.seconds(30)`, `Size.mebibytes(512)`.

    `whole` is how much `unit` is; where a number is not so many of those, `least` is the unit.
    """

    lead: str
    least: str
    unit: str = ""
    whole: int = 1

    def __call__(self, new: object) -> str:
        """The call."""
        if self.unit and isinstance(new, int) and new % self.whole == 0:
            return f"{self.lead}.{self.unit}({new // self.whole})"
        return f"{self.lead}.{self.least}({literal(new)})"


@dataclass(frozen=True)
class Counted:
    """A number as so many of a unit, where the unit is written elsewhere."""

    whole: int

    def __call__(self, new: object) -> str:
        """The number."""
        if not isinstance(new, int) or self.whole < 1:
            return literal(new)
        return literal(new // self.whole if new % self.whole == 0 else new / self.whole)


@dataclass(frozen=True)
class RuntimeName:
    """The name of a runtime as a member of `Runtime`."""

    runtime: str

    def __call__(self, new: object) -> str:
        """The member."""
        return f"{self.runtime}.{member(str(new))}"


@dataclass(frozen=True)
class Member:
    """A word as a member of the class that has it: `Active` as `Tracing.ACTIVE`."""

    owner: str

    def __call__(self, new: object) -> str:
        """The member."""
        return f"{self.owner}.{_capitals(str(new))}"


def _capitals(word: str) -> str:
    """`PassThrough` as the CDK calls it: `PASS_THROUGH`."""
    parts = (f"_{one}" if one.isupper() and place else one for place, one in enumerate(word))
    return "".join(parts).upper() if not word.isupper() else word


@dataclass(frozen=True)
class InModule:
    """A handler as the name alone, where another argument names its file."""

    module: str

    def __call__(self, new: object) -> str:
        """The name."""
        return literal(str(new).removeprefix(f"{self.module}."))


def member(runtime: str) -> str:
    """`python3.13` as the CDK calls it: `PYTHON_3_13`."""
    name = runtime.upper().replace(".", "_")
    return name.replace("PYTHON3", "PYTHON_3", 1)


class New(Protocol):
    """How new values are written into a call or a dictionary."""

    def insertion(self, path: Sequence[str]) -> Later | None:
        """Where the value of a path would be written; None where there is no way."""

    def room(self, path: Sequence[str]) -> Room | None:
        """Where new keys of the mapping at a path would be written."""


@dataclass(frozen=True)
class InCode:
    """How values are written in code: another one as its `value` has it, `new` ones where one can.

    Nothing new can be written into what several places make.
    """

    value: Slot | None = None
    new: New | None = None

    def slot(self, node: Node) -> Slot:
        """Where and how another value is written in place of one."""
        return self.value or Slot(node.span, literal)

    def insertion(
        self, mapping: MappingNode, path: Sequence[str], beside: Sequence[str]
    ) -> Later | None:
        """Where the value of a path that a mapping lacks would be written."""
        del mapping, beside
        return self.new.insertion(path) if self.new is not None else None

    def room(self, mapping: MappingNode, path: Sequence[str], beside: Sequence[str]) -> Room | None:
        """Where new keys of the mapping at a path would be written."""
        del mapping, beside
        return self.new.room(path) if self.new is not None else None


@dataclass(frozen=True)
class Keys:
    """How new keys are written into a dictionary, behind its last value."""

    at: Place
    last: int

    def insertion(self, path: Sequence[str]) -> Later | None:
        """One key."""
        return Later(partial(self._key, path[0])) if len(path) == 1 else None

    def _key(self, name: str) -> Slot:
        room = self._room()
        return Slot(room.span, room.encode, f"{room.lead}{name}{room.colon}", room.after)

    def room(self, path: Sequence[str]) -> Room | None:
        """Several keys of the dictionary itself."""
        return None if path else self._room()

    def _room(self) -> Room:
        source = self.at.source
        if self.last <= self.at.start:
            inside = source.span(self.at.start + 1, self.at.start + 1)
            return Room(inside, literal, '"', '": ', ', "', "")
        lead = f'{_gap(source, self.last)}"'
        return Room(source.span(self.last, self.last), literal, lead, '": ', lead, "")


@dataclass(frozen=True)
class Below:
    """How new keys are written into a mapping that a call has not got yet."""

    call: New
    path: tuple[str, ...]

    def insertion(self, path: Sequence[str]) -> Later | None:
        """One key."""
        return self.call.insertion((*self.path, *path))

    def room(self, path: Sequence[str]) -> Room | None:
        """Several keys."""
        return self.call.room((*self.path, *path))


@dataclass(frozen=True)
class Arguments:
    """How new arguments are written into a call.

    `names` are those for the paths of properties, each with the way to write its value.
    """

    at: Place
    end: int
    names: Mapping[tuple[str, ...], tuple[str, Callable[[object], str]]]

    @classmethod
    def of(
        cls,
        made: Made,
        frame: Frame | None,
        names: Mapping[tuple[str, ...], tuple[str, Callable[[object], str]]],
    ) -> Arguments | None:
        """New arguments of a call; None where no call is written."""
        node = made.node
        if frame is None or not isinstance(node, ast.Call) or not (node.args or node.keywords):
            return None
        if any(keyword.arg is None for keyword in node.keywords):
            return None  # what `**` gives may be given there already
        given = (*node.args, *(keyword.value for keyword in node.keywords))
        return cls(made.at, max(frame.program.place(one).end for one in given), names)

    def insertion(self, path: Sequence[str]) -> Later | None:
        """One argument."""
        known = self.names.get(tuple(path))
        return Later(partial(self._argument, *known)) if known is not None else None

    def _argument(self, name: str, encode: Encode) -> Slot:
        source = self.at.source
        return Slot(source.span(self.end, self.end), encode, f"{self._gap()}{name}=")

    def room(self, path: Sequence[str]) -> Room | None:
        """Several keys of a dictionary that is a new argument."""
        known = self.names.get(tuple(path))
        if known is None:
            return None
        source = self.at.source
        lead = f'{self._gap()}{known[0]}={{"'
        return Room(source.span(self.end, self.end), literal, lead, '": ', ', "', "}")

    def _gap(self) -> str:
        return _gap(self.at.source, self.end)


@dataclass(frozen=True)
class Options:
    """How new options are written into the object that a call has in place of named arguments."""

    at: Place
    last: int
    names: Mapping[tuple[str, ...], tuple[str, Callable[[object], str]]]

    @classmethod
    def of(
        cls, made: Made, names: Mapping[tuple[str, ...], tuple[str, Callable[[object], str]]]
    ) -> Options | None:
        """New options of a call; None where its object is written elsewhere."""
        given = made.options
        if given is None or given.last is None or not made.at.holds(given.at):
            return None
        return cls(given.at, given.last.end, names)

    def insertion(self, path: Sequence[str]) -> Later | None:
        """One option."""
        known = self.names.get(tuple(path))
        return Later(partial(self._option, *known)) if known is not None else None

    def _option(self, name: str, encode: Encode) -> Slot:
        span, lead, after = self._place()
        return Slot(span, encode, f"{lead}{_camel(name)}: ", after)

    def room(self, path: Sequence[str]) -> Room | None:
        """Several keys of an object that is a new option."""
        known = self.names.get(tuple(path))
        if known is None:
            return None
        span, lead, after = self._place()
        opening = f'{lead}{_camel(known[0])}: {{ "'
        return Room(span, literal, opening, '": ', ', "', f" }}{after}")

    def _place(self) -> tuple[Span, str, str]:
        """Where it goes, and what stands before and behind it."""
        source = self.at.source
        if self.last <= self.at.start:
            return source.span(self.at.start + 1, self.at.start + 1), " ", " "
        return source.span(self.last, self.last), _gap(source, self.last), ""


def _camel(name: str) -> str:
    """`memory_size` as other languages have it: `memorySize`."""
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))


def _gap(source: Source, end: int) -> str:
    """What stands between the last argument and a new one: a line of its own where that has one."""
    start = max(source.text.rfind("\n", 0, end), source.text.rfind("\r", 0, end)) + 1
    line = source.text[start:end]
    indent = line[: len(line) - len(line.lstrip())]
    behind = source.text[end : end + 200].lstrip(" \t,")[:1]
    return f",{source.newline}{indent}" if behind in ("\r", "\n", "#", "/") else ", "


def new_in(
    made: Made,
    frame: Frame | None,
    names: Mapping[tuple[str, ...], tuple[str, Callable[[object], str]]],
) -> New | None:
    """How new arguments are written into a call, or into the object that it has in their place."""
    return Arguments.of(made, frame, names) if made.options is None else Options.of(made, names)
