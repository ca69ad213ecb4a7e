"""Annotations for GitHub Actions, within what GitHub shows, and the whole log in a group."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from lamlint.report.formats import concise
from lamlint.report.report import Item, Note, Report
from lamlint.report.runner import command, inert
from lamlint.report.terminal.closing import amount, closing, not_read
from lamlint.report.terminal.style import PLAIN, Style
from lamlint.text import Severity

T = TypeVar("T")

MOST_OF_A_LEVEL = 10
"""What GitHub keeps of one level in a step; it drops more without a word."""
MOST_IN_ALL = 50
"""What GitHub keeps in a job."""
UNREAD = "lamlint: not-read"
MOST_PLACES = 10
"""How many other places an annotation tells."""
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFORMATION: "notice"}


def render(report: Report, _style: Style) -> str:
    """Annotations, most severe first; then all findings, folded, and the closing line."""
    lines = [command("warning", not_read(report.unread), title=UNREAD)] if report.unread else []
    lines += _annotations(report.items, spent={Severity.WARNING: len(lines)})
    if report.items:
        lines.append(f"::group::lamlint: {amount(len(report.items), 'finding')}")
        lines.extend(inert(concise.line(item, PLAIN)) for item in report.items)
        lines.append("::endgroup::")
    lines.extend(map(inert, closing(report, PLAIN).splitlines()))
    return "".join(f"{line}\n" for line in lines)


def _annotations(items: Iterable[Item], spent: Mapping[Severity, int]) -> Iterator[str]:
    left = MOST_IN_ALL - sum(spent.values())
    for severity, level in _LEVELS.items():
        found = _fairly([item for item in items if item.severity is severity])
        room = min(MOST_OF_A_LEVEL - spent.get(severity, 0), left)
        shown = found if len(found) <= room else found[: room - 1]
        yield from (_annotation(item, level) for item in shown)
        left -= min(len(found), room)
        rest = len(found) - len(shown)
        if rest:
            kind = "finding of this level" if rest == 1 else "findings of this level"
            message = f"{rest} more {kind}: see the log, or the summary of the job"
            yield command(level, message, title="lamlint")


def _fairly(items: list[Item]) -> list[Item]:
    """Each rule in turn, and within a rule each file, so that none hides the others."""
    by_rule = _groups(items, lambda item: item.rule)
    queues = [_in_turn(_groups(found, lambda item: item.place.path)) for found in by_rule]
    return _in_turn(queues)


def _groups(items: Iterable[Item], key: Callable[[Item], str]) -> list[list[Item]]:
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return list(groups.values())


def _in_turn(queues: list[list[T]]) -> list[T]:
    longest = max((len(queue) for queue in queues), default=0)
    return [queue[turn] for turn in range(longest) for queue in queues if turn < len(queue)]


def _annotation(item: Item, level: str) -> str:
    properties = {"title": f"lamlint: {item.rule}", **_where(item)}
    return command(level, _message(item), **properties)


def _where(item: Item) -> dict[str, str]:
    place = item.place
    if not place.path:
        return {}
    where = {
        "file": place.shown if place.checkout is None else place.checkout,
        "line": str(place.start.line),
        "endLine": str(place.end.line),
    }
    # GitHub drops the annotation from the diff when columns are given for several lines.
    if place.start.line == place.end.line:
        where["col"] = str(place.start.column)
        where["endColumn"] = str(max(place.end.column, place.start.column))
    return where


def _message(item: Item) -> str:
    lines = [item.message, *map(_related, item.related[:MOST_PLACES])]
    if len(item.related) > MOST_PLACES:
        lines.append(amount(len(item.related) - MOST_PLACES, "more place"))
    if item.fix:
        lines.append(f"Fix ({item.fix.safety.label}): {item.fix.title}")
    return "\n".join([*lines, item.url])


def _related(note: Note) -> str:
    return f"{note.place.shown}:{note.place.start.line}: {note.message}"
