"""Findings as they are kept: what a report shows of them, and no text of the project's files.

What a fix writes is told by the places at which the same words stand in the file that it changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

from lamlint.text import (
    Edit,
    Finding,
    Fix,
    Loosely,
    Related,
    Safety,
    Severity,
    Source,
    Span,
    Unreadable,
)
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

Read: TypeAlias = "Callable[[str], Source | Unreadable]"
Part: TypeAlias = "str | list[int]"
Written: TypeAlias = "list[Any]"

_WORD = Regex(r"\w{1,60}|[^\w\s]|\s{1,60}")
_SHORT = 2


class UnfitError(Exception):
    """Something must not be kept, or what was kept does not fit any more."""


@dataclass(frozen=True)
class Writing:
    """Writes findings down. `hides` says of a sentence that it holds what is never shown."""

    read: Read
    hides: Callable[[str], bool]

    def of(self, finding: Finding) -> Written:
        """A finding as it is kept. Raises UnfitError."""
        if any(map(self.hides, _sentences(finding))):
            raise UnfitError
        return [
            finding.message,
            _of_span(finding.span),
            [_of_note(one) for one in finding.related],
            [_of_note(one) for one in finding.flow],
            None if finding.fix is None else self._of_fix(finding.fix),
            None if finding.severity is None else int(finding.severity),
            list(finding.subjects),
            finding.rule,
            finding.cause,
            finding.surely,
            finding.also,
            [finding.loosely.message, finding.loosely.weight],
        ]

    def _of_fix(self, fix: Fix) -> Written:
        edits = [[_of_span(one.span), self._parts(one)] for one in fix.edits]
        return [fix.title, int(fix.safety), edits, fix.group, fix.left]

    def _parts(self, edit: Edit) -> list[Part]:
        """The text of an edit, in parts: what stands in the file is told by its place."""
        parts = list(_joined(_apart(edit.text, self._text(edit.span.path))))
        if any(self.hides(part) for part in parts if isinstance(part, str)):
            raise UnfitError
        return parts

    def _text(self, path: str) -> str:
        return text_in(self.read, path)


def text_in(read: Read, path: str) -> str:
    """The text of a file. Raises UnfitError."""
    source = read(path)
    if isinstance(source, Unreadable):
        raise UnfitError
    return source.text


def _sentences(finding: Finding) -> Iterator[str]:
    """All that a finding says in words, and the names in it."""
    yield finding.message
    yield finding.surely
    yield finding.also
    yield finding.loosely.message
    yield from (finding.cause, finding.span.path, *finding.subjects)
    for note in (*finding.related, *finding.flow):
        yield from (note.message, note.span.path)
    if finding.fix is not None:
        yield finding.fix.title
        yield finding.fix.left
        yield finding.fix.group


def changed(findings: Sequence[Finding]) -> frozenset[str]:
    """The files that the fixes of some findings change."""
    return frozenset(
        edit.span.path for one in findings if one.fix is not None for edit in one.fix.edits
    )


def _apart(text: str, held: str) -> Iterator[Part]:
    """A text word by word: each that is long, and stands in another text, by its place there."""
    at = near = 0
    while at < len(text):
        word = _word(text, at)
        place = held.find(word, near) if len(word) > _SHORT else -1
        if place < 0 and len(word) > _SHORT:
            place = held.find(word)
        if place < 0:
            yield word
            at += len(word)
            continue
        length = _alike(text, at, held, place)
        yield [place, place + length]
        at, near = at + length, place + length


def _word(text: str, at: int) -> str:
    found = _WORD.match(text, at)
    return found[0] if found else text[at]


def _alike(text: str, at: int, held: str, place: int) -> int:
    """For how many characters two texts are alike from two places on."""
    most = min(len(text) - at, len(held) - place)
    length = 0
    while length < most and text[at + length] == held[place + length]:
        length += 1
    return length


def _joined(parts: Iterator[Part]) -> Iterator[Part]:
    """The same with what stands by itself in one."""
    words = ""
    for part in parts:
        if isinstance(part, str):
            words += part
            continue
        if words:
            yield words
        words = ""
        yield part
    if words:
        yield words


def _of_span(span: Span) -> list[Any]:
    return [span.path, span.start, span.end]


def _of_note(note: Related) -> list[Any]:
    return [*_of_span(note.span), note.message]


def finding_of(written: Written, read: Read) -> Finding:
    """A finding as it was found. Raises UnfitError."""
    message, span, related, flow, fix, severity, subjects, rule, cause, *said = written
    surely, also, loosely = said
    return Finding(
        message,
        Span(*span),
        tuple(Related(Span(*one[:3]), one[3]) for one in related),
        tuple(Related(Span(*one[:3]), one[3]) for one in flow),
        None if fix is None else _fix(fix, read),
        None if severity is None else Severity(severity),
        tuple(subjects),
        rule,
        cause,
        surely,
        also,
        Loosely(*loosely),
    )


def _fix(written: Written, read: Read) -> Fix:
    title, safety, edits, group, left = written
    made = tuple(Edit(Span(*span), _whole(parts, text_in(read, span[0]))) for span, parts in edits)
    return Fix(title, Safety(safety), made, group, left)


def _whole(parts: Sequence[Part], held: str) -> str:
    return "".join(part if isinstance(part, str) else held[slice(*part)] for part in parts)
