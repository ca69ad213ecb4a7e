"""The step summary of a GitHub Actions job: all findings as a Markdown table."""

from __future__ import annotations

from lamlint.report.markdown import code, escape
from lamlint.report.report import Item, Report
from lamlint.report.shown import shown
from lamlint.report.terminal.closing import closing, not_read, relaxed
from lamlint.report.terminal.style import PLAIN
from lamlint.text import Severity

LARGEST = 1_000_000
"""GitHub takes a MiB for a step and drops more than that as a whole."""

_ICONS = {Severity.ERROR: "🔴", Severity.WARNING: "🟡", Severity.INFORMATION: "🔵"}


def render(report: Report) -> str:
    """Markdown, to be appended to the file that GITHUB_STEP_SUMMARY names."""
    report = shown(report)
    text = f"### lamlint\n\n{escape(closing(report, PLAIN).partition(chr(10))[0])}\n"
    for line in filter(None, (relaxed(report.relaxed), not_read(report.unread))):
        text += f"\n{escape(line)}\n"
    if not report.items:
        return text
    text += "\n| | Place | Rule | Finding |\n|---|---|---|---|\n"
    size = len(text.encode())
    rows = []
    for number, item in enumerate(sorted(report.items, key=lambda item: -item.severity)):
        row = _row(item)
        size += len(row.encode())
        if size > LARGEST:
            rows.append(f"\n{len(report.items) - number} more are in the log.\n")
            break
        rows.append(row)
    return text + "".join(rows)


def _row(item: Item) -> str:
    path = item.place.shown if item.place.checkout is None else item.place.checkout
    place = code(f"{path}:{item.place.start.line}")
    icon = f"{_ICONS[item.severity]} {item.severity.label}"
    return f"| {icon} | {place} | [{escape(item.rule)}]({item.url}) | {escape(item.message)} |\n"


def render_error(message: str) -> str:
    """Markdown for a run that could not be done."""
    return f"### lamlint\n\n🔴 **lamlint could not check:** {escape(message)}\n"
