"""What one cause makes wrong many times is told once, and lists where.

Only told: each of the findings is still suppressed, known to a baseline and mended by itself.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from lamlint.text import Edit, Finding, Fix, Related, together

MOST_RELATED = 5
"""How many places explain a finding; a hundred functions may share one line."""

_Key = tuple[str, str, str, int, bool]


def told_once(findings: Sequence[Finding]) -> dict[int, Finding]:
    """The findings that are told, each by the place of the first that it stands for."""
    groups: dict[_Key | int, list[int]] = {}
    for place, finding in enumerate(findings):
        groups.setdefault(_key(finding) or place, []).append(place)
    return {places[0]: _as_one([findings[place] for place in places]) for places in groups.values()}


def _key(finding: Finding) -> _Key | None:
    """What findings of one cause have in common."""
    if not finding.cause:
        return None
    severity = finding.severity or 0
    if finding.also:
        return finding.rule, finding.cause, "", severity, False
    return finding.rule, finding.cause, finding.message, severity, finding.fix is None


def _as_one(group: Sequence[Finding]) -> Finding:
    first, *others = group
    explained = first.related[:MOST_RELATED]
    if not others:
        return dataclasses.replace(first, related=explained)
    return dataclasses.replace(
        first,
        subjects=tuple(sorted({name for one in group for name in one.subjects})),
        related=(*explained, *(_also(one, first) for one in others)),
        fix=_of_all([one.fix for one in group if one.fix is not None]),
    )


def _of_all(fixes: Sequence[Fix]) -> Fix | None:
    """One fix for all; the first where they put different texts in between at one place.

    Each next one is worked out there when the one before is made.
    """
    replaced = [
        dataclasses.replace(fix, edits=tuple(filter(_replaces, fix.edits))) for fix in fixes
    ]
    return together(fixes) or (fixes[0] if together(replaced) is not None else None)


def _replaces(edit: Edit) -> bool:
    return edit.span.start < edit.span.end


def _also(finding: Finding, first: Finding) -> Related:
    """What is told of another of a cause, beside the first."""
    if finding.message != first.message:
        return Related(finding.span, finding.also)
    elsewhere = finding.subjects and finding.subjects != first.subjects
    named = f" for {', '.join(finding.subjects)}" if elsewhere else " here"
    return Related(finding.span, f"the same{named}")
