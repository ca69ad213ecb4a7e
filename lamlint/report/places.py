"""Where findings are: as the project, the working directory and a CI runner's checkout name it."""

from __future__ import annotations

import os.path
from collections.abc import Callable
from dataclasses import field

from lamlint.text import Position, Source
from lamlint.text.dataclass import dataclass


@dataclass(frozen=True)
class Places:
    """From where paths are told: absolute folders, the workspace being a CI runner's checkout."""

    root: str
    working: str
    workspace: str = ""

    def shown(self, path: str) -> str:
        """A path of the project, relative to the working directory."""
        return _relative(os.path.join(self.root, path), self.working)

    def in_checkout(self, path: str) -> str | None:
        """A path of the project, relative to the checkout; None when no checkout holds it."""
        if not self.workspace or not _holds(self.workspace, self.root):
            return None
        return _relative(os.path.join(self.root, path), self.workspace)


@dataclass(frozen=True)
class Place:
    """A span with its lines. Its file is masked only when a format asks for the `source`.

    `path` is relative to the root and empty for the project as a whole,
    `shown` is relative to the working directory, `checkout` to the checkout
    of a CI runner, if one holds the project.
    """

    path: str
    shown: str
    checkout: str | None
    start: Position
    end: Position
    masked: Callable[[], Source | None] = field(compare=False, repr=False)

    @property
    def source(self) -> Source | None:
        """The masked text of the file; None when it cannot be shown."""
        return self.masked()

    @property
    def label(self) -> str:
        """The place as people write it."""
        return f"{self.shown}:{self.start.line}:{self.start.column}"


def _relative(path: str, start: str) -> str:
    try:
        relative = os.path.relpath(path, start)
    except ValueError:  # another drive
        relative = os.path.abspath(path)
    return relative.replace(os.sep, "/")


def _holds(folder: str, path: str) -> bool:
    relative = _relative(path, folder)
    return relative != ".." and not relative.startswith("../") and not os.path.isabs(relative)
