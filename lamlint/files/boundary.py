"""The folder that no path of a project leads out of."""

from __future__ import annotations

import os
from functools import cached_property

from lamlint.files import asking
from lamlint.text.dataclass import dataclass


@dataclass(frozen=True, eq=False)
class Boundary:
    """A folder by its absolute path: the git root, or the project's root where there is no git."""

    folder: str

    def holds(self, absolute: str) -> bool:
        """Whether a path, its symbolic links followed, stays in the folder."""
        try:
            return self.names(absolute) and self.holds_real(asking.real(absolute))
        except (OSError, ValueError):
            return False

    def holds_real(self, real: str) -> bool:
        """Whether a path whose symbolic links are followed already is in the folder."""
        return below(real, self._real)

    def names(self, absolute: str) -> bool:
        """Whether a path is written as one in the folder.

        The disk is asked for no other: it might be a share, on a server that a template names.
        """
        if absolute.startswith(self._within):
            return True
        return below(absolute, self.folder) or below(absolute, self._real)

    @cached_property
    def _within(self) -> str:
        return self.folder.rstrip(os.sep) + os.sep

    @cached_property
    def _real(self) -> str:
        return asking.real(self.folder)


def below(absolute: str, folder: str) -> bool:
    """Whether a path is a folder or lies in it, as both are written."""
    absolute, folder = os.path.normcase(absolute), os.path.normcase(folder)
    return absolute == folder or absolute.startswith(folder.rstrip(os.sep) + os.sep)
