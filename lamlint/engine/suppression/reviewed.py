"""The comments of other scanners beside a secret: someone has looked at it, and let it stand."""

from __future__ import annotations

import re

from lamlint.text import Finding, Source, Tree
from lamlint.text.regex import Regex

_COMMENT = Regex(r"#|//|/\*|<!--|--|;")
_ON_THE_LINE = Regex(
    r"pragma: ?(?:allow|white)list[ -]secret"  # detect-secrets
    r"|gitleaks:allow|trufflehog:ignore|\bggignore\b|checkov:skip=CKV_SECRET_"
    r"|\bnosec\b(?!.{0,40}\bB\d{3}\b)|\bnosec\b.{0,40}\bB10[5-7]\b"  # bandit
    r"|\bnoqa:.{0,40}\bS10[5-7]\b",  # ruff, flake8-bandit
    re.IGNORECASE,
)
_ON_THE_LINE_ABOVE = Regex(r"pragma: ?(?:allow|white)list[ -]nextline[ -]secret", re.IGNORECASE)
_MARKS = (b"pragma", b"allow", b"ignore", b"checkov", b"nosec", b"noqa")
"""One of these stands in every file with such a comment."""


def is_reviewed(finding: Finding, tree: Tree) -> bool:
    """Whether a comment for another scanner stands on a line of a secret, or above it."""
    if not finding.span.path or not tree.mentions(finding.span.path, _MARKS):
        return False
    source = tree.read(finding.span.path)
    if not isinstance(source, Source):
        return False
    first = source.position(finding.span.start).line
    last = source.position(finding.span.end).line
    lines = [source.line(number) for number in range(first, last + 1)]
    above = source.line(first - 1) if first > 1 else ""
    return any(_says(line, _ON_THE_LINE) for line in lines) or _says(above, _ON_THE_LINE_ABOVE)


def _says(line: str, mark: Regex[str]) -> bool:
    comment = _COMMENT.search(line)
    return comment is not None and mark.search(line, comment.end()) is not None
