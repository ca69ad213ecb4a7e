"""What lamlint itself is: a new version, or an edited rule, is another program."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import cast

from lamlint.cache.own import PROGRAMS
from lamlint.cache.same import same
from lamlint.cache.store import Data, Store
from lamlint.files import asking, opening
from lamlint.files.asking import Notes, noting
from lamlint.files.opening import MEGABYTE, ReadError

HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def program(store: Store, now: int) -> str:
    """What stands for the bytes of lamlint and its rules; empty where they cannot be read."""
    name = store.name(HOME, sys.version)
    kept = store.get(PROGRAMS, name)
    if kept is not None:
        noted, since = of_data(kept, store.key)
        still = same(noted, since)
        if still is not None:
            if still is not noted:
                store.put(PROGRAMS, name, data_of(still, now))
            return _digest(still)
    noted = Notes(store.key)
    with noting(noted):
        _read(HOME)
        manifest = os.path.join(os.path.dirname(HOME), "pyproject.toml")
        if asking.is_file(manifest):  # in a checkout, rules lie outside the package
            _read(os.path.join(os.path.dirname(HOME), "rules"))
    if noted.torn:
        return ""
    store.put(PROGRAMS, name, data_of(noted, now))
    return _digest(noted)


def _read(folder: str) -> None:
    """Have noted all that a folder of code holds."""
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        with contextlib.suppress(OSError):
            for entry in asking.entries(current):
                if entry.is_dir() and entry.name != "__pycache__":
                    waiting.append(entry.path)
                elif entry.is_file():
                    with contextlib.suppress(ReadError):
                        opening.read(entry.path, MEGABYTE)


def _digest(noted: Notes) -> str:
    """What stands for all that was read, whenever it was written.

    Not for the folders: Python puts what it has compiled into them.
    """
    files = sorted((path, sorted(parts.items())) for path, (_, parts) in noted.files.items())
    return noted.digest(repr(files).encode("utf-8", "surrogateescape"))


def installed() -> None:
    """Have noted which packages of which versions Python finds."""
    for folder in dict.fromkeys(sys.path):
        asking.importable(os.path.abspath(folder))


def data_of(noted: Notes, since: int) -> Data:
    """Notes as they are kept."""
    return {
        "since": since,
        "files": noted.files,
        "folders": noted.folders,
        "plain": noted.plain,
    }


def of_data(data: Data, key: bytes) -> tuple[Notes, int]:
    """Kept notes, and since when they hold. What is sealed has the form it was written with."""
    noted = Notes(
        key,
        cast("dict[str, tuple[list[int] | int, dict[str, str]]]", data["files"]),
        cast("dict[str, tuple[list[int] | int, str]]", data["folders"]),
        cast("dict[str, dict[str, asking.Answer]]", data["plain"]),
    )
    return noted, cast("int", data["since"])
