"""Whether the disk would still give the answers that a run noted.

A file is the same by its size, its times and its inode, where those times are older than the
notes: what was written while they were taken may have been written once more within one tick
of the clock. All others are compared by what they hold, as after a fresh checkout.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import chain

from lamlint.files import asking, opening
from lamlint.files.asking import IMPORTABLE, QUESTIONS, SIZES, Notes, Status, noting
from lamlint.files.missing import Names
from lamlint.files.opening import BEGINNING, WHOLE, ReadError

TICK = 2_000_000_000
"""Nanoseconds: the times of some file systems count in steps of so much."""


def same(notes: Notes, since: int) -> Notes | None:
    """The notes, where all still hold that was noted from some time on; None where one does not.

    What had to be compared by what it holds has its present status in them.
    """
    again = Notes(notes.key)
    with noting(again):
        if not all(chain(_files(notes, since, again), _folders(notes, since, again))):
            return None
        if not all(_absent(notes, since, again)):
            return None
        if not all(_others(notes, again)) or again.torn:
            return None
    if not again.files and not again.folders and not again.absent:
        return notes
    files, folders = {**notes.files, **again.files}, {**notes.folders, **again.folders}
    return replace(notes, files=files, folders=folders, absent={**notes.absent, **again.absent})


def _files(notes: Notes, since: int, again: Notes) -> Iterator[bool]:
    """For each file, whether it is the same."""
    latest = since - TICK
    for path, (before, parts) in notes.files.items():
        now = asking.status(path)
        if now != before or not _is_older(now, latest):
            yield _holds(path, before, now, parts, again)


def _is_older(status: Status | int, latest: int) -> bool:
    """Whether what has a status was at rest by some time."""
    return isinstance(status, int) or (status[1] < latest and status[2] < latest)


def _holds(
    path: str, before: Status | int, now: Status | int, parts: dict[str, str], again: Notes
) -> bool:
    """Whether the parts of a file that were read hold what they held."""
    if isinstance(before, int) or isinstance(now, int) or before[0] != now[0] or not parts:
        return False
    for part in parts:
        with contextlib.suppress(ReadError):
            _read(path, part, before[0])
    return again.files.get(path, (0, {}))[1] == parts


def _read(path: str, part: str, size: int) -> None:
    """Read a part of a file once more."""
    if part == WHOLE:
        opening.read(path, size)
    elif part.startswith(BEGINNING):
        opening.beginning(path, int(part.removeprefix(BEGINNING)))
    elif part == opening.SIZE:
        opening.read(path, size - 1)
    else:
        from lamlint.files.archive import members

        members(path)


def _folders(notes: Notes, since: int, again: Notes) -> Iterator[bool]:
    """For each folder, whether it lists the same."""
    latest = since - TICK
    for path, (before, listed) in notes.folders.items():
        if asking.status(path) == before and _is_older(before, latest):
            continue
        with contextlib.suppress(OSError, ValueError):
            asking.entries(path)
        yield again.folders.get(path, (0, None))[1] == listed


def _absent(notes: Notes, since: int, again: Notes) -> Iterator[bool]:
    """For each folder that lacked some names, whether it lacks them still."""
    latest = since - TICK
    for path, (before, lacked) in notes.absent.items():
        now = asking.status(path)
        if now == before and _is_older(now, latest):
            continue
        again.absent[path] = now, lacked
        yield lacks(path, lacked, notes.key)


def lacks(folder: str, lacked: Collection[str], key: bytes) -> bool:
    """Whether a folder lists none of the names that something stands for."""
    try:
        return Names(os.listdir(folder), key).tokens.isdisjoint(lacked)
    except OSError:
        return False


def _others(notes: Notes, again: Notes) -> Iterator[bool]:
    """For each other question, whether its answer is the same."""
    for question, answers in notes.plain.items():
        ask = QUESTIONS.get(question)
        if ask is not None:
            yield all(notes.standing(ask(path)) == answer for path, answer in answers.items())
            continue
        for path in answers:
            _ask(question, path)
        yield again.plain.get(question, {}) == answers


def _ask(question: str, path: str) -> None:
    """Ask once more what is no question to the disk alone."""
    if question == SIZES:
        with contextlib.suppress(OSError, ValueError):
            asking.sized(path)
    elif question == IMPORTABLE:
        asking.importable(path)
    else:
        from lamlint.files.git import Git

        Git().listed(path)  # it is noted what git says
