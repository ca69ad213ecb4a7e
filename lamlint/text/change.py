"""Joining the edits of several fixes into one change of each file."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from enum import Enum
from itertools import pairwise, takewhile

from lamlint.text.dataclass import dataclass
from lamlint.text.edit import Edit, Fix
from lamlint.text.regex import Regex
from lamlint.text.source import Source
from lamlint.text.span import Span

_KEY_ENDS = frozenset(":={")
"""What stands between a key, or the head of a block, and what is written under it."""
_LINE_END = Regex(r"\r\n|\n")
_BARE_LINE_END = Regex(r"(?<!\r)\n")


class Joined(Enum):
    """What became of a fix that was to join others."""

    TAKEN = "taken"
    WAITING = "waiting"
    """It touches what an earlier fix changes; offsets are right again in the next pass."""
    REFUSED = "refused"
    """It can never be made: it changes nothing, contradicts itself, or its file cannot hold it."""


@dataclass
class _File:
    """The edits taken for one file. Insertions at one offset are kept in their order."""

    source: Source
    spans: list[Span] = field(default_factory=list)
    texts: dict[Span, list[str]] = field(default_factory=dict)

    def holds(self, edit: Edit) -> bool:
        return edit.text in self.texts.get(edit.span, ())

    def free(self, edit: Edit) -> bool:
        """Whether an edit meets none that is taken, not even across white space.

        Of insertions at one place that begin with the same key, only the first is made.
        Whole lines may be taken out one beside the other: no text grows together.
        """
        if edit.span in self.texts:
            taken = self.texts[edit.span]
            same_key = any(_same_key(edit.text, other) for other in taken)
            return edit.span.start == edit.span.end and not same_key
        place = bisect.bisect_left(self.spans, edit.span)
        return all(self._apart(edit, other) for other in self.spans[max(place - 1, 0) : place + 1])

    def _apart(self, edit: Edit, other: Span) -> bool:
        first, second = sorted((edit.span, other))
        if first.end > second.start:
            return False
        removed = not edit.text and not any(self.texts[other])
        if removed and self._whole_lines(edit.span) and self._whole_lines(other):
            return True
        return first.end < second.start and bool(self.source.text[first.end : second.start].strip())

    def _whole_lines(self, span: Span) -> bool:
        """Whether a span leads from the text of one line to that of another, indents left out."""
        return self._starts_line(span.start) and self._starts_line(span.end)

    def _starts_line(self, place: int) -> bool:
        text = self.source.text
        while place and text[place - 1] in " \t":
            place -= 1
        return place == 0 or text[place - 1] in "\r\n"

    def take(self, edit: Edit) -> None:
        if edit.span not in self.texts:
            bisect.insort(self.spans, edit.span)
        self.texts.setdefault(edit.span, []).append(edit.text)

    def result(self) -> str:
        pieces: list[str] = []
        done = 0
        for span in self.spans:
            pieces += [self.source.text[done : span.start], *self.texts[span]]
            done = span.end
        return "".join([*pieces, self.source.text[done:]])


class Change:
    """A growing set of fixes over some files that do not get in each other's way.

    `read` gives a file's present text, or None when there is none.
    """

    def __init__(self, read: Callable[[str], Source | None]) -> None:
        self._read = read
        self._files: dict[str, _File] = {}
        self._groups: set[str] = set()

    def join(self, fix: Fix) -> Joined:
        """Take a fix whole, or leave it out whole."""
        edits = self._adapted(fix.edits)
        if edits is None:
            return Joined.REFUSED
        if fix.group and fix.group in self._groups:
            return Joined.WAITING
        new = [edit for edit in edits if not self._files[edit.span.path].holds(edit)]
        if not all(self._files[edit.span.path].free(edit) for edit in new):
            return Joined.WAITING
        for edit in new:
            self._files[edit.span.path].take(edit)
        if fix.group:
            self._groups.add(fix.group)
        return Joined.TAKEN

    def _adapted(self, edits: Iterable[Edit]) -> list[Edit] | None:
        """The edits as their files can hold them; None when they cannot be made."""
        adapted: list[Edit] = []
        for edit in dict.fromkeys(edits):
            file = self._file(edit.span.path)
            if file is None or not _within(edit.span, file.source):
                return None
            text = _fitting(edit.text, file.source)
            if text is None:
                return None
            adapted.append(Edit(edit.span, text))
        changes = [edit for edit in adapted if not self._is_idle(edit)]
        return changes if changes and not _overlapping(changes) else None

    def _is_idle(self, edit: Edit) -> bool:
        text = self._files[edit.span.path].source.text
        return text[edit.span.start : edit.span.end] == edit.text

    def _file(self, path: str) -> _File | None:
        if path not in self._files:
            source = self._read(path)
            if source is None:
                return None
            self._files[path] = _File(source)
        return self._files[path]

    def sources(self) -> Mapping[str, Source]:
        """The changed files as they were before this change."""
        return {path: file.source for path, file in self._files.items() if file.spans}

    def texts(self) -> Mapping[str, str]:
        """The new text of every changed file, by path."""
        return {path: file.result() for path, file in self._files.items() if file.spans}


def _same_key(one: str, other: str) -> bool:
    """Whether two texts begin with the same key, name or block."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return any(character in _KEY_ENDS for character, _ in same)


def _within(span: Span, source: Source) -> bool:
    return 0 <= span.start <= span.end <= len(source.text)


def _fitting(text: str, source: Source) -> str | None:
    """The text with the file's line ends; None when its encoding lacks a character.

    A file with mixed line ends is left to the edit: whatever stood in the
    edited part has to stay as it was.
    """
    try:
        text.encode(source.encoding)
    except (UnicodeEncodeError, LookupError):
        return None
    if source.newline != "\r\n" or source.once(_BARE_LINE_END, lambda: _mixed(source.text)):
        return text
    return _LINE_END.sub("\r\n", text)


def _mixed(text: str) -> bool:
    return _BARE_LINE_END.search(text) is not None


def _overlapping(edits: list[Edit]) -> bool:
    """Whether edits of one fix contradict each other; two insertions at one place do not."""
    ordered = sorted(edits)
    return any(
        one.span.path == other.span.path
        and (
            other.span.start < one.span.end
            or (one.span == other.span and one.span.start != one.span.end)
        )
        for one, other in pairwise(ordered)
    )
