"""`lamlint check --diff`: what fixes would write, and how much of it; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lamlint.cli import applying
from lamlint.cli.preview import differences, show_files
from lamlint.cli.terminal import say, show
from lamlint.config.table import shown
from lamlint.engine import pipeline
from lamlint.engine.pipeline import Outcome
from lamlint.report.diff_report import Planned, Preview, not_applied, render_json, summary
from lamlint.rule import Rule
from lamlint.secrets.covering import Words
from lamlint.secrets.redaction import mask
from lamlint.text import Finding, Source


def show_diff(
    outcomes: Sequence[Outcome],
    rules: Mapping[str, Rule],
    *,
    form: str,
    colour: str,
    unsafe: bool,
    show_fixes: bool,
    quiet: bool,
) -> bool:
    """Print what would be written; whether that is something.

    The difference goes where programs read it, all else to the error stream.
    """
    left = pipeline.report_on(outcomes, rules, unsafe=unsafe, written=True, show_fixes=show_fixes)
    secrets = Words.of({secret for outcome in outcomes for secret in outcome.secrets})
    changed = differences(pipeline.changed(outcomes), secrets)
    fixes = tuple(one for outcome in outcomes for one in _planned(outcome, secrets))
    not_made = tuple(one for outcome in outcomes for one in _not_made(outcome, secrets))
    preview = Preview(changed, fixes, not_made, left)
    if form == "json":
        show(render_json(preview))
    else:
        show_files(changed, colour)
        applying.tell_unmade(outcomes)
    for sentence in (*not_applied(changed), *(() if quiet else summary(preview))):
        say(sentence)
    return bool(changed)


def _planned(outcome: Outcome, secrets: Words) -> list[Planned]:
    made = outcome.repair.made if outcome.repair is not None else ()
    return [_told(finding, outcome, secrets) for finding in made]


def _not_made(outcome: Outcome, secrets: Words) -> list[Planned]:
    unmade = outcome.repair.unmade if outcome.repair is not None else ()
    return [_told(one.finding, outcome, secrets, one.reason) for one in unmade]


def _told(finding: Finding, outcome: Outcome, secrets: Words, reason: str = "") -> Planned:
    """A finding that was offered a fix, by its place in the file as it is."""
    source = outcome.scope.tree.read(finding.span.path)
    line = source.position(finding.span.start).line if isinstance(source, Source) else 1
    fix = finding.fix
    return Planned(
        rule=finding.rule,
        path=shown(outcome.scope.disk.absolute(finding.span.path)),
        line=line,
        functions=tuple(_covered(name, secrets) for name in finding.subjects),
        title=_covered(fix.title, secrets) if fix is not None else "",
        safety=fix.safety.label if fix is not None else "",
        reason=_covered(reason, secrets),
    )


def _covered(text: str, secrets: Words) -> str:
    return mask(secrets.covered(text))
