"""`lamlint check`: from options to a report, and what is written on the way."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from typing import Any, BinaryIO

from lamlint import registry, report
from lamlint.cli import accepting, applying
from lamlint.cli.diffing import show_diff
from lamlint.cli.preview import Manner
from lamlint.cli.terminal import give, say, show, stdout_style, tell
from lamlint.config.reading import known_word
from lamlint.config.selection import Layer
from lamlint.config.table import shown
from lamlint.engine import pipeline
from lamlint.engine.scope import Request, UsageError, unanswered
from lamlint.files.kinds import is_test
from lamlint.packages.measurement import several
from lamlint.report import functions, statistics, summary
from lamlint.report.json_text import json_text
from lamlint.report.terminal.closing import amount, fixes_made, not_read
from lamlint.rule import Rule
from lamlint.text import INTERNAL_ERROR, Safety, Severity

Options = Mapping[str, Any]


def run_check(options: Options, stdin: BinaryIO) -> int:
    """Check, mend, report; the exit code."""
    rules = registry.load(options["rule_folders"])
    _once_each([file for _, file in options["outputs"]])
    _one_thing_written(options)
    request = request_of(options, rules, stdin)
    outcomes: Sequence[pipeline.Outcome] = pipeline.run(request, rules)
    if options["verbose"]:
        _tell(outcomes)
    if not options["quiet"]:
        for sentence in unanswered(outcome.scope for outcome in outcomes):
            say(sentence)
    form = options["output_format"] or outcomes[0].scope.config.output_format
    code = _act(outcomes, rules, options, request, form)
    if _tells_only_findings(options, form):
        whole = pipeline.report_on(outcomes, rules, unsafe=False, written=False)
        if whole.unread:
            say(not_read(whole.unread))
    return 2 if options["require_read"] and any(one.unread for one in outcomes) else code


def _act(
    outcomes: Sequence[pipeline.Outcome],
    rules: Mapping[str, Rule],
    options: Options,
    request: Request,
    form: str,
) -> int:
    """Do what was asked for with what was found; the exit code."""
    preview = _manner(outcomes, rules, options, form) if options["diff"] else None
    if options["add_ignore"] is not None:
        return accepting.write_ignores(outcomes, options["add_ignore"], preview=preview)
    if options["write_baseline"]:
        given = bool(options["baseline"])
        return accepting.write_baselines(outcomes, given=given, preview=preview)
    if options["diff"]:
        return _diff(outcomes, rules, options, form)
    left: Mapping[str, str] = {}
    if request.fix is not None:
        outcomes, left = _write_fixes(outcomes, request.fix, to_stdout=request.stdin is not None)
    _report(outcomes, rules, options, request, form)
    return 2 if left else _exit_code(outcomes, options)


def _manner(
    outcomes: Sequence[pipeline.Outcome], rules: Mapping[str, Rule], options: Options, form: str
) -> Manner:
    """How the difference is shown that accepting what is found would make."""
    whole = pipeline.report_on(outcomes, rules, unsafe=False, written=False)
    return Manner(form, options["color"], whole.unread)


def _tells_only_findings(options: Options, form: str) -> bool:
    """Whether what goes to the standard output has no line for people on what was not read."""
    other = ("quiet", "write_baseline", "diff", "fix_only")
    return (
        form not in ("full", "concise", "github")
        or options["add_ignore"] is not None
        or any(options[name] for name in other)
    )


def _once_each(files: Sequence[str]) -> None:
    """Two reports in one file would leave the last one only."""
    for file, count in Counter(map(os.path.abspath, files)).items():
        if count > 1:
            raise UsageError(f"{shown(file)}: two reports cannot go to one file")


def _one_thing_written(options: Options) -> None:
    """Refuse what would write two things at a time, or report into files in a preview."""
    wanted = {
        "--fix": options["fix"] or options["fix_only"],
        "--add-ignore": options["add_ignore"] is not None,
        "--write-baseline": options["write_baseline"],
    }
    given = [name for name, asked in wanted.items() if asked]
    if len(given) > 1:
        raise UsageError(f"{' and '.join(given)} write on their own; run one after the other")
    if "-" in options["paths"] and given and given[0] != "--fix":
        raise UsageError(f"{given[0]} writes files, and - is none; name the file itself")
    for _, file in options["outputs"] if options["diff"] else ():
        say(f"{shown(file)}: no report is written, as --diff writes nothing")


def request_of(options: Options, rules: Mapping[str, Rule], stdin: BinaryIO) -> Request:
    """The options as plain data."""
    paths = options["paths"] or (".",)
    data = None
    if "-" in paths:
        if len(paths) > 1 or not options["stdin_filename"]:
            raise UsageError("- stands alone and needs --stdin-filename")
        paths, data = (options["stdin_filename"],), stdin.read()
    elif options["stdin_filename"]:
        raise UsageError("--stdin-filename needs - in place of the paths")
    return Request(
        paths=paths,
        today=datetime.now(timezone.utc).date(),
        layer=layer_of(options, rules),
        severity=_severity(options["severity"]),
        config=options["config"],
        isolated=options["isolated"],
        force_exclude=options["force_exclude"],
        baseline=options["baseline"],
        max_file_size=options["max_file_size"],
        write_baseline=options["write_baseline"],
        fix=_fix(options),
        stdin=data,
    )


def layer_of(options: Options, rules: Mapping[str, Rule]) -> Layer:
    """What the command line says of rules."""
    select, extend, ignore = (
        tuple(known_word(word, rules) for words in options[key] for word in words)
        for key in ("select", "extend_select", "ignore")
    )
    return Layer(select or None, extend, ignore)


def _severity(name: str | None) -> Severity | None:
    return None if name is None else Severity[name.upper()]


def _fix(options: Options) -> Safety | None:
    accepts = options["add_ignore"] is not None or options["write_baseline"]
    if accepts or not (options["fix"] or options["fix_only"] or options["diff"]):
        return None
    return Safety.UNSAFE if options["unsafe_fixes"] else Safety.SAFE


def _tell(outcomes: Sequence[pipeline.Outcome]) -> None:
    """What --verbose says: what was read, what was passed over, what could not be known."""
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


def _report(
    outcomes: Sequence[pipeline.Outcome],
    rules: Mapping[str, Rule],
    options: Options,
    request: Request,
    form: str,
) -> None:
    whole = pipeline.report_on(
        outcomes,
        rules,
        unsafe=options["unsafe_fixes"],
        written=request.fix is not None,
        quiet=options["quiet"],
        show_fixes=options["show_fixes"],
    )
    applying.write_reports(
        {os.path.abspath(file): report.render(form, whole) for form, file in options["outputs"]}
    )
    stale = [entry for outcome in outcomes for entry in outcome.settled.stale]
    if stale and not options["quiet"]:
        names = several((f"{entry.rule} in {entry.path}" for entry in stale), 3)
        say(
            f"{amount(len(stale), 'finding')} of the baseline found no more ({names});"
            " --write-baseline drops what is gone"
        )
    form = options["output_format"] or outcomes[0].scope.config.output_format
    for_people = form in ("full", "concise") and not options["statistics"]
    if options["fix_only"] or not for_people or options["quiet"]:
        _tell_fixes(whole)
    if options["fix_only"]:
        return
    style = stdout_style(options["color"])
    if form == "github":
        _sum_up(whole)
    text = (
        (_counts(whole) if form == "json" else statistics.render(whole, style))
        if options["statistics"]
        else report.render(form, whole, style)
    )
    if request.stdin is not None and request.fix is not None:
        tell(text.rstrip("\n"), style)
    else:
        show(text, style, commands=form == "github" and not options["statistics"])


def _tell_fixes(whole: report.Report) -> None:
    """Tell what was mended and what is left to do, where the report does not close with it."""
    if whole.show_fixes or not whole.quiet:
        for line in fixes_made(whole):
            say(line)


def _sum_up(whole: report.Report) -> None:
    """Add to the summary of a GitHub Actions job; what cannot be added only costs a word."""
    if problem := summary.add(summary.render(whole)):
        say(problem)


def _counts(whole: report.Report) -> str:
    """What --statistics tells a machine."""
    counts = Counter(item.rule for item in whole.items)
    entries = [
        {"rule": name, "count": number}
        for name, number in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return json_text({"version": 1, "statistics": entries})


def _exit_code(outcomes: Sequence[pipeline.Outcome], options: Options) -> int:
    found = [finding for outcome in outcomes for finding in outcome.settled.shown]
    if any(finding.rule == INTERNAL_ERROR for finding in found):
        return 2
    if options["exit_zero"]:
        return 0
    if options["exit_non_zero_on_fix"] and any(o.repair and o.repair.applied for o in outcomes):
        return 1
    if options["fix_only"]:
        return 0
    least = _severity(options["fail_on"])
    return int(
        any(
            (finding.severity or Severity.ERROR) >= (least or outcome.scope.config.fail_on)
            for outcome in outcomes
            for finding in outcome.settled.shown
        )
    )


def _write_fixes(
    outcomes: Sequence[pipeline.Outcome], least: Safety, *, to_stdout: bool
) -> tuple[Sequence[pipeline.Outcome], Mapping[str, str]]:
    """Write what was mended; the outcomes as they are then, and the files left alone."""
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


def _diff(
    outcomes: Sequence[pipeline.Outcome], rules: Mapping[str, Rule], options: Options, form: str
) -> int:
    """Print what --fix would write; 1 when that is something."""
    differs = show_diff(
        outcomes,
        rules,
        form=form,
        colour=options["color"],
        unsafe=options["unsafe_fixes"],
        show_fixes=options["show_fixes"],
        quiet=options["quiet"],
    )
    found = [finding for outcome in outcomes for finding in outcome.settled.shown]
    return 2 if any(f.rule == INTERNAL_ERROR for f in found) else int(differs)
