"""The folders of packages that lie in the repository, installed beside the code."""

from __future__ import annotations

import posixpath

from lamlint.files.paths import Folders
from lamlint.text import Source, Tree

_RECORD = ".dist-info/RECORD"


def vendored(tree: Tree) -> Folders:
    """What others wrote: the folders that the records of installed packages name."""
    found: set[str] = set()
    for path in tree.sources():
        source = tree.read(path) if path.endswith(_RECORD) else None
        if isinstance(source, Source):
            beside = posixpath.dirname(posixpath.dirname(path))
            rows = (line.partition("/") for line in source.text.splitlines())
            found.update(posixpath.join(beside, top) for top, slash, _ in rows if slash)
    return Folders.of(found)
