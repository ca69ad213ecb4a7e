"""What files hold that were looked at for words, and may be looked at for other words soon."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import field

from lamlint.text import Unreadable
from lamlint.text.dataclass import dataclass

_ROOM = 4_000_000
_LARGEST = 100_000
_NAME = 100
"""What is counted for each beside its bytes: of most files nothing is there."""


@dataclass(eq=False)
class Seen:
    """The bytes of the files that were looked at last, as far as there is room for them."""

    _kept: OrderedDict[str, bytes | Unreadable] = field(default_factory=OrderedDict)
    _length: int = 0

    def __reduce__(self) -> tuple[type[Seen], tuple[()]]:
        """Another process looks anew."""
        return Seen, ()

    def get(self, path: str) -> bytes | Unreadable | None:
        """What a file holds, or why it is not read; None where that is not kept."""
        if path not in self._kept:
            return None
        self._kept.move_to_end(path)
        return self._kept[path]

    def keep(self, path: str, held: bytes | Unreadable) -> None:
        """Keep what a file holds, in the place of what was looked at longest ago."""
        if path in self._kept or _size(held) > _LARGEST:
            return
        self._kept[path] = held
        self._length += _size(held)
        while self._length > _ROOM:
            self._length -= _size(self._kept.popitem(last=False)[1])


def _size(held: bytes | Unreadable) -> int:
    return _NAME + (len(held) if isinstance(held, bytes) else 0)
