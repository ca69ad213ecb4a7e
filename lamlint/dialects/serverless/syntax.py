"""How variables are written: `${source(parameters):address, fallback}`, one in another.

What only looks like one stays text: `${AWS::Region}` and `${Queue.Arn}` are CloudFormation's.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TypeAlias

from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

DEEPEST = 8
"""Variables that stand deeper in each other are not read."""
MOST = 20
"""Nor are variables with more sources."""

_OPENING = Regex(
    r"\$\{[ \t\r\n]{0,200}(?:(?=[A-Za-z][\w.-]{0,60}(?:\(|:(?!:)))|(?=['\"]|\$\{|[-+]?\d))"
)
"""The beginning of a variable: a source, a literal, or another variable."""
_SOURCE = Regex(r"[A-Za-z][\w.-]{0,60}(?=[(:])")
_PLAIN = Regex(r"[^\s,${}'\"()]{1,200}")
_BLANKS = Regex(r"[ \t\r\n]{0,200}")
_QUOTED = Regex(r"'[^']*'|\"[^\"]*\"")


@dataclass(frozen=True, slots=True)
class Constant:
    """A text or a number in a variable: what it says, and where it stands with its quotes."""

    text: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A source that is asked for an address: `file(config.yml):table.name`."""

    source: str
    parameters: Text
    address: Text


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable: its sources, of which each stands in for those before it."""

    start: int
    end: int
    sources: tuple[Source, ...]


Source: TypeAlias = "Constant | Reference | Variable"
Text: TypeAlias = "tuple[str | Variable, ...]"


def parse(text: str) -> Text | None:
    """The pieces of a text; None where variables stand too deep in each other, or are too long.

    A text in which one is opened and not closed has no variables.
    """
    if "${" not in text:
        return (text,) if text else ()
    try:
        return _Parser(text).pieces("", 0)
    except _TooDeepError:
        return None
    except _NotClosedError:
        return (text,)


def plain_text(text: Text) -> str:
    """A text that has no variables in it; else nothing."""
    (first, *others) = text or ("",)
    return first if isinstance(first, str) and not others else ""


class _NotClosedError(Exception):
    """A variable that has no end, or whose inside cannot be read."""


class _TooDeepError(Exception):
    """Variables that stand too deep in each other."""


class _Parser:
    """Reads a text once, from its start to its end."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def pieces(self, ends: str, depth: int) -> Text:
        """The pieces up to one of some characters; up to the end of the text, without any."""
        found: list[str | Variable] = []
        start = self._at
        while self._at < len(self._text) and self._text[self._at] not in ends:
            if self._opens():
                found.append(self._text[start : self._at])
                found.append(self._variable(depth))
                start = self._at
            else:
                self._at += 1
        found.append(self._text[start : self._at])
        return tuple(piece for piece in found if piece)

    def _opens(self) -> bool:
        return self._text.startswith("${", self._at) and bool(_OPENING.match(self._text, self._at))

    def _variable(self, depth: int) -> Variable:
        if depth >= DEEPEST:
            raise _TooDeepError
        start = self._at
        self._at += 2
        sources = tuple(itertools.islice(self._sources(depth + 1), MOST + 1))
        if len(sources) > MOST:
            raise _TooDeepError
        return Variable(start, self._at, sources)

    def _sources(self, depth: int) -> Iterator[Source]:
        while True:
            self._skip_blanks()
            yield self._source(depth)
            self._skip_blanks()
            mark = self._text[self._at : self._at + 1]
            if mark not in (",", "}"):
                raise _NotClosedError
            self._at += 1
            if mark == "}":
                return

    def _source(self, depth: int) -> Source:
        if self._opens():
            return self._variable(depth)
        named = _SOURCE.match(self._text, self._at)
        return self._literal() if named is None else self._reference(named.group(), depth)

    def _reference(self, source: str, depth: int) -> Reference:
        self._at += len(source)
        parameters: Text = ()
        if self._text[self._at] == "(":
            self._at += 1
            parameters = self.pieces(")", depth)
            self._at += 1
        if self._text[self._at : self._at + 1] != ":":
            return Reference(source, parameters, ())
        self._at += 1
        self._skip_blanks()
        return Reference(source, parameters, _stripped(self.pieces(",}", depth)))

    def _literal(self) -> Constant:
        start = self._at
        quoted = _QUOTED.match(self._text, start)
        plain = _PLAIN.match(self._text, start) if quoted is None else quoted
        if plain is None:
            raise _NotClosedError
        self._at = plain.end()
        written = plain.group()
        if quoted is not None:
            return Constant(written[1:-1], start, self._at, written[0])
        return Constant(written, start, self._at, "")

    def _skip_blanks(self) -> None:
        blanks = _BLANKS.match(self._text, self._at)
        self._at = blanks.end() if blanks is not None else self._at


def _stripped(pieces: Text) -> Text:
    """An address without the blanks before a comma or the end."""
    if not pieces or not isinstance(pieces[-1], str):
        return pieces
    last = pieces[-1].rstrip()
    return (*pieces[:-1], last) if last else pieces[:-1]
