"""Adds suppressing comments for findings, where the file can hold them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lamlint.directives import directives
from lamlint.project import Project
from lamlint.text import Finding, Source
from lamlint.text.comments import strings

ENDINGS = (".py", ".pyi", ".yaml", ".yml", ".toml")


@dataclass(frozen=True)
class Added:
    """New texts by path, each with the file it replaces; what was suppressed and what could not."""

    texts: Mapping[str, tuple[Source, str]]
    count: int
    refused: tuple[Finding, ...]


def add_ignores(findings: Sequence[Finding], project: Project, reason: str) -> Added:
    """Put a comment at the end of the line that each finding begins on."""
    wanted: dict[str, dict[int, list[str]]] = {}
    sources: dict[str, Source] = {}
    refused = []
    for finding in findings:
        source = project.tree.read(finding.span.path) if finding.span.path else None
        if not isinstance(source, Source) or not source.path.endswith(ENDINGS):
            refused.append(finding)
            continue
        line = _line(source, finding, project)
        if line is None:
            refused.append(finding)
            continue
        sources[source.path] = source
        names = wanted.setdefault(source.path, {}).setdefault(line, [])
        if finding.rule not in names:
            names.append(finding.rule)
    texts = {
        path: (sources[path], _written(sources[path], wanted[path], reason)) for path in wanted
    }
    return Added(texts, len(findings) - len(refused), tuple(refused))


def _line(source: Source, finding: Finding, project: Project) -> int | None:
    """A line of the finding that may end in a comment."""
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
        text = f"{text[:end]}  # lamlint: ignore[{', '.join(names[line])}]{tail}{text[end:]}"
    return text
