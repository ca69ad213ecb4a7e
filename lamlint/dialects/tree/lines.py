"""Where the lines of a text begin and end, whatever ends them."""

from __future__ import annotations


def line_start(text: str, offset: int) -> int:
    """Where the line of an offset begins."""
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def line_end(text: str, offset: int) -> int:
    """Where the line of an offset ends, before its line end."""
    ends = [place for place in (text.find("\r", offset), text.find("\n", offset)) if place >= 0]
    return min(ends, default=len(text))
