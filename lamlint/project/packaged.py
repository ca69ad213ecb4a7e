"""Templates that repeat another: what `cloudformation package` or `sam package` has written."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from lamlint.model import CodeKind, Function
from lamlint.text.regex import Regex

_DIGEST = Regex(r"(?:.*/)?[0-9a-f]{32}(?:\.zip)?\Z")
"""What packaging calls what it stores: the digest of its content."""


def originals(functions: Sequence[Function]) -> tuple[Function, ...]:
    """The functions without those of a packaged template whose own lies beside it.

    They may be set otherwise there than today: it is what was packaged once.
    """
    packaged = {one.id for one in functions if _is_packaged(one)}
    if not packaged:
        return tuple(functions)
    written = {_told(one) for one in functions if one.id not in packaged}
    return tuple(one for one in functions if one.id not in packaged or _told(one) not in written)


def _is_packaged(function: Function) -> bool:
    code = function.code
    name = code.uri.only if code.uri.known else posixpath.basename(code.stored)
    return code.kind is CodeKind.REMOTE and _DIGEST.match(name) is not None


def _told(function: Function) -> tuple[str, str]:
    """What is the same for a function and its copy, and else for no other."""
    return posixpath.dirname(function.template), function.name.lower()
