"""What the Python API gives: plain frozen data, secrets covered, named as in the JSON report."""

from __future__ import annotations

from collections.abc import Iterable

from lamlint import report as told
from lamlint.text import Safety, Severity
from lamlint.text.dataclass import dataclass


@dataclass(frozen=True, order=True)
class Place:
    """A place in a file.

    `path` is relative to the root that was given, with forward slashes. Lines and columns count
    from 1, columns in code points, and ends are exclusive.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        """The place as people write it, `path:line:column`."""
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Note:
    """A place, with a sentence about it."""

    place: Place
    message: str


@dataclass(frozen=True)
class Edit:
    """A new text for a place; empty to delete what is there."""

    place: Place
    text: str


@dataclass(frozen=True)
class Fix:
    """A repair: all of its edits are made, or none.

    One whose text would show a secret has it covered, and is for display only.
    """

    title: str
    safety: Safety
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class Finding:
    """One thing found at one place.

    `functions` are the names of the Lambda functions that it is about.
    `related` are places that explain it, `flow` is the way from a handler to
    the place, call by call. `fingerprint` stays the same when lines move.
    """

    rule: str
    family: str
    severity: Severity
    place: Place
    message: str
    functions: tuple[str, ...]
    related: tuple[Note, ...]
    flow: tuple[Note, ...]
    fix: Fix | None
    url: str
    fingerprint: str


@dataclass(frozen=True)
class Report:
    """All that a check found, in the order of places, and what it could not know.

    `unread` is what would have been read and was not, with the reasons:
    findings may be missing there. `relaxed` are the configurations of folders
    that check less than the one around them, `unsized` what asks for large
    packages of which nothing says how large they are. `suppressed` and
    `baselined` count the findings that comments and the baseline leave out;
    `files` were looked at, and `functions` found.
    """

    findings: tuple[Finding, ...]
    unread: tuple[Note, ...]
    relaxed: tuple[Note, ...]
    unsized: tuple[Note, ...]
    suppressed: int
    baselined: int
    files: int
    functions: int
    version: str
    """That of lamlint."""

    @property
    def worst(self) -> Severity | None:
        """The worst severity of what was found; None where nothing was."""
        return max((finding.severity for finding in self.findings), default=None)


def plain(whole: told.Report) -> Report:
    """A report as plain data."""
    return Report(
        findings=tuple(map(_finding, whole.items)),
        unread=_notes(whole.unread),
        relaxed=_notes(whole.relaxed),
        unsized=_notes(whole.unsized),
        suppressed=whole.counts.suppressed,
        baselined=whole.counts.baselined,
        files=whole.counts.files,
        functions=whole.counts.functions,
        version=whole.version,
    )


def _finding(item: told.Item) -> Finding:
    return Finding(
        rule=item.rule,
        family=item.family,
        severity=item.severity,
        place=_place(item.place),
        message=item.message,
        functions=item.functions,
        related=_notes(item.related),
        flow=_notes(item.flow),
        fix=None if item.fix is None else _fix(item.fix),
        url=item.url,
        fingerprint=item.fingerprint,
    )


def _notes(notes: Iterable[told.Note]) -> tuple[Note, ...]:
    return tuple(Note(_place(note.place), note.message) for note in notes)


def _fix(fix: told.Repair) -> Fix:
    safety = fix.safety if fix.whole else Safety.DISPLAY
    edits = tuple(Edit(_place(change.place), change.text) for change in fix.changes)
    return Fix(fix.title, safety, edits)


def _place(place: told.Place) -> Place:
    start, end = place.start, place.end
    return Place(place.shown, start.line, start.column, end.line, end.column)
