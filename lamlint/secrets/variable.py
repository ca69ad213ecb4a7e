"""A secret in an environment variable, told by its shape or by the variable's name."""

from __future__ import annotations

from lamlint.secrets.redaction import redact
from lamlint.secrets.search import find
from lamlint.secrets.values import suspicious


def in_variable(name: str, value: str) -> tuple[str, bool] | None:
    """What a value is, redacted, and whether it is of a test mode; None for what is no secret."""
    text = f"{name}={value}"
    for match in find(text):
        return f"{match.title} ({redact(text[match.start : match.end])})", match.test
    return (f"a literal secret ({redact(value)})", False) if suspicious(name, value) else None
