"""A schedule that something else than a template gives a function, by the function's name."""

from __future__ import annotations

from lamlint.text import Span
from lamlint.text.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Scheduled:
    """What runs a function of a name: expressions of EventBridge, and where that is said.

    The name has `UNTOLD` in the place of each part that is not known. It `waits` for the answer
    where it invokes the function itself.
    """

    function: str
    expressions: tuple[str, ...]
    span: Span
    waits: bool


def name_in(text: str) -> str:
    """The function that a name or an ARN is of; empty for an ARN of something else."""
    _, found, behind = text.partition(":function:")
    if found:
        return behind.partition(":")[0]
    return "" if text.startswith("arn:") else text.partition(":")[0]
