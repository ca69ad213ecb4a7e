"""What a job asked for as it is kept: nothing of it names what is not there.

In the place of a question about a path that leads to nothing stands how far it leads, and what
stands for the name that is missing there: the answer is the same until that name comes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import field

from lamlint.engine.known.entries import Asked
from lamlint.engine.known.heard import BOUNDARY, LACKS, Standing
from lamlint.files.missing import end
from lamlint.files.overheard import ASKED, Overheard
from lamlint.text.dataclass import dataclass


@dataclass(frozen=True)
class Unnamed:
    """The questions about a project, each looked at once."""

    tree: Overheard
    standing: Standing
    key: bytes
    _known: dict[Asked, Asked | None] = field(default_factory=dict)

    def all(self, every: Iterable[Asked]) -> tuple[Asked, ...] | None:
        """Some questions as they are kept; None where one of them must not be."""
        made: dict[Asked, None] = {}
        for one in every:
            if one not in self._known:
                try:
                    self._known[one] = self._of(one)
                except (OSError, ValueError):
                    self._known[one] = None
            kept = self._known[one]
            if kept is None:
                return None
            made[kept] = None
        return tuple(made)

    def _of(self, one: Asked) -> Asked | None:
        question, about, answer = one
        path = self.standing.path_of(question, about)
        if path is None or answer is True:
            return one
        absolute = os.path.normpath(os.path.join(self.tree.root, path))
        within = self.tree.boundary.names(absolute)
        there, missing = end(absolute) if within else ("", "")
        if within and not missing:
            return one
        if question not in ASKED:
            return None  # what is said of it depends on more than the disk
        if self.standing.answer(question, about, self.key) != answer:
            return None
        if not within:  # nobody looks there
            return BOUNDARY, "", self.standing.answer(BOUNDARY, "", self.key)
        return self._lack(there, missing)

    def _lack(self, there: str, missing: str) -> Asked | None:
        names = self.standing.names(there, self.key)
        if missing in names.listed:
            return None  # it has come meanwhile, or nobody may go there
        about = json.dumps([there, names.token(missing)])
        return LACKS, about, self.standing.answer(LACKS, about, self.key)
