"""Where values are written, or would be, and the syntax to write them with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from lamlint.text import Edit, Span
from lamlint.text.dataclass import dataclass, replace

Encode: TypeAlias = "Callable[[object], str]"
"""Gives the text of a value in the syntax of a file."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a value is written, or would be, and the syntax to write it with.

    For a value that stands nowhere yet the span is empty, and `before` and
    `after` hold the key and the layout around it. `encode` gives the text of
    a new value in the file's syntax; it is a module-level function, so that
    models can be pickled.
    """

    span: Span
    encode: Encode
    before: str = ""
    after: str = ""

    def edit(self, new: object) -> Edit:
        """The edit that writes a value here."""
        return Edit(self.span, f"{self.before}{self.encode(new)}{self.after}")

    def wrote(self, edit: Edit) -> bool:
        """Whether an edit is one that this slot made."""
        layout = edit.text.startswith(self.before) and edit.text.endswith(self.after)
        return edit.span == self.span and layout

    def by(self, wrap: Callable[[Encode], Encode]) -> Slot:
        """The same place, where another syntax is made of this one."""
        return replace(self, encode=wrap(self.encode))


@dataclass(eq=False, slots=True)
class Later:
    """A slot that is found when somebody asks for it: of a hundred, fixes write into one or two."""

    find: Callable[[], Slot]
    _found: Slot | None = None

    @property
    def slot(self) -> Slot:
        """The slot, found once."""
        if self._found is None:
            self._found = self.find()
        return self._found

    @property
    def span(self) -> Span:
        """The place."""
        return self.slot.span

    def edit(self, new: object) -> Edit:
        """The edit that writes a value there."""
        return self.slot.edit(new)

    def wrote(self, edit: Edit) -> bool:
        """Whether an edit is one that the slot made."""
        return self.slot.wrote(edit)

    def by(self, wrap: Callable[[Encode], Encode]) -> Later:
        """The same place, where another syntax is made of its own."""
        return Later(lambda: self.slot.by(wrap))

    def __eq__(self, other: object) -> bool:
        return self.slot == (other.slot if isinstance(other, Later) else other)

    def __hash__(self) -> int:
        return hash(self.slot)

    def __reduce__(self) -> tuple[Callable[[Slot], Slot], tuple[Slot]]:
        """What is sent to another process is the slot, and not the tree that it is found in."""
        return _itself, (self.slot,)


def _itself(slot: Slot) -> Slot:
    return slot


@dataclass(frozen=True, slots=True)
class Room:
    """Where new keys of a mapping would be written, whose names only the rule knows.

    The text is `lead`, the keys with their values, and `after`; `colon` stands
    between a key and its value, `between` between a value and the next key.
    """

    span: Span
    encode: Encode
    lead: str
    colon: str
    between: str
    after: str

    def edit(self, entries: Mapping[str, object]) -> Edit:
        """The edit that writes some entries here, all at once."""
        written = (f"{key}{self.colon}{self.encode(value)}" for key, value in entries.items())
        return Edit(self.span, f"{self.lead}{self.between.join(written)}{self.after}")
