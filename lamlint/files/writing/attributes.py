"""Owner, mode and extended attributes: what a new file takes over from the one it replaces."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Mapping

from lamlint.files.writing.draft import UnfitError

_OF_THE_CONTENT = frozenset({"security.ima", "security.evm"})
"""Made by the system from the bytes of a file: those of another file would be wrong."""


def fit(status: os.stat_result) -> None:
    """Raise UnfitError for a file that cannot be replaced by another one without a loss."""
    if not stat.S_ISREG(status.st_mode):
        raise UnfitError("it is no regular file")
    if status.st_nlink > 1:
        raise UnfitError("it has a second name (a hard link), which would keep the old text")
    if not status.st_mode & 0o222:
        raise UnfitError("it is read-only")


def keep(new: int, old: int) -> None:
    """Give an open file what another one has. Raises UnfitError where that is not possible."""
    if sys.platform == "win32":
        return  # a new file has the rights of its folder
    want = os.fstat(old)
    _owner(new, want)
    # The owner comes first, since changing it takes bits of the mode away.
    mode = stat.S_IMODE(want.st_mode)
    try:
        os.fchmod(new, mode)
        _extended(new, _attributes(old))
    except OSError:
        raise UnfitError("its mode or its attributes cannot be kept") from None
    if stat.S_IMODE(os.fstat(new).st_mode) != mode:
        raise UnfitError("its mode cannot be kept")


def _owner(new: int, want: os.stat_result) -> None:
    have = os.fstat(new)
    if (have.st_uid, have.st_gid) == (want.st_uid, want.st_gid):
        return
    try:
        os.fchown(new, want.st_uid, want.st_gid)
    except OSError:
        raise UnfitError("it belongs to another user or group, which cannot be kept") from None


def _attributes(file: int) -> Mapping[str, bytes]:
    """The extended attributes of a file, its access control list among them."""
    if sys.platform != "linux":
        return {}
    try:
        names = os.listxattr(file)
    except OSError as error:
        if error.errno in (errno.ENOTSUP, errno.ENOSYS):
            return {}
        raise
    return {name: os.getxattr(file, name) for name in names if name not in _OF_THE_CONTENT}


def _extended(new: int, want: Mapping[str, bytes]) -> None:
    if sys.platform != "linux":
        return
    have = _attributes(new)
    for name in have.keys() - want.keys():
        os.removexattr(new, name)
    for name, value in want.items():
        if have.get(name) != value:
            os.setxattr(new, name, value)
