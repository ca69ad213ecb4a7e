"""Which names a text may be that the code makes up: `f"handlers.{kind}"`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from lamlint.model.parts import Literal, Part, Variable
from lamlint.python.values.alternatives import Text

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis

Pieces: TypeAlias = "tuple[str | None, ...]"
"""A text in pieces: what is written, and None for anything."""


def spelled(analysis: Analysis, text: Text) -> Iterator[Pieces]:
    """The choices of a text, with the variables of the environment that are known."""
    for choice in text.choices:
        yield tuple(_piece(analysis, part) for part in choice)


def _piece(analysis: Analysis, part: Part) -> str | None:
    if isinstance(part, Literal):
        return part.text
    variable = part.taken_from
    if not isinstance(variable, Variable):
        return None
    value = analysis.variable(variable.name)
    if value is not None and value.known and value.only is not None:
        return value.only
    return variable.default if value is None else None


def fits(pieces: Pieces, name: str) -> bool:
    """Whether a text may be a name: what is written of it stands there in its order."""
    if None not in pieces:
        return name == "".join(piece or "" for piece in pieces)
    place = 0
    end = len(name) - len(pieces[-1] or "")
    if pieces[0] and not name.startswith(pieces[0]):
        return False
    if pieces[-1] and not name.endswith(pieces[-1]):
        return False
    for piece in pieces[:-1]:
        place = name.find(piece, place, end) + len(piece) if piece else place + (piece is None)
        if piece and place < len(piece):
            return False
    return place + (pieces[-1] is None) <= end


def modules(pieces: Pieces, within: Callable[[str], Sequence[str]]) -> list[str]:
    """The dotted names that a text may be, by the names that each package holds.

    Each piece that is not known stands for one name, or a part of one. Nothing where nothing
    is written of any of them.
    """
    if not any(piece and piece.strip(".") for piece in pieces):
        return []
    found = [""]
    for segment in _segments(pieces):
        known = None not in segment
        written = "".join(piece or "" for piece in segment)
        found = [
            f"{package}.{name}".lstrip(".")
            for package in found
            for name in ((written,) if known else within(package))
            if known or fits(segment, name)
        ]
    return found


def _segments(pieces: Pieces) -> list[Pieces]:
    """The pieces of each of the names that dots divide."""
    segments: list[list[str | None]] = [[]]
    for piece in pieces:
        if piece is None:
            segments[-1].append(None)
            continue
        first, *others = piece.split(".")
        segments[-1].append(first)
        segments.extend([one] for one in others)
    return [tuple(segment) for segment in segments]
