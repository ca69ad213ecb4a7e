"""What in a cache folder is lamlint's own, and how that is removed.

The folder that a user names may hold anything else. Lamlint's own lies in a folder with a mark
in it, and there has names of certain forms only: nothing else is written to, or removed.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

from lamlint.cache import disk
from lamlint.text.regex import Regex

KEY = "key"
PROGRAMS = "programs"
JOBS = "jobs"
MARK = "CACHEDIR.TAG"
MARK_TEXT = (
    b"Signature: 8a477f597d28d172789f06886806bc55\n"  # bford.info/cachedir: backups leave it out
    b"# This folder holds what lamlint told before. `lamlint clean` removes it.\n"
)
_FORMAT = Regex(r"[0-9]{1,4}")
_STAGED = r"(?:\.[0-9]+\.[0-9]+)?"
_FILE = Regex(rf"(?:{KEY}|CACHEDIR\.TAG){_STAGED}")
_BEGUN = Regex(r"CACHEDIR\.TAG\.[0-9]+\.[0-9]+")
_KIND = Regex(rf"{PROGRAMS}|{JOBS}|[0-9a-f]{{40}}")
_ENTRY = Regex(rf"[0-9a-f]{{40}}{_STAGED}")


def is_marked(own: str) -> bool:
    """Whether a folder has lamlint's mark in it."""
    try:
        return disk.read(os.path.join(own, MARK)) == MARK_TEXT
    except OSError:
        return False


def may_be_marked(own: str) -> bool:
    """Whether a folder without the mark is lamlint's all the same, or is for it to take.

    That is one in which nothing was written yet, and one that has lost its mark: the programs
    are there, and no name that lamlint does not give.
    """
    with os.scandir(own) as entries:
        found = [one for one in entries if not _BEGUN.fullmatch(one.name)]
    known = all(is_kind(one) or _FILE.fullmatch(one.name) for one in found)
    return not found or (known and any(is_kind(one) and one.name == PROGRAMS for one in found))


def is_kind(entry: os.DirEntry[str]) -> bool:
    """Whether something in lamlint's folder is a folder of entries."""
    return _is_folder(entry) and _KIND.fullmatch(entry.name) is not None


def is_entry(entry: os.DirEntry[str]) -> bool:
    """Whether something in a folder of entries has such a name as they have."""
    return _ENTRY.fullmatch(entry.name) is not None


def clean(folder: str) -> int:
    """Remove what lamlint of any version keeps in a folder, and nothing else; how many bytes.

    Raises OSError for what cannot be removed.
    """
    freed = 0
    with contextlib.suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
        for one in [*entries]:
            if _FORMAT.fullmatch(one.name) and _is_folder(one) and is_marked(one.path):
                freed += _emptied(one.path)
                _remove_if_empty(one.path)
    if freed:
        _remove_if_empty(folder)
    return freed


def _emptied(own: str) -> int:
    """Remove lamlint's own from a folder with its mark, the mark last; how many bytes."""
    freed = 0
    files = []
    for one in _listed(own):
        if is_kind(one):
            freed += sum(_removed(entry) for entry in _listed(one.path) if is_entry(entry))
            _remove_if_empty(one.path)
        elif _FILE.fullmatch(one.name):
            files.append(one)
    return freed + sum(_removed(one) for one in sorted(files, key=lambda one: one.name != KEY))


def _listed(folder: str) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        yield from [*entries]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False)


def _removed(entry: os.DirEntry[str]) -> int:
    """Remove a file, or a folder in its place if it is empty; how many bytes."""
    if _is_folder(entry):
        _remove_if_empty(entry.path)
        return 0
    size = entry.stat(follow_symlinks=False).st_size
    os.remove(entry.path)
    return size


def _remove_if_empty(folder: str) -> None:
    with contextlib.suppress(OSError):  # something of somebody else lies there
        os.rmdir(folder)
