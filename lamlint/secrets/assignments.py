"""Names and values next to each other in any text: code, YAML, JSON, TOML, `.env`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORDS = r"(?i:pass|pwd|secret|token|credential|key|conn(?:ection)?_?str|jwt)"
_HINT = re.compile(_WORDS)
_PAIR = re.compile(
    r"""(?x)
    (?<![\w.-]) (?P<name>[\w.-]{0,50}?WORDS[\w.-]{0,50}) ["']?\]? \s{0,8}
    (?: : \s{0,4} [A-Za-z_][\w.\[\], |]{0,40} \s{0,4} (?==) )?          # an annotation
    (?: = | : | , | => ) \s{0,40} \(? \s{0,40} [rRbBuU]{0,2}
    (?: "(?P<double>(?:[^"\\\n]|\\.){1,600})" | '(?P<single>(?:[^'\\\n]|\\.){1,600})'
      | (?! [\w.]+ \( ) (?P<bare>[^\s"'\[\]{}(),;\#][^\s"',;]{0,600}) )
    """.replace("WORDS", _WORDS)
)


@dataclass(frozen=True, slots=True, repr=False)
class Assignment:
    """A name, and where its value stands in the text."""

    name: str
    value: str
    start: int
    end: int
    quoted: bool

    def __repr__(self) -> str:
        return f"Assignment({self.name!r}, {self.start}:{self.end})"


def assignments(text: str) -> Iterator[Assignment]:
    """Every value that stands next to a name that could be a secret's.

    A filter, not a parser: it sees what is not code too, so ask the syntax of
    the file before believing it.
    """
    if not _HINT.search(text):
        return
    for hit in _PAIR.finditer(text):
        group = hit.lastgroup or "bare"
        start, end = hit.span(group)
        yield Assignment(hit["name"], hit[group], start, end, group != "bare")
