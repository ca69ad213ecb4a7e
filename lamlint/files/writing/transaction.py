"""Writes files: all are staged, then all are compared, then all are renamed."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Collection, Iterable, Sequence

from lamlint.files.boundary import Boundary
from lamlint.files.opening import reason
from lamlint.files.writing.attributes import fit, keep
from lamlint.files.writing.draft import Draft, Refused, UnfitError, Written
from lamlint.files.writing.lock import alone
from lamlint.files.writing.staged import new_name, sweep_held
from lamlint.text.dataclass import dataclass

_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_CODE = (".py", ".pyi")
_NO_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS)
CHANGED = "it changed since it was read"


@dataclass(frozen=True)
class _Staged:
    """A draft that waits beside the file which its path, links followed, leads to."""

    draft: Draft
    target: str
    temporary: str


def write(drafts: Iterable[Draft]) -> Written:
    """Put drafts into their files, or none of them where one cannot be staged.

    Templates and whatever else is no code come first, so that at no instant
    code needs what its template lacks. Where a file can no longer be replaced
    when its turn comes, those behind it are left alone.
    """
    aimed = [(draft, os.path.realpath(draft.path)) for draft in drafts]
    folders = {os.path.dirname(target) for _, target in aimed}
    with alone(folders) as busy:
        for folder in folders - busy:
            sweep_held(folder)
        with contextlib.ExitStack() as leftovers:
            staged: dict[str, _Staged] = {}
            refused: list[Refused] = []
            for draft, target in aimed:
                each = _staged(draft, target, staged.get(target), busy, leftovers)
                if isinstance(each, Refused):
                    refused.append(each)
                else:
                    staged[target] = each
            refused = refused or [*filter(None, map(_unlike, staged.values()))]
            if refused:
                return Written((), tuple(refused))
            return _rename(sorted(staged.values(), key=lambda each: each.target.endswith(_CODE)))


def _staged(
    draft: Draft,
    target: str,
    same: _Staged | None,
    busy: Collection[str],
    leftovers: contextlib.ExitStack,
) -> _Staged | Refused:
    """A draft beside its target; `same` is what waits there already, under another name."""
    if os.path.dirname(target) in busy:
        return Refused(draft.path, "another run of lamlint writes there")
    if same is not None:
        agreed = same.draft.data == draft.data
        return same if agreed else Refused(draft.path, "the same file was mended by another name")
    try:
        return _stage(draft, target, leftovers)
    except UnfitError as unfit:
        return Refused(draft.path, str(unfit))
    except OSError as error:
        return Refused(draft.path, reason(error))


def _stage(draft: Draft, target: str, leftovers: contextlib.ExitStack) -> _Staged:
    """Write a draft beside its target, which it is to replace. Raises UnfitError and OSError."""
    if draft.within and not Boundary(draft.within).holds(target):
        raise UnfitError("it leads to a place outside the project")
    temporary = os.path.join(os.path.dirname(target), new_name())
    leftovers.callback(_remove, temporary)
    if draft.before is None:
        if os.path.lexists(target):
            raise UnfitError(CHANGED)
        _put(temporary, draft.data, None)
        return _Staged(draft, target, temporary)
    # To be open for writing is what an immutable file and a read-only disk refuse.
    old = os.open(target, os.O_RDWR | _BINARY | _NO_LINK)
    try:
        fit(os.fstat(old))
        if _bytes(old, len(draft.before)) != draft.before:
            raise UnfitError(CHANGED)
        _put(temporary, draft.data, old)
    finally:
        os.close(old)
    return _Staged(draft, target, temporary)


def _put(temporary: str, data: bytes, old: int | None) -> None:
    """Make a file that has these bytes, and what else an older one has; it is on the disk then."""
    rights = 0o666 if old is None else 0o600
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY | _NO_LINK
    new = os.open(temporary, flags, rights)
    with os.fdopen(new, "wb") as file:
        file.write(data)
        file.flush()
        if old is not None:
            keep(new, old)
            if os.fstat(new).st_dev != os.fstat(old).st_dev:
                raise UnfitError("it is mounted by itself, and cannot be replaced")
        _sync(new)


def _sync(descriptor: int) -> None:
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise


def _bytes(descriptor: int, expected: int) -> bytes:
    """The bytes of an open file, one more than expected at most."""
    with os.fdopen(descriptor, "rb", closefd=False) as file:
        return file.read(expected + 1)


def _unlike(staged: _Staged) -> Refused | None:
    """What became of a target since it was staged for, if anything did."""
    path, before = staged.draft.path, staged.draft.before
    if before is None:
        return Refused(path, CHANGED) if os.path.lexists(staged.target) else None
    try:
        descriptor = os.open(staged.target, os.O_RDONLY | _BINARY | _NO_LINK)
    except OSError as error:
        return Refused(path, CHANGED if error.errno == errno.ENOENT else reason(error))
    try:
        fit(os.fstat(descriptor))
        same = _bytes(descriptor, len(before)) == before
    except UnfitError as unfit:
        return Refused(path, str(unfit))
    except OSError as error:
        return Refused(path, reason(error))
    finally:
        os.close(descriptor)
    return None if same else Refused(path, CHANGED)


def _rename(staged: Sequence[_Staged]) -> Written:
    done: list[str] = []
    for place, each in enumerate(staged):
        refused = _unlike(each)
        if refused is None:
            try:
                os.replace(each.temporary, each.target)
            except OSError as error:
                refused = Refused(each.draft.path, reason(error))
        if refused is not None:
            behind = f"{each.draft.path} comes first, and could not be written"
            rest = (Refused(other.draft.path, behind) for other in staged[place + 1 :])
            return Written(tuple(done), (refused, *rest))
        done.append(each.draft.path)
        _sync_folder(os.path.dirname(each.target))
    return Written(tuple(done))


def _sync_folder(folder: str) -> None:
    """Put the new name on the disk, where a folder can be told to."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _remove(temporary: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(temporary)
