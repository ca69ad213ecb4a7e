"""Which folders hold a path: its own folders are asked, however many there are to ask about."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from lamlint.text.dataclass import dataclass

_HERE = ("", ".")


@dataclass(frozen=True)
class Folders:
    """Some folders, or files, by their paths; "" and "." are the folder that paths start from."""

    paths: frozenset[str]

    @classmethod
    def of(cls, paths: Iterable[str]) -> Folders:
        """The folders of these paths."""
        return cls(frozenset(paths))

    def holds(self, path: str) -> bool:
        """Whether a path is one of them, or lies in one."""
        return self.nearest(path) is not None

    def nearest(self, path: str) -> str | None:
        """The innermost of them that holds a path, or is it."""
        if not self.paths:
            return None
        return next((one for one in around(path) if one in self.paths), None)


def around(path: str) -> Iterator[str]:
    """A path and the folders that hold it, the innermost first."""
    yield path
    above = path
    while "/" in above:
        above = above[: above.rindex("/")]
        yield above
    if not path.startswith("../"):
        yield from _HERE


def below(path: str, folder: str) -> bool:
    """Whether a path is a folder or lies in it."""
    return path == folder or path.startswith(f"{folder}/")


def normal(path: str) -> str:
    """A path in the form the model uses: the root is the empty text."""
    normalised = posixpath.normpath(path)
    return "" if normalised == "." else normalised
