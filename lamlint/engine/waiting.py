"""Findings that wait: what another rule wants done first may make them moot, or change them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lamlint.rule import Rule
from lamlint.text import Finding, Span


def not_waiting(findings: Sequence[Finding], rules: Mapping[str, Rule]) -> tuple[Finding, ...]:
    """The findings that are to be heeded now.

    One waits where each place that it follows from is one that a finding of the rule before
    it follows from too.
    """
    places: dict[str, set[Span]] = {}
    for finding in findings:
        places.setdefault(finding.rule, set()).update(_places(finding))

    def waits(finding: Finding) -> bool:
        rule = rules.get(finding.rule)
        own = _places(finding)
        return rule is not None and bool(own) and own <= places.get(rule.after, set())

    return tuple(finding for finding in findings if not waits(finding))


def _places(finding: Finding) -> set[Span]:
    return {one.span for one in finding.related}
