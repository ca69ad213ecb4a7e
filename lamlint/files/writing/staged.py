"""Staged files: new texts that wait beside their targets to be renamed."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterable

from lamlint.files.writing.lock import alone

_PREFIX, _SUFFIX = ".lamlint-", ".staged"
_RANDOM = 8
_DIGITS = frozenset("0123456789abcdef")


def new_name() -> str:
    """A name that no other file has, and that is_staged knows."""
    return f"{_PREFIX}{os.urandom(_RANDOM).hex()}{_SUFFIX}"


def is_staged(name: str) -> bool:
    """Whether a file of this name is a staged one: no code, no template, nothing of a package."""
    middle = name[len(_PREFIX) : -len(_SUFFIX)]
    whole = name == f"{_PREFIX}{middle}{_SUFFIX}"
    return whole and len(middle) == 2 * _RANDOM and _DIGITS.issuperset(middle)


def sweep(folders: Iterable[str]) -> None:
    """Remove what killed runs left in some folders; one that another run writes to is passed by."""
    for folder in dict.fromkeys(folders):
        with alone([folder], patience=0) as busy:
            if not busy:
                sweep_held(folder)


def sweep_held(folder: str) -> None:
    """Remove what killed runs left in a folder that this run holds alone."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if is_staged(entry.name) and _ours(entry):
                with contextlib.suppress(OSError):
                    os.unlink(entry.path)


def _ours(entry: os.DirEntry[str]) -> bool:
    """Whether this user made it: a regular file, and no link to anything."""
    status = entry.stat(follow_symlinks=False)
    if not stat.S_ISREG(status.st_mode):
        return False
    # Windows tells of no owner and no number of links here.
    return sys.platform == "win32" or (status.st_uid == os.geteuid() and status.st_nlink == 1)
