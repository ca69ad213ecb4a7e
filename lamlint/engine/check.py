"""Runs rules over a project: findings, merged and in a stable order."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lamlint.engine.concern import concerns
from lamlint.files.kinds import is_synthesized
from lamlint.model import Function
from lamlint.project.subjects import names_of, subjects
from lamlint.python.module.stack import deep
from lamlint.rule import Rule, Subject
from lamlint.text import Finding, Fix, Related, Span, Unread, internal_error, together

if TYPE_CHECKING:
    from lamlint.project import Project

_WORDS = {Subject.EVENT_SOURCE: "event source", Subject.PACKAGE: "package of"}


def check(
    project: Project, rules: Iterable[Rule], options: Mapping[str, Any] | None = None
) -> tuple[Finding, ...]:
    """The findings of some rules, equal ones merged, by place, then rule.

    `options` holds the filled option dataclass of each rule that has one and
    is configured. A rule that raises becomes one internal-error.
    """
    running: dict[Subject, dict[str, Rule]] = {}
    for rule in rules:
        running.setdefault(rule.subject, {})[rule.name] = rule
    # Code that nests deep, and calls that lead far, need a deep stack in each question.
    return merge(deep(lambda: _all(project, running, options or {})))


def _all(
    project: Project, running: Mapping[Subject, dict[str, Rule]], options: Mapping[str, Any]
) -> list[Finding]:
    found: list[Finding] = []
    for kind, subject in subjects(project, running):
        for rule in tuple(running.get(kind, {}).values()):
            if not concerns(project, rule, subject):
                continue
            given = options.get(rule.name, rule.options)
            try:
                found.extend(_run(rule, kind, subject, project, given))
            except RecursionError:
                name, place = _name(kind, subject)
                project.tree.unread.add(
                    Unread(place, f"only in part: {rule.name} got too deep into {name}")
                )
            except Exception as error:  # noqa: BLE001  one broken rule must not silence the others
                del running[kind][rule.name]
                name, place = _name(kind, subject)
                found.append(internal_error(f"the rule {rule.name} failed on {name}", error, place))
    found.extend(project.late_problems)
    return found


def _run(
    rule: Rule, kind: Subject, subject: Any, project: Project, options: object
) -> Iterator[Finding]:
    """What one rule finds in one subject, with what the rule itself need not say."""
    arguments = (subject,) if kind is Subject.PROJECT else (subject, project)
    extra = () if options is None else (options,)
    for finding in rule.check(*arguments, *extra):
        yield dataclasses.replace(
            finding,
            rule=rule.name,
            severity=rule.severity if finding.severity is None else finding.severity,
            subjects=finding.subjects or names_of(subject),
            related=(*finding.related, *_declared(finding, subject, project)),
            fix=None if finding.fix is None or _is_lost(finding.fix) else finding.fix,
        )


def _is_lost(fix: Fix) -> bool:
    """Whether a fix changes what is soon written anew."""
    return any(is_synthesized(edit.span.path) for edit in fix.edits)


def _declared(finding: Finding, subject: Any, project: Project) -> Iterator[Related]:
    """The declaration of what a finding is about, unless the finding tells of that file."""
    told = {finding.span.path, *(note.span.path for note in finding.related)}
    for note in project.declared_at(subject):
        if not isinstance(subject, Function) or note.span.path not in told:
            yield note


def _name(kind: Subject, subject: Any) -> tuple[str, Span]:
    """What a subject is called where a rule failed on it, and its place."""
    if kind is Subject.PROJECT:
        return "the project", Span("", 0, 0)
    if kind is Subject.MODULE:
        return f"the module {subject.path}", subject.source.span(0, 0)
    return f"the {_WORDS.get(kind, kind.value.lower())} {subject.name}", subject.span


def merge(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings that say the same of the same place become one that lists all their functions.

    The worst severity and the shortest call path that has it are told, and what is related
    to any of them. A fix is kept when all of them offer it.
    """
    same: dict[Finding, list[Finding]] = {}
    for finding in findings:
        key = dataclasses.replace(
            finding, severity=None, subjects=(), related=(), flow=(), fix=None, cause="", surely=""
        )
        same.setdefault(key, []).append(finding)
    merged = [
        dataclasses.replace(
            key,
            message=_agreed(group) or key.message,
            severity=max((finding.severity for finding in group if finding.severity), default=None),
            subjects=tuple(sorted({name for finding in group for name in finding.subjects})),
            related=_told(group),
            flow=_way(group),
            fix=_kept(group),
            cause=group[0].cause if len({finding.cause for finding in group}) == 1 else "",
        )
        for key, group in same.items()
    ]
    return tuple(sorted(merged, key=order))


def _way(group: Sequence[Finding]) -> tuple[Related, ...]:
    worst = max((finding.severity or 0 for finding in group), default=0)
    ways = (finding.flow for finding in group if (finding.severity or 0) == worst)
    return min(ways, key=lambda flow: (len(flow), flow))


def _agreed(group: Sequence[Finding]) -> str:
    """What all say where they are sure; nothing where one is not, or says something else."""
    said = {finding.surely for finding in group}
    return said.pop() if len(said) == 1 else ""


def _kept(group: Sequence[Finding]) -> Fix | None:
    """The fix that all offer; where they have a cause, each offers its part of one."""
    fixes = [finding.fix for finding in group if finding.fix is not None]
    if len(fixes) < len(group):
        return None
    if len(set(fixes)) == 1:
        return fixes[0]
    return together(fixes) if all(finding.cause for finding in group) else None


def _told(group: Sequence[Finding]) -> tuple[Related, ...]:
    """The related places of findings that are one, each once."""
    return tuple(dict.fromkeys(one for finding in group for one in finding.related))


def order(finding: Finding) -> tuple[Span, str, str]:
    """The place of a finding in every report."""
    return finding.span, finding.rule, finding.message
