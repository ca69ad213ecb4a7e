"""Several projects told as one: the paths of each, told from the folder above them all."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lamlint.text import Edit, Finding, Related, Source, Span, Unreadable

Read = Callable[[str], Source | Unreadable]


@dataclass(frozen=True)
class Part:
    """What one project says: findings by paths from its own root."""

    root: str
    read: Read
    findings: tuple[Finding, ...]
    fingerprints: tuple[str, ...]
    hidden: tuple[Finding, ...]


def common_root(roots: Sequence[str]) -> str:
    """The folder above all projects; the root itself when there is one."""
    return os.path.commonpath(list(roots)) if roots else os.getcwd()


def joined(parts: Sequence[Part], root: str) -> Part:
    """All parts as one, in the order of paths."""
    if len(parts) == 1:
        return parts[0]
    readers: dict[str, Read] = {}
    findings: list[tuple[Finding, str]] = []
    hidden: list[Finding] = []
    for part in parts:
        prefix = os.path.relpath(part.root, root).replace(os.sep, "/")
        readers[prefix] = part.read
        moved = [_moved(finding, prefix) for finding in part.findings]
        findings += zip(moved, part.fingerprints, strict=True)
        hidden += [_moved(finding, prefix) for finding in part.hidden]
    findings.sort(key=lambda pair: (pair[0].span, pair[0].rule, pair[0].message))
    return Part(
        root,
        lambda path: _read(readers, path),
        tuple(finding for finding, _ in findings),
        tuple(fingerprint for _, fingerprint in findings),
        tuple(hidden),
    )


def _read(readers: dict[str, Read], path: str) -> Source | Unreadable:
    """A file, from the innermost project that holds it."""
    holding = [prefix for prefix in readers if prefix == "." or path.startswith(f"{prefix}/")]
    for prefix in sorted(holding, key=len, reverse=True):
        inner = path if prefix == "." else path[len(prefix) + 1 :]
        return readers[prefix](inner)
    for prefix, read in readers.items():
        return read(os.path.relpath(path, prefix).replace(os.sep, "/"))
    return Unreadable(path, "it lies outside the project")


def _moved(finding: Finding, prefix: str) -> Finding:
    def span(old: Span) -> Span:
        path = os.path.normpath(os.path.join(prefix, old.path)).replace(os.sep, "/")
        return Span(path, old.start, old.end)

    def notes(old: Sequence[Related]) -> tuple[Related, ...]:
        return tuple(Related(span(each.span), each.message) for each in old)

    fix = finding.fix
    if fix is not None:
        edits = tuple(Edit(span(edit.span), edit.text) for edit in fix.edits)
        fix = dataclasses.replace(fix, edits=edits)
    return dataclasses.replace(
        finding,
        span=span(finding.span),
        related=notes(finding.related),
        flow=notes(finding.flow),
        fix=fix,
    )
