"""Accepts what is found as it is: in the baseline, or by comments beside it.

With a preview nothing is written; the difference is printed then.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from lamlint.cli import applying
from lamlint.cli.preview import Manner, show_accepted
from lamlint.cli.report_files import write_or_tell
from lamlint.cli.terminal import say
from lamlint.config.table import shown
from lamlint.engine import baseline, pipeline
from lamlint.engine.scope import Scope, UsageError
from lamlint.engine.suppression.add_ignore import add_ignores
from lamlint.files.writing import Draft
from lamlint.report.causes import told_once
from lamlint.report.terminal.closing import amount
from lamlint.text import Source

Outcomes = Sequence[pipeline.Outcome]


def write_baselines(outcomes: Outcomes, *, given: bool, preview: Manner | None) -> int:
    """Write all that is found into each project's baseline, which may lie elsewhere if `given`."""
    by_file: dict[str, list[pipeline.Outcome]] = {}
    for outcome in outcomes:
        by_file.setdefault(outcome.scope.baseline or _default(outcome.scope), []).append(outcome)
    drafts = [_baseline(file, own, given=given) for file, own in by_file.items()]
    if preview is not None:
        changes = {draft.path: _texts(draft) for draft in drafts}
        count = sum(len(_found(own)) for own in by_file.values())
        return int(show_accepted(changes, count, (), (), preview, "record"))
    applying.sweep_projects(outcomes)
    for draft, own in zip(drafts, by_file.values(), strict=True):
        write_or_tell(draft)
        _tell(draft, own)
    return 0


def _baseline(file: str, outcomes: Outcomes, *, given: bool) -> Draft:
    before = baseline.stored(file, shown(file)) if os.path.exists(file) else None
    known = () if before is None else baseline.load(before, shown(file))
    gone = {entry for outcome in outcomes for entry in _gone(outcome, known)}
    entries = {*known} - gone | _found(outcomes)
    within = "" if given else outcomes[0].scope.disk.within.folder
    return Draft(file, baseline.dump(entries), before, within)


def _found(outcomes: Outcomes) -> set[baseline.Known]:
    return {entry for outcome in outcomes for entry in outcome.settled.identities}


def _gone(outcome: pipeline.Outcome, known: Sequence[baseline.Known]) -> set[baseline.Known]:
    """What a baseline knows and a run would have found, and did not, were it still there."""
    settled = outcome.settled
    return {*pipeline.sought(known, outcome.scope, settled.gaps)} - settled.unshown


def _tell(draft: Draft, outcomes: Outcomes) -> None:
    found = _found(outcomes)
    file, name = shown(draft.path), baseline.DEFAULT_NAME
    kept = len(baseline.load(draft.data, file)) - len(found)
    told = sum(len(told_once([*one.settled.shown, *one.settled.known])) for one in outcomes)
    folded = f" (told as {told:,})" if told < len(found) else ""
    beside = f"; kept {amount(kept, 'finding')} that this run did not look for" if kept else ""
    say(f"wrote {amount(len(found), 'finding')}{folded} into {file}{beside}")
    if not outcomes[0].scope.baseline:
        say(f'use it with --baseline {file}, or baseline = "{name}"')


def _default(scope: Scope) -> str:
    """Where a baseline is written that nobody named: in the project, wherever links lead."""
    file = os.path.join(scope.root, baseline.DEFAULT_NAME)
    if not scope.disk.within.holds(file):
        what = "this is a link that leads out of the project"
        raise UsageError(f"{what}; --baseline may name the file itself", shown(file))
    return file


def _texts(draft: Draft) -> tuple[Source, str]:
    before = (draft.before or b"").decode("utf-8", "backslashreplace")
    return Source(draft.path, before), draft.data.decode()


def write_ignores(outcomes: Outcomes, reason: str, *, preview: Manner | None) -> int:
    """Add a suppressing comment for every finding that is shown."""
    if preview is not None:
        return _show_ignores(outcomes, reason, preview)
    applying.sweep_projects(outcomes)
    left: dict[str, str] = {}
    for outcome in outcomes:
        added, held = applying.write_ignores(outcome, reason)
        left |= held
        files = amount(len(added.texts), "file")
        say(f"suppressed {amount(added.count, 'finding')} in {files}")
        for sentence in added.refused:
            say(sentence)
    applying.tell_left_alone(left)
    return 2 if left else 0


def _show_ignores(outcomes: Outcomes, reason: str, manner: Manner) -> int:
    changes: dict[str, tuple[Source, str]] = {}
    secrets: set[str] = set()
    refused: list[str] = []
    count = 0
    for outcome in outcomes:
        added = add_ignores(outcome.settled.shown, outcome.reading.project, reason)
        for path, new in added.texts.items():
            changes[outcome.scope.disk.absolute(path)] = new
        secrets.update(pipeline.secrets_of(outcome))
        refused += added.refused
        count += added.count
    return int(show_accepted(changes, count, refused, secrets, manner, "suppress"))
