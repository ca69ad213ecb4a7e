"""GitHub's hash of a line and what follows it, by which it knows an alert again."""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Callable
from dataclasses import field

from lamlint.text import Source, Unreadable
from lamlint.text.dataclass import dataclass

_BLOCK = 100
_BASE = 37
_MODULUS = 1 << 64
_FIRST = pow(_BASE, _BLOCK, _MODULUS)
_END = 0xFFFF
_TAB, _LF, _CR, _SPACE = 9, 10, 13, 32


def line_hashes(text: str) -> list[str]:
    """`primaryLocationLineHash` of each line of a text, as upload-sarif computes it.

    A rolling hash over 100 UTF-16 code units from the line's start, white
    space left out, with the count of equal hashes so far in the file.
    """
    units, starts = _units(text)
    counts: Counter[str] = Counter()
    hashes = []
    rolling = 0
    for unit in units[:_BLOCK]:
        rolling = (rolling * _BASE + unit) % _MODULUS
    position = 0
    for start in starts:
        while position < start:
            entering = units[position + _BLOCK]
            rolling = (rolling * _BASE + entering - _FIRST * units[position]) % _MODULUS
            position += 1
        name = f"{rolling:x}"
        counts[name] += 1
        hashes.append(f"{name}:{counts[name]}")
    return hashes


def _units(text: str) -> tuple[list[int], list[int]]:
    """The code units that count, padded by a block, and where each line starts among them."""
    units: list[int] = []
    starts = [0]
    raw = array("H", text.encode(f"utf-16-{sys.byteorder[0]}e", "surrogatepass"))
    previous = 0
    for unit in raw:
        if unit in (_SPACE, _TAB) or (unit == _LF and previous == _CR):
            previous = unit
            continue
        units.append(_LF if unit == _CR else unit)
        if unit in (_LF, _CR):
            starts.append(len(units))
        previous = unit
    units.append(_END)
    units.extend([0] * _BLOCK)
    return units, starts


@dataclass(frozen=True)
class LineHashes:
    """The hashes of the lines of a project's files, computed when a file is first asked for."""

    read: Callable[[str], Source | Unreadable]
    _known: dict[str, list[str]] = field(default_factory=dict)

    def of(self, path: str, line: int) -> str | None:
        """The hash of a line; None for a file that is no text."""
        if path not in self._known:
            source = self.read(path)
            self._known[path] = _of_source(source) if isinstance(source, Source) else []
        hashes = self._known[path]
        return hashes[line - 1] if line <= len(hashes) else None


def _of_source(source: Source) -> list[str]:
    # A byte order mark is a character to upload-sarif.
    return line_hashes("\ufeff" * source.bom + source.text)
