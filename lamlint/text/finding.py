"""What a rule reports."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.text.edit import Fix
    from lamlint.text.span import Span


class Severity(IntEnum):
    """How bad a finding is."""

    INFORMATION = 1
    """Worth knowing."""
    WARNING = 2
    """A defect, or a cost."""
    ERROR = 3
    """Fails, loses data or leaks."""

    @property
    def label(self) -> str:
        """The severity as users write it."""
        return self.name.lower()


@dataclass(frozen=True, order=True, slots=True)
class Related:
    """Another place that explains a finding, with its sentence."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Loosely:
    """What is said of one place where what leads there differs; what weighs most is said."""

    message: str = ""
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found at one place. Plain data: equal findings are one finding.

    Rules leave `rule` and `severity` to the engine unless the severity differs
    from the rule's own. `subjects` are names of functions; findings that are
    equal but for their subjects become one that lists them all. `flow` is the
    call path of an inter-procedural finding, from the handler to the span.
    `cause` names what makes several findings wrong at once: those of one cause that
    say the same are told as one, and so are those that say by `also` what is special to each
    where another is told first. `surely` is what it says instead where all findings that
    say the same of the same place say that, too, and `loosely` where they do not.
    """

    message: str
    span: Span
    related: tuple[Related, ...] = ()
    flow: tuple[Related, ...] = ()
    fix: Fix | None = None
    severity: Severity | None = None
    subjects: tuple[str, ...] = ()
    rule: str = ""
    cause: str = ""
    surely: str = ""
    also: str = ""
    loosely: Loosely = Loosely()
