"""A report as people may be shown it: every text of the project in it is visible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from lamlint.report.places import Place
from lamlint.report.report import Fixes, Item, Note, Repair, Report
from lamlint.text.visible import visible, visible_lines


def shown(report: Report) -> Report:
    """The report for people. Only the lines of files are left: frames show them by cells."""
    return replace(
        report,
        items=tuple(map(_item, report.items)),
        fixes=_fixes(report.fixes),
        unread=_notes(report.unread),
        relaxed=_notes(report.relaxed),
        frameworks=_notes(report.frameworks),
        unsized=_notes(report.unsized),
        passed_over=_notes(report.passed_over),
    )


def _fixes(fixes: Fixes) -> Fixes:
    mended: Counter[tuple[str, str]] = Counter()
    for (path, rule), number in fixes.mended.items():
        mended[visible(path), visible(rule)] += number
    left = tuple((visible(path), visible_lines(text)) for path, text in fixes.left)
    return replace(fixes, mended=mended, left=left)


def _item(item: Item) -> Item:
    return replace(
        item,
        rule=visible(item.rule),
        family=visible(item.family),
        message=visible_lines(item.message),
        functions=tuple(map(visible, item.functions)),
        place=_place(item.place),
        related=_notes(item.related),
        flow=_notes(item.flow),
        fix=item.fix and _repair(item.fix),
        url=visible(item.url),
    )


def _notes(notes: Iterable[Note]) -> tuple[Note, ...]:
    return tuple(Note(_place(note.place), visible_lines(note.message)) for note in notes)


def _repair(repair: Repair) -> Repair:
    """Its edits stay: no format for people shows them."""
    return replace(repair, title=visible_lines(repair.title))


def _place(place: Place) -> Place:
    checkout = None if place.checkout is None else visible(place.checkout)
    return replace(place, shown=visible(place.shown), checkout=checkout)
