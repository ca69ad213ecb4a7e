"""The only forms in which a secret may be shown."""

from __future__ import annotations

import hashlib

from lamlint.secrets.assignments import assignments
from lamlint.secrets.covering import Words, covered, shown
from lamlint.secrets.loose import places
from lamlint.secrets.search import find
from lamlint.secrets.spare_keys import spare_keys
from lamlint.secrets.values import suspicious

_STARS = 8
_LEAST_WORD = 6


def redact(text: str, length: int | None = None) -> str:
    """Its first characters, four at most and a third at most, and its length.

    A secret that is joined from several literals is longer or shorter than
    what stands in the text, and says so by `length`.
    """
    text = text.strip()
    number = len(text) if length is None else length
    return f"{text[: shown(number)]}{'*' * _STARS}, {number:,} characters"


def same(secret: str) -> str:
    """What the findings of one secret have in common: it is replaced once, wherever it stands."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def mask(text: str) -> str:
    """The text with every secret in it covered, at its old length.

    Offsets, lines and columns stay as they are, so that a frame cut out of
    the masked text still fits its carets.
    """
    spans = [(match.start, match.end) for match in find(text)]
    spans += [
        (pair.start, pair.end) for pair in assignments(text) if suspicious(pair.name, pair.value)
    ]
    spans += places(text)
    spans += [(one.start, one.end) for one in spare_keys(text)]
    # It may stand in the same text once more: as the user's name, in a comment.
    words = {text[start:end] for start, end in spans}
    again = [w for w in words if len(w) >= _LEAST_WORD and any(letter.isdigit() for letter in w)]
    return Words.of(again).covered(covered(text, spans)) if spans else text
