"""How often a loop has one run of a handler make a call: the words for it."""

from __future__ import annotations

from enum import IntEnum


class Again(IntEnum):
    """How often a loop has one run of a handler make a call."""

    ONCE = 0
    """In no loop, or in few rounds."""
    SLOWLY = 1
    """In each round of a loop that waits long in each."""
    WHEN_DUE = 2
    """In rounds in which some time is nearly over."""
    SOMETIMES = 3
    """In some rounds."""
    EACH_ROUND = 4
