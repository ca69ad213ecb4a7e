"""Why a run cannot begin: what a user can mend, as a sentence with its place."""

from __future__ import annotations


class LamlintError(Exception):
    """What was asked for cannot be done, and the sentence says why.

    `path` is the file or folder that it is about, from the current folder, and
    empty where it is about none; `line` counts from 1, and is 0 where it is
    about no line.
    """

    def __init__(self, what: str, path: str = "", line: int = 0) -> None:
        super().__init__(what, path, line)
        self.what = what
        self.path = path
        self.line = line

    def __str__(self) -> str:
        """The sentence behind its place, as `path:line: what`."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.what}" if place else self.what
