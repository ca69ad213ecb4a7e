"""How often each rule was found, most often first."""

from __future__ import annotations

from collections import Counter

from lamlint.report.report import Report
from lamlint.report.shown import shown
from lamlint.report.terminal.closing import closing
from lamlint.report.terminal.style import Style
from lamlint.report.terminal.table import table
from lamlint.text import Safety


def render(report: Report, style: Style) -> str:
    """A table of counts by rule, with what can be mended, then the closing line."""
    report = shown(report)
    counts = Counter(item.rule for item in report.items)
    mendable = Counter(
        item.rule for item in report.items if item.fix and item.fix.safety > Safety.DISPLAY
    )
    severities = {item.rule: item.severity.label for item in report.items}
    rows = [
        (str(number), name, severities[name], str(mendable[name] or ""))
        for name, number in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    text = table(("Count", "Rule", "Severity", "Fixable"), rows, style) if rows else ""
    return text + closing(report, style)
