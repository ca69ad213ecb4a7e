"""How large the files are that are read."""

from __future__ import annotations

import posixpath

from lamlint.files.opening import MEGABYTE
from lamlint.text.dataclass import dataclass

LOCK_FILES = frozenset({"uv.lock", "poetry.lock", "Pipfile.lock", "pdm.lock"})


@dataclass(frozen=True)
class Limits:
    """The largest files that are read, in bytes."""

    source: int = MEGABYTE
    lock: int = 50 * MEGABYTE

    def of(self, path: str) -> int:
        """The limit that holds for a file."""
        name = posixpath.basename(path)
        locked = name in LOCK_FILES or (name.startswith("pylock.") and name.endswith(".toml"))
        return max(self.lock, self.source) if locked else self.source

    @property
    def worth(self) -> int:
        """The limit for files that are worth it, by what they say."""
        return max(self.source, min(5 * self.source, 5 * MEGABYTE))
