"""Writes fixes, comments and reports, and tells what was left alone."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Mapping, Sequence

from lamlint.cli.terminal import say
from lamlint.config.table import shown
from lamlint.engine import pipeline
from lamlint.engine.fix import Undone
from lamlint.engine.pipeline import Outcome
from lamlint.engine.scope import Scope
from lamlint.engine.suppression.add_ignore import Added, add_ignores
from lamlint.files.writing import Draft, sweep, write
from lamlint.text import Finding, Safety, Source


def write_fixes(
    outcomes: Sequence[Outcome], least: Safety
) -> tuple[tuple[Outcome, ...], dict[str, str]]:
    """Write the files that fixes change; the outcomes as they are then, and what was left alone.

    Where a file cannot be written, the projects are mended anew without it, so
    that no fix is made in part. The files left alone are told by their absolute
    path, with the reason.
    """
    sweep_projects(outcomes)
    held: dict[str, str] = {}
    while True:
        done = write(_drafts(outcomes))
        refused = {each.path: each.reason for each in done.refused}
        if done.paths or not refused.keys() - held.keys():
            return tuple(_in_part(outcome, refused) for outcome in outcomes), held | refused
        held |= refused
        outcomes = [pipeline.without(outcome, least, held) for outcome in outcomes]


def write_ignores(outcome: Outcome, reason: str) -> tuple[Added, dict[str, str]]:
    """Write suppressing comments; what was suppressed, and the files that were left alone."""
    held: dict[str, str] = {}
    absolute = outcome.scope.disk.absolute
    while True:
        findings = [f for f in outcome.settled.shown if absolute(f.span.path) not in held]
        added = add_ignores(findings, outcome.reading.project, reason)
        done = write(draft(outcome.scope, path, *new) for path, new in added.texts.items())
        refused = {each.path: each.reason for each in done.refused}
        if done.paths or not refused.keys() - held.keys():
            return added, held | refused
        held |= refused


def _drafts(outcomes: Iterable[Outcome]) -> list[Draft]:
    return [
        draft(outcome.scope, path, outcome.repair.originals[path], text)
        for outcome in outcomes
        if outcome.repair is not None
        for path, text in outcome.repair.texts.items()
    ]


def draft(scope: Scope, path: str, source: Source, text: str) -> Draft:
    """A file of a project with a new text."""
    # What was decoded gives its bytes back unchanged, or it would not have been read.
    before = source.encode(source.text)
    return Draft(scope.disk.absolute(path), source.encode(text), before, scope.disk.within.folder)


def sweep_projects(outcomes: Iterable[Outcome]) -> None:
    """Remove what a killed run left beside the files of some projects."""
    for outcome in outcomes:
        scope = outcome.scope
        folders = {os.path.dirname(scope.disk.absolute(path)) for path in scope.disk.sources()}
        sweep(folder for folder in folders if scope.disk.within.holds(folder))


def _in_part(outcome: Outcome, refused: Mapping[str, str]) -> Outcome:
    """An outcome of which some files could not be put in their places at the last moment."""
    repair = outcome.repair
    if repair is None or not refused:
        return outcome
    kept = [finding for finding in repair.applied if not _needs(finding, outcome, refused)]
    broken = [finding for finding in repair.made if _needs(finding, outcome, refused)]
    reason = "a file that it needs was left alone"
    changed = dataclasses.replace(
        repair,
        applied=tuple(kept),
        made=tuple(finding for finding in repair.made if finding not in broken),
        followed=tuple(finding for finding in repair.followed if finding in kept),
        unmade=(*repair.unmade, *(Undone(finding, reason) for finding in broken)),
    )
    return dataclasses.replace(outcome, repair=changed)


def _needs(finding: Finding, outcome: Outcome, refused: Mapping[str, str]) -> bool:
    edits = finding.fix.edits if finding.fix is not None else ()
    return any(outcome.scope.disk.absolute(edit.span.path) in refused for edit in edits)


def tell_left_alone(files: Mapping[str, str]) -> None:
    """Name the files that were not written, each with the reason."""
    for path, reason in sorted(files.items()):
        say(f"{shown(path)}: it was left alone: {reason}")


def tell_unmade(outcomes: Iterable[Outcome]) -> None:
    """Name the fixes that were offered and not made, each with the reason."""
    for outcome in outcomes:
        for undone in outcome.repair.unmade if outcome.repair else ():
            say(f"not fixed: {_place(undone.finding, outcome)}: {undone.reason}")


def _place(finding: Finding, outcome: Outcome) -> str:
    place = shown(outcome.scope.disk.absolute(finding.span.path))
    source = outcome.scope.tree.read(finding.span.path)
    line = source.position(finding.span.start).line if isinstance(source, Source) else 1
    return f"{finding.rule} in {place}:{line}"
