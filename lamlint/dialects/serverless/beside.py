"""Code that a service packs from beside its folder: `package.patterns: [../apps/backend/**]`.

The framework asks for files by such patterns from the folder of the service, and the archive
keeps their paths less the `../` that they begin with: handlers are named from the folder above.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lamlint.dialects.serverless.functions import Declared
from lamlint.dialects.serverless.packing import taken
from lamlint.files.paths import normal
from lamlint.model import Value
from lamlint.text.regex import Regex

_ABOVE = Regex(r"(?:\.\./){1,20}")
_WRITTEN = Regex(r"[^*?\[{(]{0,1000}")
"""The start of a pattern ahead of what may be several things."""


def folders(running: Value[str], declared: Declared) -> tuple[str, ...]:
    """The folders above the service's that a function imports from: its handler is packed there."""
    if not running.known:
        return ()
    tree, home = declared.service.scope.tree, posixpath.dirname(declared.service.path)
    file = f"{running.only.rpartition('.')[0].replace('.', '/')}.py"
    if tree.is_file(posixpath.join(home, file)):
        return ()
    found = (normal(posixpath.join(home, above)) for above in _taking(file, declared))
    return tuple(one for one in dict.fromkeys(found) if tree.is_file(posixpath.join(one, file)))


def _taking(file: str, declared: Declared) -> Iterator[str]:
    """How many folders up each pattern leads that may take a file there."""
    for pattern in taken(declared):
        above = _ABOVE.match(pattern)
        start = _WRITTEN.match(pattern, above.end()) if above is not None else None
        if above is not None and start is not None and file.startswith(start.group()):
            yield above.group()
