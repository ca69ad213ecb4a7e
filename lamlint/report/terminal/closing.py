"""The line that closes a report for people: how much was found, and what can be mended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lamlint.dialects.dialect import TITLES
from lamlint.report.report import Counts, Fixes, Note, Report
from lamlint.report.terminal.style import Style
from lamlint.text import listed
from lamlint.text.visible import sentence

_FIRST = 3
"""How many are named of those that would make a line too long."""


def closing(report: Report, style: Style) -> str:
    """Counts, what --fix and --unsafe-fixes would mend, and what was not looked at, line by line.

    With its last line end; nothing in a quiet report.
    """
    if report.quiet:
        return ""
    counts = report.counts
    lines = [_found(counts, style)]
    lines += fixes_made(report)
    hint = _hint(report)
    if hint:
        lines.append(f"[{style.paint('*', 'cyan')}] {hint}")
    lines += filter(None, _aside(report))
    return "".join(f"{line}\n" for line in lines)


def _aside(report: Report) -> tuple[str, ...]:
    """What a report cannot say of the project, and why; empty where it can."""
    return (
        no_function(report),
        relaxed(report.relaxed),
        not_sized(report.unsized),
        not_read(report.unread),
    )


def fixes_made(report: Report) -> list[str]:
    """How much was mended, and where if that was asked for; and what is left for the user."""
    fixes = report.fixes
    lines = []
    if fixes.mended:
        more = f", and {fixes.followed} that came up on the way" if fixes.followed else ""
        end = ":" if report.show_fixes else "."
        lines.append(f"Fixed {amount(fixes.promised, 'finding')}{more}{end}")
    if report.show_fixes:
        lines += _listed(fixes)
    return [*lines, *(f"Left to do in {path}: {text}." for path, text in fixes.left)]


def _listed(fixes: Fixes) -> Iterator[str]:
    """What was mended: the files, and under each the rules with their counts."""
    by_path: dict[str, list[tuple[str, int]]] = {}
    for (path, rule), number in sorted(fixes.mended.items()):
        by_path.setdefault(path, []).append((rule, number))
    width = len(str(max(fixes.mended.values(), default=0)))
    for path, rules in by_path.items():
        yield f"- {path}:"
        yield from (f"    {number:>{width}} × {rule}" for rule, number in rules)


def amount(number: int, noun: str) -> str:
    """A number with its noun: 1 finding, 2 findings."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def not_read(notes: Sequence[Note]) -> str:
    """What would have been read and was not, in one line; nothing when all was."""
    if not notes:
        return ""
    told = [f"{label(note)}: {sentence(note.message)}" for note in notes]
    return f"Not read: {_first(told)}. Findings may be missing there."


def not_sized(notes: Sequence[Note]) -> str:
    """Which packages may be too large without anybody knowing, and how to know, in one line."""
    if not notes:
        return ""
    told = [f"{note.place.shown}: {sentence(note.message)}" for note in notes]
    return (
        f"Size not known: {_first(told)}. To have it measured, install them into a .venv,"
        " or lock them beside it: uv pip compile requirements.txt -o pylock.toml"
    )


def label(note: Note) -> str:
    """Where something was not read: a file, or a line of one that was read up to there."""
    line = note.place.start.line
    return f"{note.place.shown}:{line}" if line > 1 else note.place.shown


def relaxed(notes: Sequence[Note]) -> str:
    """The folders that are checked less than the project around them, in one line."""
    if not notes:
        return ""
    told = [f"{note.place.shown}: {sentence(note.message)}" for note in notes]
    return f"Checked less by a configuration of its own: {_first(told)}."


def no_function(report: Report) -> str:
    """Why no function may have been found, in one line."""
    if report.counts.functions or not report.counts.files:
        return ""
    reads = f". It reads {listed(tuple(TITLES.values()))}."
    why = [f"{note.place.shown} {sentence(note.message)}" for note in report.passed_over]
    rest = len(why) - _FIRST
    why = why[:_FIRST] + ([f"and {rest} more"] if rest > 0 else [])
    if report.frameworks:
        told = [f"{note.place.shown} is of {sentence(note.message)}" for note in report.frameworks]
        why.append(f"{'; '.join(told)}: lamlint does not read that yet{reads.rstrip('.')}")
    elif not why:
        why.append(f"no file here declares one that lamlint reads{reads.rstrip('.')}")
    return f"No function was found: {'; '.join(why)}."


def _first(told: Sequence[str]) -> str:
    named = "; ".join(told[:_FIRST])
    rest = len(told) - _FIRST
    return f"{len(told)} ({named}{f'; and {rest} more' if rest > 0 else ''})"


def _found(counts: Counts, style: Style) -> str:
    aside = [f"{counts.suppressed} suppressed"] if counts.suppressed else []
    aside += [f"{counts.baselined} in the baseline"] if counts.baselined else []
    tail = f" ({', '.join(aside)})" if aside else ""
    looked = _looked(counts)
    if not counts.findings and not counts.files and not tail:
        return "No findings: there is no template and no Python file here."
    if not counts.findings:
        left = "No findings left" if counts.fixed else "No findings"
        return f"{style.paint(left, 'green')}{looked}{tail}."
    kinds = [
        amount(number, noun) if noun != "information" else f"{number} information"
        for number, noun in (
            (counts.errors, "error"),
            (counts.warnings, "warning"),
            (counts.informations, "information"),
        )
        if number
    ]
    total = style.paint(f"Found {amount(counts.findings, 'finding')}", "bold")
    return f"{total}: {', '.join(kinds)}{looked}{tail}."


def _looked(counts: Counts) -> str:
    if not counts.files:
        return ""
    functions = f"{amount(counts.functions, 'function')}, " if counts.functions else ""
    return f" in {functions}{amount(counts.files, 'file')}"


def _hint(report: Report) -> str:
    counts = report.counts
    extra = f"{counts.unsafe} more" if counts.safe else f"{counts.unsafe}"
    safe = f"{counts.safe} can be fixed with --fix" if counts.safe and not report.fixing else ""
    if not counts.unsafe or (report.unsafe_fixes and report.fixing):
        return f"{safe}." if safe else ""
    if report.fixing:
        return f"{counts.unsafe} can be fixed with --unsafe-fixes."
    verb = "" if safe else " can be fixed"
    return f"{safe}{', ' if safe else ''}{extra}{verb} with --fix --unsafe-fixes."
