"""Where a path that leads to nothing ends, told without the name that is missing there.

Such a name may be made of anything that a project says, and of a secret too. To see whether it is
missing still, a digest with a key is enough: no name in the folder has the same.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Collection
from functools import cached_property
from hashlib import blake2b
from unicodedata import normalize

from lamlint.text.dataclass import dataclass


def end(absolute: str) -> tuple[str, str]:
    """The last on a path that is there, and the name that is missing in it; empty for none.

    Where something is, all above it is: of a long way only a few places are asked for.
    """
    if os.path.lexists(absolute):
        return absolute, ""
    drive, rest = os.path.splitdrive(absolute)
    names = [*filter(None, rest.split(os.sep))]

    def leads(number: int) -> str:
        return drive + os.sep + os.sep.join(names[:number])

    last = range(1, len(names) + 1)
    there = bisect_left(last, True, key=lambda number: not os.path.lexists(leads(number)))
    return leads(there), "".join(names[there : there + 1])  # none if it has come to be meanwhile


@dataclass(frozen=True)
class Names:
    """The names that a folder lists, and what stands for names to who has a key."""

    listed: Collection[str]
    key: bytes

    def token(self, name: str) -> str:
        """What stands for a name that is missing.

        Some systems take other names for the same: that such a one comes counts as well, unless
        one is there already.
        """
        alike = _folded(name)
        return self._digest(f"exactly {name}" if alike in self._alike else f"like {alike}")

    @cached_property
    def _alike(self) -> frozenset[str]:
        return frozenset(map(_folded, self.listed))

    @cached_property
    def tokens(self) -> frozenset[str]:
        """All that may stand for the names that are listed."""
        exact = {self._digest(f"exactly {name}") for name in self.listed}
        return frozenset(exact.union(self._digest(f"like {name}") for name in self._alike))

    def _digest(self, text: str) -> str:
        data = text.encode("utf-8", "surrogatepass")
        return blake2b(data, digest_size=16, key=self.key).hexdigest()


def _folded(name: str) -> str:
    return name.lower() if name.isascii() else normalize("NFC", normalize("NFC", name).casefold())
