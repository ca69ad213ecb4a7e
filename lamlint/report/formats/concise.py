"""One line a finding, for people and for `grep`."""

from __future__ import annotations

from lamlint.report.report import Item, Report
from lamlint.report.terminal.closing import closing
from lamlint.report.terminal.style import Style
from lamlint.text import Safety
from lamlint.text.visible import sentence


def render(report: Report, style: Style) -> str:
    """`path:line:column: severity[rule] message`, then the closing line."""
    return "".join(f"{line(item, style)}\n" for item in report.items) + closing(report, style)


def line(item: Item, style: Style) -> str:
    """One finding in one line."""
    severity = style.severity(item.severity.label, item.severity)
    rule = style.link(style.paint(item.rule, "bold"), item.url)
    about = f" ({', '.join(item.functions)})" if item.functions else ""
    message = f"{mark(item, style)}{sentence(item.message)}{about}"
    return f"{item.place.label}: {severity}[{rule}] {message}"


def mark(item: Item, style: Style) -> str:
    """A star for what a fix would mend."""
    if item.fix is None or item.fix.safety is Safety.DISPLAY:
        return ""
    return f"[{style.paint('*', 'cyan')}] "
