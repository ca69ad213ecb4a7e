"""What lamlint itself is: a new version, or an edited rule, is another program."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import cast

from lamlint.cache.own import PROGRAMS
from lamlint.cache.same import same
from lamlint.cache.store import Data, Store
from lamlint.cache.veiled import veiled
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
                put(store, PROGRAMS, name, still, now)
            return _digest(still)
    noted = Notes(store.key)
    with noting(noted):
        _read(HOME)
        manifest = os.path.join(os.path.dirname(HOME), "pyproject.toml")
        if asking.is_file(manifest):  # in a checkout, rules lie outside the package
            _read(os.path.join(os.path.dirname(HOME), "rules"))
    if noted.torn:
        return ""
    put(store, PROGRAMS, name, noted, now)
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


def put(
    store: Store, kind: str, name: str, noted: Notes, since: int, more: Data | None = None
) -> None:
    """Keep notes, and what comes of what they tell; nothing where they do not hold any more."""
    kept = veiled(noted)
    if kept is not None:
        data: Data = {
            "since": since,
            "files": kept.files,
            "folders": kept.folders,
            "plain": kept.plain,
            "absent": kept.absent,
        }
        store.put(kind, name, {**(more or {}), **data})


def of_data(data: Data, key: bytes) -> tuple[Notes, int]:
    """Kept notes, and since when they hold. What is sealed has the form it was written with."""
    noted = Notes(
        key,
        cast("dict[str, tuple[list[int] | int, dict[str, str]]]", data["files"]),
        cast("dict[str, tuple[list[int] | int, str]]", data["folders"]),
        cast("dict[str, dict[str, asking.Answer]]", data["plain"]),
        cast("dict[str, tuple[list[int] | int, list[str]]]", data.get("absent", {})),
    )
    return noted, cast("int", data["since"])
