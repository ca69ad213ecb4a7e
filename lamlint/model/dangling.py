"""A name that wiring refers to, and under which nothing is declared."""

from __future__ import annotations

from lamlint.text import Span
from lamlint.text.dataclass import dataclass


@dataclass(frozen=True)
class Dangling:
    """A reference to nothing, in the declaration of `owner` (a function, a trigger, …).

    `near` is a name that is declared and much like it; empty where there is none.
    """

    name: str
    owner: str
    near: str
    span: Span
