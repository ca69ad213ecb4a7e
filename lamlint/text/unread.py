"""What was not read, or not to its end: never a finding, and never passed over in silence."""

from __future__ import annotations

from lamlint.text.dataclass import dataclass
from lamlint.text.span import Span


@dataclass(frozen=True, order=True, slots=True)
class Unread:
    """Where lamlint stopped, and why, as the end of a sentence."""

    span: Span
    reason: str
