"""What declares functions and is left out by a .gitignore file, where git does not say more.

Git itself goes on with ignored files that it tracks; without it nobody knows which those are.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lamlint.engine.unknown.passed_over import declares
from lamlint.files.disk import DiskTree
from lamlint.files.sources import BUILT
from lamlint.text import Span, Unread

_MOST = 2_000
"""So many ignored files are looked at."""
_WHY = "a .gitignore file names it, and without git only that says what belongs to the project"


def gitignored(disk: DiskTree) -> Iterator[Unread]:
    """The ignored files that would have been read as configuration of functions."""
    for path in islice(_files(disk), _MOST):
        if declares(path, disk):
            yield Unread(Span(path, 0, 0), _WHY)


def _files(disk: DiskTree) -> Iterator[str]:
    for path in disk.ignored:
        if disk.is_folder(path):
            yield from (one.path for one in disk.contents(path, skip=BUILT))
        else:
            yield path
