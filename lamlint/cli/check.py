"""`lamlint check`: from options to a report, and what is written on the way."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from lamlint import report
from lamlint.api import checking
from lamlint.cli import job_summary, streams
from lamlint.cli.asked import Asked
from lamlint.cli.progress import progress
from lamlint.cli.report_files import write_reports
from lamlint.cli.terminal import give, say, show, stdout_style, tell
from lamlint.config.table import shown
from lamlint.engine import pipeline
from lamlint.engine.known.entries import Drawer
from lamlint.engine.known.keeping import Keeping
from lamlint.engine.scope import unanswered
from lamlint.files.kinds import is_test
from lamlint.packages.measurement import several
from lamlint.report import Style
from lamlint.report.json_text import json_text
from lamlint.report.terminal.closing import amount, fixes_made, not_read
from lamlint.text import INTERNAL_ERROR, Safety, Severity

if TYPE_CHECKING:
    from lamlint.cli.preview import Manner

Outcomes = Sequence[pipeline.Outcome]


def run_check(asked: Asked, drawer: Drawer | None = None) -> int:
    """Check, mend, report; the exit code. What comes of jobs is kept in a drawer."""
    telling = asked.telling
    bench = checking.bench(asked.jobs)
    watch = progress(quiet=telling.quiet)
    try:
        outcomes: Outcomes = checking.run(
            asked.request,
            asked.rules,
            bench if drawer is None else Keeping(bench, drawer),
            watch,
        )
    finally:
        watch.end()
    if telling.verbose:
        _tell(outcomes)
        for sentence in watch.spent():
            say(sentence)
    if not telling.quiet:
        for sentence in unanswered(outcome.scope for outcome in outcomes):
            say(sentence)
    form = telling.form or outcomes[0].scope.config.output_format
    code = _act(outcomes, asked, form)
    if _tells_only_findings(asked, form):
        whole = pipeline.report_on(outcomes, asked.rules, unsafe=False, written=False)
        if whole.unread:
            say(not_read(whole.unread))
    return 2 if asked.exit.unless_read and any(one.unread for one in outcomes) else code


def _act(outcomes: Outcomes, asked: Asked, form: str) -> int:
    """Do what was asked for with what was found; the exit code."""
    request = asked.request
    if asked.reason is not None or request.write_baseline:
        return _accept(outcomes, asked, form)
    if asked.diff:
        return _diff(outcomes, asked, form)
    left: Mapping[str, str] = {}
    if request.fix is not None:
        outcomes, left = _write_fixes(outcomes, request.fix, to_stdout=request.stdin is not None)
    _report(outcomes, asked, form)
    return 2 if left else _exit_code(outcomes, asked)


def _accept(outcomes: Outcomes, asked: Asked, form: str) -> int:
    """Accept what is found: in comments, or in a baseline."""
    from lamlint.cli import accepting

    preview = _manner(outcomes, asked, form) if asked.diff else None
    if asked.reason is not None:
        return accepting.write_ignores(outcomes, asked.reason, preview=preview)
    given = bool(asked.request.baseline)
    return accepting.write_baselines(outcomes, given=given, preview=preview)


def _manner(outcomes: Outcomes, asked: Asked, form: str) -> Manner:
    """How the difference is shown that accepting what is found would make."""
    from lamlint.cli.preview import Manner

    whole = pipeline.report_on(outcomes, asked.rules, unsafe=False, written=False)
    return Manner(form, asked.telling.colour, whole.unread, asked.telling.quiet)


def _tells_only_findings(asked: Asked, form: str) -> bool:
    """Whether what goes to the standard output has no line for people on what was not read."""
    telling = asked.telling
    return (
        form not in ("full", "concise", "github")
        or asked.reason is not None
        or asked.request.write_baseline
        or asked.diff
        or telling.quiet
        or telling.only_fixes
    )


def _tell(outcomes: Outcomes) -> None:
    """What --verbose says: what was read, what was passed over, what could not be known."""
    from lamlint.report import functions

    for outcome in outcomes:
        scope, built = outcome.scope, outcome.reading.project
        file = shown(scope.config.file) if scope.config.file else "none"
        say(f"project {shown(scope.root)}, configuration {file}")
        for template in sorted({function.template for function in built.functions}):
            number = sum(function.template == template for function in built.functions)
            unchecked = ", of tests: only secrets are looked for" if is_test(template) else ""
            told = f"{amount(number, 'function')}{unchecked}"
            say(f"template {shown(scope.disk.absolute(template))}: {told}")
        for path, reason in sorted(scope.disk.skipped.items()):
            say(f"skipped {shown(scope.disk.absolute(path))}: {reason}")
        for one in outcome.unread:
            say(f"not read {shown(scope.disk.absolute(one.span.path))}: {one.reason}")
        reasons = Counter(
            functions.why(value) for f in built.functions for _, value in functions.unknown(f)
        )
        if reasons:
            counted = ", ".join(f"{number} {reason}" for reason, number in reasons.most_common())
            say(f"{amount(reasons.total(), 'value')} unresolved: {counted}")
        missed = Counter(one.reason for one in built.not_found)
        if missed:
            counted = ", ".join(f"{number} {reason}" for reason, number in missed.most_common())
            say(f"{amount(missed.total(), 'import')} not found: {counted}")


def _report(outcomes: Outcomes, asked: Asked, form: str) -> None:
    telling, request = asked.telling, asked.request
    whole = pipeline.report_on(
        outcomes,
        asked.rules,
        unsafe=asked.unsafe,
        written=request.fix is not None,
        quiet=telling.quiet,
        show_fixes=telling.show_fixes,
    )
    write_reports(
        {os.path.abspath(file): report.render(name, whole) for name, file in telling.files}
    )
    if not telling.quiet:
        _tell_stale(outcomes)
    for_people = form in ("full", "concise") and not telling.statistics
    if telling.only_fixes or not for_people or telling.quiet:
        _tell_fixes(whole)
    if telling.only_fixes:
        return
    if form == "github":
        _sum_up(whole)
    style = stdout_style(telling.colour)
    text = _text(whole, form, style, statistics_only=telling.statistics)
    if request.stdin is not None and request.fix is not None:
        tell(text.rstrip("\n"), style)
    else:
        show(text, style, commands=form == "github" and not telling.statistics)


def _text(whole: report.Report, form: str, style: Style, *, statistics_only: bool) -> str:
    if not statistics_only:
        return report.render(form, whole, style)
    from lamlint.report import statistics

    return _counts(whole) if form == "json" else statistics.render(whole, style)


def _tell_stale(outcomes: Outcomes) -> None:
    """Name what a baseline knows and nothing finds any more."""
    stale = [entry for outcome in outcomes for entry in outcome.settled.stale]
    if stale:
        names = several((f"{entry.rule} in {entry.path}" for entry in stale), 3)
        say(
            f"{amount(len(stale), 'finding')} of the baseline found no more ({names});"
            " --write-baseline drops what is gone"
        )


def _tell_fixes(whole: report.Report) -> None:
    """Tell what was mended and what is left to do, where the report does not close with it."""
    if whole.show_fixes or not whole.quiet:
        for line in fixes_made(whole):
            say(line)


def _sum_up(whole: report.Report) -> None:
    """Add to the summary of a GitHub Actions job; what cannot be added only costs a word."""
    from lamlint.report import summary

    text = summary.render(whole)
    streams.take_down(streams.SUMMARY, "", text)
    if problem := job_summary.add(text):
        with streams.untaped():  # it is told anew whenever it is so
            say(problem)


def _counts(whole: report.Report) -> str:
    """What --statistics tells a machine."""
    counts = Counter(item.rule for item in whole.items)
    entries = [
        {"rule": name, "count": number}
        for name, number in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return json_text({"version": 1, "statistics": entries})


def _exit_code(outcomes: Outcomes, asked: Asked) -> int:
    found = [finding for outcome in outcomes for finding in outcome.settled.shown]
    if any(finding.rule == INTERNAL_ERROR for finding in found):
        return 2
    if asked.exit.never:
        return 0
    if asked.exit.after_fix and any(o.repair and o.repair.applied for o in outcomes):
        return 1
    if asked.telling.only_fixes:
        return 0
    least = asked.exit.severity
    return int(
        any(
            (finding.severity or Severity.ERROR) >= (least or outcome.scope.config.fail_on)
            for outcome in outcomes
            for finding in outcome.settled.shown
        )
    )


def _write_fixes(
    outcomes: Outcomes, least: Safety, *, to_stdout: bool
) -> tuple[Outcomes, Mapping[str, str]]:
    """Write what was mended; the outcomes as they are then, and the files left alone."""
    from lamlint.cli import applying

    left: Mapping[str, str] = {}
    if to_stdout:
        (outcome,) = outcomes
        source = outcome.reading.project.tree.read(outcome.scope.targets[0])
        give(getattr(source, "text", ""))
    else:
        outcomes, left = applying.write_fixes(outcomes, least)
    applying.tell_left_alone(left)
    applying.tell_unmade(outcomes)
    return outcomes, left


def _diff(outcomes: Outcomes, asked: Asked, form: str) -> int:
    """Print what --fix would write; 1 when that is something."""
    from lamlint.cli.diffing import show_diff

    differs = show_diff(
        outcomes,
        asked.rules,
        form=form,
        colour=asked.telling.colour,
        unsafe=asked.unsafe,
        show_fixes=asked.telling.show_fixes,
        quiet=asked.telling.quiet,
    )
    found = [finding for outcome in outcomes for finding in outcome.settled.shown]
    return 2 if any(f.rule == INTERNAL_ERROR for f in found) else int(differs)
