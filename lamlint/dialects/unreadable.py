"""What is said of a template that is no YAML."""

from __future__ import annotations

from lamlint.dialects.tree.yaml import Broken
from lamlint.text import Finding, Severity, Source, Span

UNREADABLE = "unreadable-template"


def unreadable(source: Source, broken: Broken) -> Finding:
    """The finding for a template that declares functions and cannot be read."""
    return Finding(
        f"this template cannot be read ({broken.reason}), so none of its functions is checked: "
        "mend what is written here",
        place(source, broken),
        severity=Severity.ERROR,
        rule=UNREADABLE,
    )


def place(source: Source, broken: Broken) -> Span:
    """From where a text is no YAML to the end of the line."""
    start = min(broken.offset, len(source.text))
    line = source.position(start).line
    end = source.offset(line) + len(source.line(line))
    return source.span(start, max(end, start))
