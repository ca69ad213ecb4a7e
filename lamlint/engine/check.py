"""Runs rules over a project: findings, merged and in a stable order."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lamlint.engine.bench import SILENT, Bench, Watch, here
from lamlint.engine.bystanders import spared
from lamlint.engine.copies import without_copies
from lamlint.engine.jobs import Work
from lamlint.text import Finding, Fix, Loosely, Related, Span, together

if TYPE_CHECKING:
    from lamlint.project import Project
    from lamlint.rule import Rule


def check(
    project: Project,
    rules: Iterable[Rule],
    options: Mapping[str, Any] | None = None,
    bench: Bench = here,
    watch: Watch = SILENT,
) -> tuple[Finding, ...]:
    """The findings of some rules, equal ones merged, by place, then rule.

    `options` holds the filled option dataclass of each rule that has one and
    is configured. A rule that raises becomes one internal-error. The `bench`
    is where the work is done, which changes nothing of what is found.
    """
    found = bench(Work(project, tuple(rules), options or {}), watch)
    project.tree.unread.update(found.unread)
    known = dict.fromkeys((*project.late_problems, *found.problems))
    project.late_problems[:] = known
    whole = merge([*found.findings, *found.failed.values(), *known])
    return without_copies(spared(project.functions, whole), project.tree)


def merge(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings that say the same of the same place become one that lists all their functions.

    The worst severity and the shortest call path that has it are told, of a function that is
    declared where one is, and what is related to any of them. A fix is kept when all of them
    offer it.
    """
    same: dict[Finding, list[Finding]] = {}
    for finding in findings:
        key = dataclasses.replace(
            finding,
            severity=None,
            subjects=(),
            related=(),
            flow=(),
            fix=None,
            cause="",
            surely="",
            also="",
            loosely=Loosely(),
        )
        same.setdefault(key, []).append(finding)
    merged = [
        dataclasses.replace(
            key,
            message=_agreed(group) or _weightiest(group) or key.message,
            severity=max((finding.severity for finding in group if finding.severity), default=None),
            subjects=tuple(sorted({name for finding in group for name in finding.subjects})),
            related=_told(group),
            flow=_way(group),
            fix=_kept(group),
            cause=_one_of([finding.cause for finding in group]),
            also=_one_of([finding.also for finding in group]),
        )
        for key, group in same.items()
    ]
    return tuple(sorted(merged, key=order))


def _one_of(said: Sequence[str]) -> str:
    """What all of a group have; nothing where they differ."""
    return said[0] if len(set(said)) == 1 else ""


def _way(group: Sequence[Finding]) -> tuple[Related, ...]:
    worst = max((finding.severity or 0 for finding in group), default=0)
    telling = [finding for finding in group if (finding.severity or 0) == worst]
    declared = [finding for finding in telling if finding.subjects]
    ways = (finding.flow for finding in declared or telling)
    return min(ways, key=lambda flow: (len(flow), flow))


def _agreed(group: Sequence[Finding]) -> str:
    """What all say where they are sure; nothing where one is not, or says something else."""
    return _one_of([finding.surely for finding in group])


def _weightiest(group: Sequence[Finding]) -> str:
    """What is said loosely by the one that weighs most of those that are worst."""
    worst = max((finding.severity or 0 for finding in group), default=0)
    said = (finding.loosely for finding in group if (finding.severity or 0) == worst)
    return max(said, key=lambda one: (one.weight, one.message)).message


def _kept(group: Sequence[Finding]) -> Fix | None:
    """The fix that all offer; where they have a cause, each offers its part of one."""
    fixes = [finding.fix for finding in group if finding.fix is not None]
    if len(fixes) < len(group):
        return None
    if len(set(fixes)) == 1:
        return fixes[0]
    return together(fixes) if all(finding.cause for finding in group) else None


def _told(group: Sequence[Finding]) -> tuple[Related, ...]:
    """The related places of findings that are one, each once: first those of functions."""
    known_first = sorted(group, key=lambda finding: not finding.subjects)
    return tuple(dict.fromkeys(one for finding in known_first for one in finding.related))


def order(finding: Finding) -> tuple[Span, str, str]:
    """The place of a finding in every report."""
    return finding.span, finding.rule, finding.message
