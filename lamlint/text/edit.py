"""Changes to text."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from enum import IntEnum
from typing import TYPE_CHECKING

from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.text.span import Span


class Safety(IntEnum):
    """How far a fix can be trusted."""

    DISPLAY = 0
    """Shown, never applied."""
    UNSAFE = 1
    """May change what the program means; needs --unsafe-fixes."""
    SAFE = 2
    """Keeps what the program means."""

    @property
    def label(self) -> str:
        """The grade as reports name it."""
        return self.name.lower()


@dataclass(frozen=True, order=True, slots=True)
class Edit:
    """Put text in the place of a span."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that are all made or none; they may span files.

    Two fixes of one `group` are never made in the same pass: the second is
    worked out again on the text that the first one left. It is for fixes
    whose edits do not touch, but would disagree (two that bring in one name).
    `left` tells what the user still has to do where the fix was made, as a
    sentence without its end.
    """

    title: str
    safety: Safety
    edits: tuple[Edit, ...]
    group: str = ""
    left: str = ""


def together(fixes: Sequence[Fix]) -> Fix | None:
    """One fix that does what several do; None where two of them write one place differently."""
    edits = tuple(dict.fromkeys(edit for fix in fixes for edit in fix.edits))
    if not fixes or len({edit.span for edit in edits}) < len(edits):
        return None
    titles = list(dict.fromkeys(fix.title for fix in fixes))
    more = f"; and {len(titles) - 1} more alike" if len(titles) > 1 else ""
    safety = min(fix.safety for fix in fixes)
    return dataclasses.replace(fixes[0], title=f"{titles[0]}{more}", safety=safety, edits=edits)
