"""How texts and numbers are written in Python."""

from __future__ import annotations

import json
from collections.abc import Callable


def literal(new: object) -> str:
    """A literal of Python."""
    if isinstance(new, bool) or new is None:
        return repr(new)
    return json.dumps(new, ensure_ascii=False) if isinstance(new, str) else repr(new)


def single(new: object) -> str:
    """A literal of Python, a text in single quotes where that needs no escapes."""
    plain = isinstance(new, str) and new.isprintable() and not set(new) & set("'\\")
    return f"'{new}'" if plain else literal(new)


def quoted(written: str) -> Callable[[object], str]:
    """How a text is written where another one stands."""
    return single if written.startswith("'") and not written.startswith("'''") else literal
