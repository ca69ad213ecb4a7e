"""What fixes would change, for people in a sentence, and as JSON for machines.

`diff-schema.json` beside this file describes the JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lamlint.report.diff import Patch, unapplied
from lamlint.report.formats.json import left_out
from lamlint.report.json_text import json_text
from lamlint.report.report import Note, Report
from lamlint.report.terminal.closing import amount, fixes_made
from lamlint.text.dataclass import dataclass

VERSION = 1


@dataclass(frozen=True)
class Changed:
    """A file that fixes change. `named` says whether the names in its difference are its own."""

    path: str
    patch: Patch
    named: bool

    @property
    def applies(self) -> bool:
        """Whether a program can apply all of its difference."""
        return self.named and not self.patch.covered


@dataclass(frozen=True)
class Planned:
    """A finding that has a fix: what that does, and why it is not made if it is not.

    No part of it holds a secret in clear.
    """

    rule: str
    path: str
    line: int
    functions: tuple[str, ...]
    title: str
    safety: str
    reason: str = ""


@dataclass(frozen=True)
class Preview:
    """All that a run with --fix would do. `left` reports on what it would leave."""

    files: tuple[Changed, ...]
    fixes: tuple[Planned, ...]
    not_made: tuple[Planned, ...]
    left: Report


@dataclass(frozen=True)
class Accepted:
    """What a run would write that accepts findings, and the sentences on those it cannot.

    `count` findings would be suppressed, or recorded in a baseline.
    """

    files: tuple[Changed, ...]
    count: int
    refused: tuple[str, ...]
    unread: tuple[Note, ...]


def summary(preview: Preview) -> list[str]:
    """How much would be fixed, and what would be left, in lines."""
    report = preview.left
    if preview.files:
        files = amount(len(preview.files), "file")
        told = [f"Would fix {amount(report.fixes.promised, 'finding')} in {files}"]
        more = report.fixes.followed
        told += [f"{more} more would come up on the way and be fixed too"] if more else []
    else:
        told = ["Would fix nothing"]
    return [
        f"{'; '.join([*told, _left(report)])}.",
        *fixes_made(report)[bool(report.fixes.mended) :],
    ]


def would_accept(accepted: Accepted, verb: str) -> str:
    """How many findings would be suppressed or recorded, and where, in one line."""
    if not accepted.files:
        return f"Would {verb} nothing new."
    files = amount(len(accepted.files), "file")
    return f"Would {verb} {amount(accepted.count, 'finding')} in {files}."


def _left(report: Report) -> str:
    counts = report.counts
    if not counts.findings:
        return "nothing would be left"
    left = f"{amount(counts.findings, 'finding')} would be left"
    more = counts.unsafe and not report.unsafe_fixes
    return f"{left}, {counts.unsafe} of them for --unsafe-fixes" if more else left


def not_applied(files: Iterable[Changed]) -> Iterator[str]:
    """Where a covered secret keeps a difference from being applied."""
    for file in files:
        for first, last in file.patch.covered:
            where = f"line {first}" if first == last else f"lines {first} to {last}"
            yield (
                f"{file.path}: a secret is covered in {where}, so no program can apply the"
                " difference there; without --diff it is written"
            )


def render_json(preview: Preview) -> str:
    """One JSON object; paths relative to the working directory, lines from 1."""
    counts, fixes = preview.left.counts, preview.left.fixes
    document = {
        "version": VERSION,
        "files": [_file(file) for file in preview.files],
        "fixes": [_fix(fix) for fix in preview.fixes],
        "not_fixed": [{**_fix(fix), "reason": fix.reason} for fix in preview.not_made],
        "unread": [left_out(note) for note in preview.left.unread],
        "summary": {
            "fixed": fixes.promised,
            "followed": fixes.followed,
            "files": len(preview.files),
            "left": counts.findings,
            "left_unsafe": counts.unsafe,
        },
    }
    return json_text(document)


def render_accepted_json(accepted: Accepted) -> str:
    """One JSON object for a run that accepts what it finds."""
    document = {
        "version": VERSION,
        "files": [_file(file) for file in accepted.files],
        "accepted": accepted.count,
        "refused": list(accepted.refused),
        "unread": [left_out(note) for note in accepted.unread],
    }
    return json_text(document)


def _file(file: Changed) -> dict[str, object]:
    covered = [{"line": first, "end_line": last} for first, last in file.patch.covered]
    return {
        "path": file.path,
        "patch": file.patch.text if file.named else unapplied(file.patch.text),
        "applies": file.applies,
        "covered": covered,
    }


def _fix(fix: Planned) -> dict[str, object]:
    return {
        "rule": fix.rule,
        "path": fix.path,
        "line": fix.line,
        "functions": list(fix.functions),
        "title": fix.title,
        "safety": fix.safety,
    }
