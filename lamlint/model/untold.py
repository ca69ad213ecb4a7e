"""Texts of which parts are not known: they have `UNTOLD` in the place of each."""

from __future__ import annotations

from collections.abc import Sequence


def fits(text: str, parts: Sequence[str]) -> bool:
    """Whether a text has the known parts of another in their order, the outer ones at its ends."""
    first, *inner, last = parts
    place, end = len(first), len(text) - len(last)
    if place > end or not (text.startswith(first) and text.endswith(last)):
        return False
    for part in inner:
        found = text.find(part, place, end)
        if found < 0:
            return False
        place = found + len(part)
    return True
