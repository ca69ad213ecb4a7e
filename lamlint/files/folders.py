"""What folders list: each is asked once, and says of each name what it is."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import field
from enum import Enum, auto

from lamlint.files import asking
from lamlint.text.dataclass import dataclass


class Kind(Enum):
    """What a name in a folder stands for, as the listing itself says."""

    FILE = auto()
    FOLDER = auto()
    OTHER = auto()
    """A link, a pipe, what may not be asked: the disk has to be asked about it."""


Listing = Mapping[str, Kind]
"""The names of a folder in a stable order."""

_NOTHING: Listing = {}


@dataclass(frozen=True)
class Listings:
    """The listings of folders, by their absolute paths."""

    _known: dict[str, Listing | OSError] = field(default_factory=dict)

    def of(self, folder: str) -> Listing | OSError:
        """What a folder lists; why it lists nothing."""
        if folder not in self._known:
            self._known[folder] = _NOTHING if self._is_nowhere(folder) else _listed(folder)
        return self._known[folder]

    def _is_nowhere(self, folder: str) -> bool:
        """Whether the folder around is known, and holds no such name."""
        above, name = os.path.split(folder)
        around = self._known.get(above)
        # Some systems list other characters than those a file was written with.
        return isinstance(around, Mapping) and name.isascii() and around.get(name) is None

    def kind(self, absolute: str) -> Kind | None:
        """What a path stands for; None where no listing has it."""
        folder, name = os.path.split(absolute)
        listed = self.of(folder)
        return None if isinstance(listed, OSError) else listed.get(name)


def _listed(folder: str) -> Listing | OSError:
    try:
        found = asking.entries(folder)
    except ValueError:  # no path at all
        return _NOTHING
    except OSError as error:
        return error.with_traceback(None)  # which holds all that whoever asked was busy with
    # The names of a folder may be seen where what they stand for may not.
    if not asking.passable(folder):
        return dict.fromkeys((entry.name for entry in found), Kind.OTHER)
    return {entry.name: _kind(entry) for entry in found}


def _kind(entry: os.DirEntry[str]) -> Kind:
    try:
        if entry.is_file(follow_symlinks=False):
            return Kind.FILE
        return Kind.FOLDER if entry.is_dir(follow_symlinks=False) else Kind.OTHER
    except OSError:
        return Kind.OTHER
