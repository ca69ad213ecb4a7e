"""How the texts of HCL are meant: without escapes, and without the indent of a heredoc."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from lamlint.text.regex import Regex

T = TypeVar("T")

_ESCAPE = Regex(r'\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[nrt"\\])')
_SINGLE = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_DOUBLED = Regex(r"(\$|%)\1\{")


def dedented(pieces: Sequence[str | T]) -> list[str | T]:
    """The pieces of a `<<-` text, of which the texts lose what all lines begin with."""
    width = indent(pieces)
    found: list[str | T] = []
    at_start = True
    for piece in pieces:
        if isinstance(piece, str):
            first, *others = piece.splitlines(keepends=True) or [""]
            lines = [cut(first, width) if at_start else first, *(cut(o, width) for o in others)]
            found.append("".join(lines))
            at_start = piece.endswith("\n")
        else:
            found.append(piece)
            at_start = False
    return [piece for piece in found if piece != ""]


def cut(line: str, width: int) -> str:
    """A line without its indent; one that is blank may have less of it."""
    return line[min(width, len(line) - len(line.lstrip(" \t"))) :]


def indent(pieces: Sequence[str | T]) -> int:
    """How many blanks all lines begin with, but for those that hold nothing else."""
    widths: list[int] = []
    at_start = True
    for number, piece in enumerate(pieces):
        if not isinstance(piece, str):
            if at_start:
                widths.append(0)
            at_start = False
            continue
        lines = piece.splitlines(keepends=True)
        for place, line in enumerate(lines):
            blank = not line.strip()
            followed = place == len(lines) - 1 and not line.endswith("\n")
            goes_on = followed and number < len(pieces) - 1
            if (place or at_start) and (not blank or goes_on):
                widths.append(len(line) - len(line.lstrip(" \t")))
        at_start = piece.endswith("\n")
    return min(widths, default=0)


def unescaped(text: str) -> str:
    """A quoted text as it is meant."""
    if "\\" not in text and "{" not in text:
        return text
    return undoubled(_ESCAPE.sub(lambda match: _meant(match[0][1:]), text))


def _meant(escape: str) -> str:
    if escape in _SINGLE:
        return _SINGLE[escape]
    number = int(escape[1:], 16)
    return chr(number) if number <= 0x10FFFF else "?"


def undoubled(text: str) -> str:
    """A text with `$${` as the `${` that it comes out as."""
    return _DOUBLED.sub(r"\1{", text)
