"""What readers may ask of the files of a project. `lamlint.files.disk` answers from disk."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Protocol

from lamlint.text.dataclass import dataclass
from lamlint.text.source import Source
from lamlint.text.unread import Unread


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a file could not be read as text, as the end of a sentence."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a package: its path and its size in bytes, unpacked."""

    path: str
    size: int


class Tree(Protocol):
    """The files of a project. Paths are relative to its root, with forward slashes.

    `..` may lead out of the root; nothing above the repository is ever read.
    No method raises for a file that is missing or cannot be read.
    """

    @property
    def unread(self) -> set[Unread]:
        """What would have been read and was not; who reads a file adds what it cannot make out."""

    def read(self, path: str, worth: Callable[[Source], bool] | None = None) -> Source | Unreadable:
        """The text of a file, decoded by its byte order mark or coding cookie, else UTF-8.

        One that is too large to be read unasked is read if it is `worth` it, then and from then on.
        """

    def is_file(self, path: str) -> bool:
        """Whether a regular file is there."""

    def is_folder(self, path: str) -> bool:
        """Whether a folder is there."""

    def sources(self, folder: str = "") -> Iterator[str]:
        """The files below a folder that git tracks or would track, in a stable order."""

    def contents(self, folder: str, skip: Collection[str] = ()) -> Iterator[Entry]:
        """All files on disk below a folder, ignored ones included, in a stable order.

        Folders with a name in `skip` are not entered.
        """

    def archive(self, path: str) -> tuple[Entry, ...] | Unreadable:
        """The directory of a zip archive: member names and unpacked sizes; nothing is unpacked."""

    def mentions(self, path: str, words: tuple[bytes, ...]) -> bool:
        """Whether the bytes of a file hold one of some words: a filter before parsing."""
