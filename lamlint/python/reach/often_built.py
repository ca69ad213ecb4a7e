"""How often a loop has one run of a handler make a call: the words for it."""

from __future__ import annotations

from enum import IntEnum


class Again(IntEnum):
    """How often a loop has one run of a handler make a call."""

    ONCE = 0
    """In no loop, or in few rounds."""
    SLOWLY = 1
    """In each round of a loop that sleeps in each."""
    SOMETIMES = 2
    """In some rounds."""
    EACH_ROUND = 3
