"""What is to be written, and what became of it."""

from __future__ import annotations

from lamlint.text.dataclass import dataclass


@dataclass(frozen=True)
class Draft:
    """The bytes that a file is to have. Paths are absolute.

    `before` are those that it had when it was read, None where there was no
    such file. A link is followed, but never out of the folder `within`; without
    one, whoever gave the path is obeyed.
    """

    path: str
    data: bytes
    before: bytes | None
    within: str = ""


@dataclass(frozen=True)
class Refused:
    """A file that was left alone, and why, as the end of a sentence."""

    path: str
    reason: str


@dataclass(frozen=True)
class Written:
    """The files that were written, and those that were not.

    Nothing is written where one file is found unfit before the first is put
    in its place.
    """

    paths: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()


class UnfitError(Exception):
    """Why a file cannot be written, as the end of a sentence."""
