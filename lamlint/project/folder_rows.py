"""Folders side by side, several of which hold a file that is run; and those beside them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from lamlint.text.dataclass import dataclass

_TWO = 2
_JOINTS = frozenset("-_.")
"""What stands between the name of a folder and what another one is called beyond it."""

Row: TypeAlias = "tuple[str, str]"
"""What stands before and behind the folders that lie side by side."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A folder beside those that hold what is run.

    `apart` is the folder around it where that lies beside the one around those.
    """

    folder: str
    apart: str = ""


@dataclass(frozen=True)
class FolderRows:
    """The names of folders that hold what is run, by their row."""

    known: Mapping[Row, frozenset[str]]
    """Those whose files have the same name."""
    varied: Mapping[str, frozenset[str]]
    """Those whose files have names of their own, by the folder around them."""

    @classmethod
    def of(cls, entries: Iterable[str]) -> FolderRows:
        """The rows of the files that functions run."""
        rows: dict[Row, set[str]] = {}
        files: dict[str, set[str]] = {}
        folders: dict[str, set[str]] = {}
        for path in entries:
            for row, name in _rows(path):
                rows.setdefault(row, set()).add(name)
            around, name, file = _placed(path)
            if around:
                files.setdefault(around, set()).add(file)
                folders.setdefault(around, set()).add(name)
        return cls(
            {row: frozenset(names) for row, names in rows.items() if len(names) >= _TWO},
            {
                around: frozenset(names)
                for around, names in folders.items()
                if len(names) >= _TWO and len(files[around]) >= _TWO
            },
        )

    def alike(self, paths: Iterable[str]) -> Mapping[Candidate, set[str]]:
        """The files of the same names in other folders of a row, or in a row apart from one."""
        found: dict[Candidate, set[str]] = {}
        beside: dict[Row, list[str]] = {}
        for before, behind in self.known:
            around, name = posixpath.split(before)
            if name:
                beside.setdefault((around, behind), []).append(name)
        for path in paths:
            for row, name in _rows(path):
                folder = posixpath.join(row[0], name)
                if row in self.known:
                    if name not in self.known[row]:
                        found.setdefault(Candidate(folder), set()).add(path)
                    continue
                around, own = posixpath.split(row[0])
                if any(_goes_on(own, one) for one in beside.get((around, row[1]), ())):
                    found.setdefault(Candidate(folder, row[0]), set()).add(path)
        return found

    def lies_beside_varied(self, path: str) -> bool:
        """Whether a file lies in another folder of a row whose files have names of their own."""
        around, name, _ = _placed(path)
        return around in self.varied and name not in self.varied[around]


def _goes_on(name: str, other: str) -> bool:
    """Whether a folder is called as another is, and more: `functions-old` beside `functions`."""
    return name.startswith(other) and name[len(other) : len(other) + 1] in _JOINTS


def _placed(path: str) -> tuple[str, str, str]:
    """What stands around the folder of a file, that folder's name, and the file's."""
    folder, file = posixpath.split(path)
    return *posixpath.split(folder), file


def _rows(path: str) -> Iterator[tuple[Row, str]]:
    """Each folder of a path, with what stands before and behind it."""
    parts = path.split("/")
    for place in range(len(parts) - 1):
        yield ("/".join(parts[:place]), "/".join(parts[place + 1 :])), parts[place]
