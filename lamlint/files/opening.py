"""How files are opened: regular ones only, of bounded size, and without waiting for anyone.

A path of a project may be a pipe, a device or a socket, or become one between two looks at it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from lamlint.files import asking

MEGABYTE = 1_000_000
WHOLE, BEGINNING, SIZE = "whole", "beginning", "size"
"""The parts of a file that are asked for here."""


class ReadError(Exception):
    """A file that is not read; the text says why."""


def read(absolute: str, limit: int) -> bytes:
    """The bytes of a regular file, of which there are at most so many. Raises ReadError."""
    with regular(absolute) as file:
        size = os.fstat(file.fileno()).st_size
        data = b"" if size > limit else file.read(size + 1)
        if data is None:
            raise ReadError("it has nothing to read for now")
        if len(data) > size:  # it grew, or is one of those that tell no size
            data += file.read(limit + 1 - len(data))
    if size > limit or len(data) > limit:
        asking.given(absolute, SIZE, str(size).encode())
        raise ReadError(f"it is larger than {_amount(limit)}")
    asking.given(absolute, WHOLE, data)
    return data


def beginning(absolute: str, length: int) -> bytes:
    """The first bytes of a regular file of whatever size. Raises ReadError."""
    with regular(absolute) as file:
        data = file.read(length) or b""
    asking.given(absolute, f"{BEGINNING} {length}", data)
    return data


@contextmanager
def regular(absolute: str) -> Iterator[BinaryIO]:
    """A regular file, opened for reading. Raises ReadError, also for what goes wrong in reading."""
    try:
        _demand_regular(os.stat(absolute))  # opening a device may do something
        with open(absolute, "rb", opener=_without_waiting) as file:
            found = os.fstat(file.fileno())
            _demand_regular(found)  # it may be another by now
            asking.opened(absolute, found)
            yield file
    except ReadError:
        asking.refused(absolute)
        raise
    except (OSError, ValueError) as error:
        asking.refused(absolute)
        raise ReadError(reason(error)) from None


def _demand_regular(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise ReadError("it is no regular file")


def _without_waiting(path: str, flags: int) -> int:
    """Open as `open` does; a pipe that nobody writes to is opened at once."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))


def reason(error: Exception) -> str:
    """Why the disk does not give a file, as people are told it."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[0].lower() + error.strerror[1:]
    return "its name cannot be used on this system"


def _amount(limit: int) -> str:
    return f"{limit / MEGABYTE:g} MB" if limit >= MEGABYTE / 10 else f"{limit} bytes"
