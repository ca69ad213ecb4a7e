"""Adds suppressing comments for findings, where the file can hold them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lamlint.engine.suppression.directives import directives
from lamlint.project import Project
from lamlint.text import Finding, Source
from lamlint.text.comments import Holds, holds, strings
from lamlint.text.dataclass import dataclass
from lamlint.text.language import mark

_WITH_METADATA = frozenset({"sam", "cloudformation"})
"""The dialects in which a function may say by data what is to be ignored."""


@dataclass(frozen=True)
class Added:
    """New texts by path, each with the file it replaces; what was suppressed.

    `refused` has a sentence for each finding that no comment can suppress.
    """

    texts: Mapping[str, tuple[Source, str]]
    count: int
    refused: tuple[str, ...]


def add_ignores(findings: Sequence[Finding], project: Project, reason: str) -> Added:
    """Put a comment at the end of the line that each finding begins on."""
    wanted: dict[str, dict[int, list[str]]] = {}
    sources: dict[str, Source] = {}
    refused = []
    for finding in findings:
        source = project.tree.read(finding.span.path) if finding.span.path else None
        line = _line(source, finding, project) if isinstance(source, Source) else None
        if line is None or not isinstance(source, Source) or not _takes(source, reason):
            refused.append(_refusal(finding, source, project, reason))
            continue
        sources[source.path] = source
        names = wanted.setdefault(source.path, {}).setdefault(line, [])
        if finding.rule not in names:
            names.append(finding.rule)
    texts = {
        path: (sources[path], _written(sources[path], wanted[path], reason)) for path in wanted
    }
    return Added(texts, len(findings) - len(refused), tuple(refused))


def _takes(source: Source, reason: str) -> bool:
    """Whether a file's encoding has all the characters of a reason."""
    try:
        source.encode(reason)
    except UnicodeEncodeError:
        return False
    return True


def _refusal(finding: Finding, source: object, project: Project, reason: str) -> str:
    place = f"{finding.span.path or 'the project'}: {finding.rule}"
    if isinstance(source, Source) and not _takes(source, reason):
        return f"{place} is not suppressed: the file's encoding cannot hold the reason"
    advice = _advice(finding, source, project) or "use [[ignore]] in the configuration"
    return f"{place} cannot be suppressed by a comment; {advice}"


def _advice(finding: Finding, source: object, project: Project) -> str:
    """How else a finding is suppressed, nearer to it than by the configuration."""
    if not isinstance(source, Source):
        return ""
    kind = holds(source)
    if kind is Holds.LINES:
        comment = f"# lamlint: ignore[{finding.rule}]"
        return f"write {comment} on a line of its own above it"
    names = [
        one.name
        for one in project.functions
        if one.template == source.path and one.dialect in _WITH_METADATA
    ]
    owners = [name for name in finding.subjects if name in names]
    if kind is Holds.NONE and owners:
        data = f'"Metadata": {{"lamlint": {{"ignore": ["{finding.rule}"]}}}}'
        return f"write {data} beside the Properties of {' and '.join(owners)}"
    return ""


def _line(source: Source, finding: Finding, project: Project) -> int | None:
    """A line of the finding that may end in a comment."""
    if holds(source) is not Holds.ENDS:
        return None
    first = source.position(finding.span.start).line
    last = source.position(max(finding.span.start, finding.span.end - 1)).line
    inline = [
        function.code.inline
        for function in project.functions
        if function.code.inline is not None
        and function.template == source.path
        and function.code.inline.span(0, len(function.code.inline.text)).covers(finding.span)
    ]
    taken = [
        source_of.span(start, end)
        for source_of in inline or [source]
        for start, end in strings(source_of)
    ]
    for line in range(first, last + 1):
        text = source.line(line)
        end = source.offset(line) + len(text)
        if text.endswith("\\") or any(span.start < end < span.end for span in taken):
            continue
        return line
    return None


def _written(source: Source, names: Mapping[int, Sequence[str]], reason: str) -> str:
    text = source.text
    old = {directive.line: directive for directive in directives(source)}
    for line in sorted(names, reverse=True):
        directive = old.get(line)
        if directive is not None and directive.names and not directive.problem:
            end = directive.names[-1].end
            text = text[:end] + "".join(f", {name}" for name in names[line]) + text[end:]
            continue
        end = source.offset(line) + len(source.line(line).rstrip())
        tail = f" {reason}" if reason else ""
        comment = f"{_mark(source, end)} lamlint: ignore[{', '.join(names[line])}]{tail}"
        text = f"{text[:end]}  {comment}{text[end:]}"
    return text


def _mark(source: Source, end: int) -> str:
    """What begins a comment at a place: within a text of another language, one of Python."""
    inside = any(one.start < end < one.end for one in strings(source))
    return "#" if inside else mark(source)
