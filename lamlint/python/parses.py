"""Whether a text is Python."""

from __future__ import annotations

from lamlint.text import Source


def parses(source: Source) -> bool:
    """Whether a module parses in the newest grammar that is supported."""
    import libcst

    try:
        libcst.parse_module(source.text)
    except (libcst.ParserSyntaxError, RecursionError, ValueError):
        return False
    return True
