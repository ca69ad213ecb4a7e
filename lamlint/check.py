"""Runs rules over a project: findings, merged and in a stable order."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from lamlint.rule import Rule, Subject
from lamlint.text import Finding, Severity, Span

if TYPE_CHECKING:
    from lamlint.project import Project

INTERNAL_ERROR = "internal-error"


def check(
    project: Project, rules: Iterable[Rule], options: Mapping[str, Any] | None = None
) -> tuple[Finding, ...]:
    """The findings of some rules, equal ones merged, by place, then rule.

    `options` holds the filled option dataclass of each rule that has one and
    is configured. A rule that raises becomes one internal-error.
    """
    found: list[Finding] = []
    for rule in rules:
        found.extend(_run(rule, project, (options or {}).get(rule.name, rule.options)))
    return merge(found)


def _run(rule: Rule, project: Project, options: object) -> Iterator[Finding]:
    extra = () if options is None else (options,)
    for subject, name, place in project.subjects(rule):
        arguments = (subject,) if rule.subject is Subject.PROJECT else (subject, project)
        try:
            for finding in rule.check(*arguments, *extra):
                yield dataclasses.replace(
                    finding,
                    rule=rule.name,
                    severity=rule.severity if finding.severity is None else finding.severity,
                    subjects=finding.subjects or project.names_of(subject),
                )
        except Exception as error:  # noqa: BLE001  one broken rule must not silence the others
            yield internal_error(f"the rule {rule.name} failed on {name}", error, place)
            return


def internal_error(what: str, error: Exception, place: Span) -> Finding:
    """The finding for a defect of lamlint itself (or of a user's rule).

    The error's own text is left out: it may quote the user's file.
    """
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    at = ""
    if trace is not None:
        code = trace.tb_frame.f_code
        at = f" ({code.co_filename.replace(chr(92), '/').rpartition('/')[2]}:{trace.tb_lineno})"
    message = f"lamlint could not finish: {what}: {type(error).__name__}{at}"
    return Finding(message, place, severity=Severity.ERROR, rule=INTERNAL_ERROR)


def merge(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings that are equal but for their subjects become one that lists them all."""
    subjects: dict[Finding, dict[str, None]] = {}
    for finding in findings:
        key = dataclasses.replace(finding, subjects=())
        subjects.setdefault(key, {}).update(dict.fromkeys(finding.subjects))
    merged = [
        dataclasses.replace(key, subjects=tuple(sorted(names))) for key, names in subjects.items()
    ]
    return tuple(sorted(merged, key=order))


def order(finding: Finding) -> tuple[Span, str, str]:
    """The place of a finding in every report."""
    return finding.span, finding.rule, finding.message
