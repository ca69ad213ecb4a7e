"""Whether a text is Python."""

from __future__ import annotations

from lamlint.text import Source


def parses(source: Source) -> bool:
    """Whether a module parses in a grammar that is supported."""
    from lamlint.python.failure import Failure
    from lamlint.python.parse import parse

    return not isinstance(parse(source), Failure)
