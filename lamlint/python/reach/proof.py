"""Whether a handler asks a header who calls: a key, a token or a signature that no page has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.text import Regex

if TYPE_CHECKING:
    from lamlint.python.reach.handler import Handler

_HEADER = Regex(
    r"(?i)authorization|api-?key|(?!x-amz)(?:[a-z0-9]{1,30}-){1,6}(?:auth|key|secret|signature|token)"
)
_REFUSING = frozenset({"401", "403"})
_COMPARING = frozenset({"hmac.compare_digest", "secrets.compare_digest"})


def asks_who_calls(handler: Handler) -> bool:
    """Whether it reads such a header, and refuses some calls, or compares something in secret."""
    refuses = any(True for _ in handler.calls(_COMPARING))
    reads = False
    for node in handler.nodes():
        if isinstance(node, cst.SimpleString):
            value = node.evaluated_value
            reads = reads or (isinstance(value, str) and _HEADER.fullmatch(value) is not None)
        elif isinstance(node, cst.Integer):
            refuses = refuses or node.value in _REFUSING
        if reads and refuses:
            return True
    return False
