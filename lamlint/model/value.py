"""A value of the configuration: known, one of several, or unknown; and where it stands.

Unknown is not evidence: every test on an unknown value is false, and bool()
raises, so that nobody can write `if function.tracing:`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from enum import Enum
from typing import Generic, NoReturn, TypeVar

from lamlint.catalog.quotas import Range
from lamlint.model.amount import Scalar, refused
from lamlint.model.condition import ALWAYS, Case, meet
from lamlint.model.slot import Later, Slot
from lamlint.text import Edit, Finding, Fix, Related, Safety, Severity, Span
from lamlint.text.dataclass import dataclass

NOT_SET = "it is not set"
"""Why a value is unknown that is written nowhere, and that has no default."""

SOMETIMES_SET = "a condition decides whether it is set"
"""Why a value is unknown that is written in some cases only."""

UNTOLD = "${?}"
"""What stands in a text for a part of it that is not known."""

PLACEHOLDER = "change-me"
"""What a fix writes where only the user knows the value, and `placeholder-value` looks for."""

T = TypeVar("T")
U = TypeVar("U")


class Origin(Enum):
    """How a value came to a function."""

    WRITTEN = "written"
    """At the function itself."""
    INHERITED = "inherited"
    """From a place that others share: SAM Globals, a parameter's default, an anchor."""
    DEFAULT = "default"
    """Written nowhere: what AWS takes when nothing is said."""


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """One thing a value can be.

    `span` is what a reader should be shown: the value where it stands, or,
    for a default, the function that lacks it. `when` are the cases in which the
    value is this: the branch of a condition, the value of a parameter. One that is
    `offered` is an allowed value of a parameter that is not its default. `removal` takes
    out what is written under the key whose value this is. `sources` are the places of what it
    is calculated from, as far as that is known.
    """

    value: T
    span: Span
    origin: Origin = Origin.WRITTEN
    slot: Slot | Later | None = None
    when: tuple[Case, ...] = ALWAYS
    offered: bool = False
    removal: Edit | None = None
    sources: tuple[Span, ...] = ()

    @property
    def possible(self) -> bool:
        """Whether there is a case in which the value can be this."""
        return meet(self.when, ALWAYS)

    def meets(self, other: Choice[U]) -> bool:
        """Whether another value can be another choice at the same time."""
        return meet(self.when, other.when)

    def follows(self, other: Choice[U]) -> bool:
        """Whether it changes with another choice: it is written there, or calculated from it."""
        return other.span == self.span or other.span in self.sources


@dataclass(frozen=True, slots=True)
class Value(Generic[T]):
    """What is known of a value: nothing, one choice, or several.

    Several choices are the branches of a condition, the allowed values of a
    parameter, or stages. `span` is the place of the whole value, also when it
    is unknown; `reason` says why it is unknown, as the end of a sentence.
    `targets` are the identities of what the value refers to, known or not: the
    resource (`template.yaml#Uploads`), its physical name, the parameter that
    names it. Two values with a common target mean the same thing at run time.
    `vacant` is where it would be written, for some that are written nowhere and have no
    default; of some that others share, it is where it would be written for one alone.
    `among` is what an unknown value is in some cases: nothing follows from it of the
    others. `partly` are the texts that it is where parts of them are not known, with `UNTOLD` in
    the place of each such part. An unknown text that is `filled` is surely there, and not empty.
    """

    choices: tuple[Choice[T], ...]
    span: Span
    reason: str = ""
    targets: frozenset[str] = frozenset()
    vacant: Slot | Later | None = None
    among: tuple[Choice[T], ...] = ()
    partly: tuple[Choice[str], ...] = ()
    filled: bool = False

    def __bool__(self) -> NoReturn:
        raise TypeError("a Value is no truth: ask known, only, is_in, is_not_in or all")

    @property
    def known(self) -> bool:
        """Whether there is exactly one choice."""
        return len(self.choices) == 1

    @property
    def only(self) -> T:
        """The one value. Raises ValueError when not known."""
        (choice,) = self.choices
        return choice.value

    @property
    def certain(self) -> bool:
        """Whether it is surely written, known or not."""
        return not self.absent and self.reason not in (NOT_SET, SOMETIMES_SET)

    @property
    def absent(self) -> bool:
        """Whether the value is written nowhere: every choice is a default."""
        return bool(self.choices) and all(c.origin is Origin.DEFAULT for c in self.choices)

    @property
    def inherited(self) -> bool:
        """Whether all that it can be is written where others have it from, too."""
        return bool(self.choices) and all(c.origin is Origin.INHERITED for c in self.choices)

    @property
    def missing(self) -> bool:
        """Whether the value is written nowhere, and there is no default."""
        return not self.choices and self.reason == NOT_SET

    def all(self, test: Callable[[T], bool]) -> bool:
        """Whether every choice passes; false when unknown."""
        return bool(self.choices) and all(test(choice.value) for choice in self.choices)

    def is_in(self, values: Collection[T]) -> bool:
        """Whether every choice is one of values; false when unknown."""
        return self.all(lambda value: value in values)

    def is_not_in(self, values: Collection[T]) -> bool:
        """Whether no choice is one of values; false when unknown."""
        return self.all(lambda value: value not in values)

    def outside(self: Value[Scalar], limits: Range) -> bool:
        """Whether Lambda certainly refuses every choice; false when unknown."""
        return self.all(lambda written: refused(written, limits))

    @property
    def nowhere(self) -> bool:
        """Whether it is surely written nowhere: it is its default, or it has none."""
        return self.absent or self.missing

    @property
    def taken(self) -> Value[T]:
        """What the value is where nobody chooses anything else of what a parameter allows.

        What it can be in no case at all is left out, too.
        """
        left = tuple(choice for choice in self.choices if not choice.offered and choice.possible)
        return Value(left, self.span, self.reason, self.targets, self.vacant)

    @property
    def ever(self) -> tuple[Choice[T], ...]:
        """What is known that it can be, also where it can be something else that is not known."""
        return self.choices or self.among

    def each(self) -> Iterator[Value[T]]:
        """Every choice as a value of its own, to be judged and changed by itself."""
        for choice in self.choices:
            yield Value((choice,), self.span, self.reason, self.targets, self.vacant)

    def where(self, choice: Choice[U]) -> Value[T]:
        """What the value can be where another one is a choice; unknown where that is not known."""
        left = tuple(one for one in self.choices if one.meets(choice))
        reason = self.reason if left or not self.choices else "no choice of it is known there"
        return Value(left, self.span, reason, self.targets)

    def map(self, convert: Callable[[T], U]) -> Value[U]:
        """The same choices, each converted."""
        choices, among = (
            tuple(
                Choice(
                    convert(c.value),
                    c.span,
                    c.origin,
                    c.slot,
                    c.when,
                    c.offered,
                    c.removal,
                    c.sources,
                )
                for c in those
            )
            for those in (self.choices, self.among)
        )
        return Value(choices, self.span, self.reason, self.targets, among=among, partly=self.partly)

    def change(self, new: object, title: str, safety: Safety) -> Fix | None:
        """The fix that makes every choice `new`, present or absent; None where there is no way.

        A value that others share is changed for them too, so such a fix is
        never better than unsafe.
        """
        slots = [choice.slot for choice in self.choices] or [self.vacant]
        if any(slot is None for slot in slots):
            return None
        edits = {slot.edit(new): None for slot in slots if slot is not None}
        if any(choice.origin is Origin.INHERITED for choice in self.choices):
            safety = min(safety, Safety.UNSAFE)
        return Fix(title, safety, tuple(edits))

    def change_here(self, new: object, title: str, safety: Safety) -> Fix | None:
        """The fix that writes `new` for one alone, where others share the value; None without a
        way.
        """
        return None if self.vacant is None else Fix(title, safety, (self.vacant.edit(new),))

    def remove(self, title: str) -> Fix | None:
        """The fix that writes nothing any more where the value stands; None without a way.

        It is for what cannot work where it stands, so that it is safe.
        """
        edits = dict.fromkeys(choice.removal for choice in self.choices)
        found = tuple(edit for edit in edits if edit is not None)
        return Fix(title, Safety.SAFE, found) if found and len(found) == len(edits) else None

    def finding(
        self,
        message: str,
        *,
        fix: Fix | None = None,
        severity: Severity | None = None,
        related: tuple[Related, ...] = (),
        cause: str = "",
        also: str = "",
    ) -> Finding:
        """A finding at this value; at its first choice when there are several."""
        place = self.choices[0].span if self.choices else self.span
        return Finding(message, place, related, fix=fix, severity=severity, cause=cause, also=also)
