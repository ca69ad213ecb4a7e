"""What came of the jobs of a project, kept in one file."""

from __future__ import annotations

from lamlint.cache.own import JOBS
from lamlint.cache.store import Data, Store
from lamlint.text.dataclass import dataclass


@dataclass(frozen=True)
class Drawer:
    """Where a cache has what came of jobs.

    `basis` stands for the program, and for what surrounds it.
    """

    store: Store
    basis: str

    @property
    def key(self) -> bytes:
        """The user's secret."""
        return self.store.key

    def get(self, root: str) -> Data:
        """What is kept of a project; empty for nothing, and for what is damaged."""
        return self.store.get(JOBS, self._name(root)) or {}

    def put(self, root: str, data: Data) -> None:
        """Keep something of a project, in place of what was kept."""
        self.store.put(JOBS, self._name(root), data)

    def _name(self, root: str) -> str:
        return self.store.name(self.basis, root)
