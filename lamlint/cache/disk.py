"""The files of the cache as bytes: read without following links, and written whole."""

from __future__ import annotations

import contextlib
import os
import time

_BINARY = getattr(os, "O_BINARY", 0)
_PLAIN = _BINARY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def read(file: str) -> bytes:
    """What a file holds, no link followed. Raises OSError."""
    descriptor = os.open(file, os.O_RDONLY | _PLAIN)
    with os.fdopen(descriptor, "rb") as opened:
        return opened.read()


def write(file: str, data: bytes) -> None:
    """Put a file in its place as a whole, so that no other run sees half of it.

    A folder that lies there is moved aside. Raises OSError.
    """
    staged = _staged(file)
    descriptor = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(data)
        if os.path.isdir(file) and not os.path.islink(file):
            _move_aside(file)
        os.replace(staged, file)
    except OSError:
        with contextlib.suppress(OSError):
            os.remove(staged)
        raise


def make_folder(path: str) -> None:
    """Make a folder, in place of a link or a file that lies there. Raises OSError."""
    with contextlib.suppress(FileExistsError):
        os.mkdir(path, mode=0o700)
    if os.path.islink(path) or not os.path.isdir(path):
        os.remove(path)
        os.mkdir(path, mode=0o700)


def _move_aside(folder: str) -> None:
    """Nobody knows who made it: what is in it is kept."""
    aside = _staged(folder)
    os.rename(folder, aside)
    with contextlib.suppress(OSError):
        os.rmdir(aside)


def _staged(file: str) -> str:
    """A name beside a file that no other run takes."""
    return f"{file}.{os.getpid()}.{time.monotonic_ns()}"
