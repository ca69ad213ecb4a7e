"""Lines of files that a report quotes: of them only the places are kept, and not the text.

A report for people has them in frames: an arrow tells the file, and a bar each line. SARIF has
them as snippets. What was covered in a line, or left out, stays as it was shown.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from lamlint.files.opening import ReadError, read
from lamlint.text.decode import decode
from lamlint.text.regex import Regex
from lamlint.text.source import Source

Part: TypeAlias = "str | list[int]"
"""Text, or what stands in a file: its number, and where in it that begins and ends."""

_LARGEST = 50_000_000
_LOOK = Regex(r"\x1b\[[0-9;]*m")
_ARROW = Regex(r" *--> (?P<file>.+):[0-9]+:[0-9]+")
_BAR = Regex(r" *(?P<line>[0-9]+) \| ?")
_URI = Regex(r' *"uri": "(?P<file>[^"]+)"')
_START = Regex(r' *"startLine": (?P<line>[0-9]+),')
_SNIPPET = Regex(r' *"snippet": \{')
_WORD = Regex(r"[^\s*\"\\]+")


class _Quotes:
    """What is quoted of which file, and each file read when it is first asked for."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._known: dict[str, Source | None] = {}

    @property
    def files(self) -> list[str]:
        """The files that are quoted, in the order of their numbers."""
        return [*self._numbers]

    def source(self, file: str) -> Source | None:
        """The text of a file; None of what is no text."""
        if file not in self._known:
            try:
                source = decode(file, read(file, _LARGEST))
            except ReadError:
                source = None
            self._known[file] = source if isinstance(source, Source) else None
        return self._known[file]

    def words(self, shown: str, start: int, file: str, number: int, last: int) -> Iterator[Part]:
        """The parts of a text that quotes from its `start` on, word for word from some lines.

        Raises LookupError where there are no such lines.
        """
        source = self.source(file)
        if source is None or not 0 < number <= source.line_count:
            raise LookupError
        at, end = source.offset(number), source.end(min(max(number, last), source.line_count))
        done = start
        yield shown[:start]
        for word in _pieces(shown, start, source.text[at:end]):
            begin = source.text.find(word, at, end)
            place = shown.index(word, done)
            if begin >= 0:
                at = begin + len(word)
                yield shown[done:place]
                yield [self._number(file), begin, at]
                done = place + len(word)
        yield shown[done:]

    def _number(self, file: str) -> int:
        return self._numbers.setdefault(file, len(self._numbers))


def _pieces(shown: str, start: int, quoted: str) -> Iterator[str]:
    """What may stand in a file as it is shown: all of it, else its words."""
    whole = shown[start:].strip()
    if whole and whole in quoted:
        yield whole
    else:
        yield from (word[0] for word in _WORD.finditer(shown, start))


def apart(text: str) -> tuple[list[str], list[Part]] | None:
    """The files that a report quotes, and its text with the places of what is theirs.

    None where that cannot be told apart.
    """
    quotes = _Quotes()
    try:
        found = _snippets(text, quotes) if text.startswith("{") else _frames(text, quotes)
        parts = _joined(found)
    except LookupError:
        return None
    return (quotes.files, parts) if together(quotes.files, parts) == text else None


def _frames(text: str, quotes: _Quotes) -> Iterator[Part]:
    file = ""
    for line in text.splitlines(keepends=True):
        plain = _LOOK.sub("", line.rstrip("\n"))
        if arrow := _ARROW.fullmatch(plain):
            file = os.path.abspath(arrow["file"])
        bar = _BAR.match(plain)
        if bar is None or not file:
            yield line
        else:
            number = int(bar["line"])
            yield from quotes.words(line, line.index("|") + 1, file, number, number)


def _snippets(text: str, quotes: _Quotes) -> Iterator[Part]:
    file, number, quoting = "", 0, False
    for line in text.splitlines(keepends=True):
        if uri := _URI.match(line):
            file = _found(uri["file"])
        elif start := _START.match(line):
            number = int(start["line"])
        if quoting:
            last = number + line.count("\\n") + line.count("\\r")
            yield from quotes.words(line, line.index(": ") + 3, file, number, last)
        else:
            yield line
        quoting = _SNIPPET.match(line) is not None


def _found(uri: str) -> str:
    """The file that a report for programs names from the project's root, or the checkout's."""
    from urllib.parse import unquote

    path = unquote(uri)
    roots = (os.environ.get("GITHUB_WORKSPACE", ""), "")
    paths = [os.path.abspath(os.path.join(root, path)) for root in roots]
    return next(filter(os.path.isfile, paths), "")


def _joined(parts: Iterator[Part]) -> list[Part]:
    """The same parts, with texts that follow each other in one."""
    joined: list[Part] = []
    texts: list[str] = []
    for part in parts:
        if isinstance(part, str):
            texts.append(part)
        else:
            joined += ["".join(texts), part]
            texts = []
    return [*joined, "".join(texts)]


def together(files: Sequence[str], parts: Sequence[Part]) -> str | None:
    """The text again, from the files as they are; None where one cannot be read."""
    quotes = _Quotes()
    text = []
    for part in parts:
        if isinstance(part, str):
            text.append(part)
            continue
        file, begin, end = part
        source = quotes.source(files[file])
        if source is None:
            return None
        text.append(source.text[begin:end])
    return "".join(text)
