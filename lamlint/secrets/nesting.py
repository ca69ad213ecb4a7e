"""Which texts were looked into that are nested too deeply for that."""

from __future__ import annotations

from lamlint.text import Source


def mark(source: Source) -> None:
    """Note that a text is nested too deeply."""
    source.once(too_deep, lambda: True)


def too_deep(source: Source) -> bool:
    """Whether a text was looked into that is nested too deeply for that."""
    return bool(source.made(too_deep))
