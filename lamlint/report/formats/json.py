"""JSON for machines, versioned; `schema.json` beside this file describes it."""

from __future__ import annotations

from lamlint.report.json_text import json_text
from lamlint.report.places import Place
from lamlint.report.report import Change, Counts, Item, Note, Repair, Report
from lamlint.report.terminal.style import Style
from lamlint.text import Safety

VERSION = 1


def render(report: Report, _style: Style) -> str:
    """One JSON object; paths relative to the working directory, lines and columns from 1."""
    document = {
        "version": VERSION,
        "findings": [_finding(item) for item in report.items],
        "unread": [left_out(note) for note in report.unread],
        "relaxed": [left_out(note) for note in report.relaxed],
        "unsized": [left_out(note) for note in report.unsized],
        "summary": _summary(report.counts),
    }
    return json_text(document)


def _finding(item: Item) -> dict[str, object]:
    return {
        "rule": item.rule,
        "family": item.family,
        "severity": item.severity.label,
        **_place(item.place),
        "message": item.message,
        "functions": list(item.functions),
        "related": [
            *(_note(note, "place") for note in item.related),
            *(_note(note, "call") for note in item.flow),
        ],
        "fix": _fix(item.fix) if item.fix else None,
        "url": item.url,
        "fingerprint": item.fingerprint,
    }


def _place(place: Place) -> dict[str, object]:
    return {
        "path": place.shown,
        "line": place.start.line,
        "column": place.start.column,
        "end_line": place.end.line,
        "end_column": place.end.column,
    }


def _note(note: Note, kind: str) -> dict[str, object]:
    return {"kind": kind, **_place(note.place), "message": note.message}


def left_out(note: Note) -> dict[str, object]:
    """A place with the reason why it was not, or not wholly, looked at."""
    return {"path": note.place.shown, "line": note.place.start.line, "reason": note.message}


def _fix(fix: Repair) -> dict[str, object]:
    safety = fix.safety if fix.whole else Safety.DISPLAY
    edits = [_edit(change) for change in fix.changes]
    return {"title": fix.title, "safety": safety.label, "edits": edits}


def _edit(change: Change) -> dict[str, object]:
    return {**_place(change.place), "text": change.text}


def _summary(counts: Counts) -> dict[str, int]:
    return {
        "findings": counts.findings,
        "error": counts.errors,
        "warning": counts.warnings,
        "information": counts.informations,
        "suppressed": counts.suppressed,
        "baselined": counts.baselined,
        "fixed": counts.fixed,
        "fixable_safe": counts.safe,
        "fixable_unsafe": counts.unsafe,
        "files": counts.files,
        "functions": counts.functions,
    }
