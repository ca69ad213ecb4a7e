"""Templates that repeat another: what `cloudformation package` or `sam package` has written."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from lamlint.model import CodeKind, Function
from lamlint.text.regex import Regex

_DIGEST = Regex(r"(?:.*/)?[0-9a-f]{32}(?:\.zip)?\Z")
"""What packaging calls what it stores: the digest of its content."""
_LOCAL = frozenset({CodeKind.FOLDER, CodeKind.FILE, CodeKind.ARCHIVE, CodeKind.BUILT})


def originals(functions: Sequence[Function]) -> tuple[Function, ...]:
    """The functions without those that a packaged template beside their own repeats unchanged."""
    packaged = [one for one in functions if _is_packaged(one)]
    if not packaged:
        return tuple(functions)
    written = {_told(one) for one in functions if one.code.kind in _LOCAL}
    copies = {one.id for one in packaged if _told(one) in written}
    return tuple(one for one in functions if one.id not in copies)


def _is_packaged(function: Function) -> bool:
    code = function.code
    name = code.uri.only if code.uri.known else posixpath.basename(code.stored)
    return code.kind is CodeKind.REMOTE and _DIGEST.match(name) is not None


def _told(function: Function) -> tuple[object, ...]:
    """What is the same for a function and its copy, and else for no other."""
    values = (function.handler, function.runtime, function.timeout, function.memory)
    facts = tuple(tuple(choice.value for choice in value.choices) for value in values)
    return posixpath.dirname(function.template), function.name, facts
