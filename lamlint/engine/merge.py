"""Several projects told as one: the paths of each, told from the folder above them all."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterable, Sequence

from lamlint.text import Edit, Finding, Related, Source, Span, Unreadable
from lamlint.text.dataclass import dataclass

Read = Callable[[str], Source | Unreadable]


@dataclass(frozen=True)
class Part:
    """What one project says: findings by paths from its own root."""

    root: str
    read: Read
    findings: tuple[Finding, ...]
    fingerprints: tuple[str, ...]
    hidden: tuple[Finding, ...]
    unread: tuple[Related, ...] = ()
    relaxed: tuple[Related, ...] = ()
    frameworks: tuple[Related, ...] = ()
    unsized: tuple[Related, ...] = ()
    passed_over: tuple[Related, ...] = ()


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
    prefixes = [os.path.relpath(part.root, root).replace(os.sep, "/") for part in parts]
    for part, prefix in zip(parts, prefixes, strict=True):
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
        _together((part.unread for part in parts), prefixes),
        _together((part.relaxed for part in parts), prefixes),
        _together((part.frameworks for part in parts), prefixes),
        _together((part.unsized for part in parts), prefixes),
        _together((part.passed_over for part in parts), prefixes),
    )


def _together(notes: Iterable[tuple[Related, ...]], prefixes: Sequence[str]) -> tuple[Related, ...]:
    """What several projects note, each once."""
    return tuple(
        sorted(
            {_note(one, prefix) for own, prefix in zip(notes, prefixes, strict=True) for one in own}
        )
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
    def notes(old: Sequence[Related]) -> tuple[Related, ...]:
        return tuple(_note(each, prefix) for each in old)

    fix = finding.fix
    if fix is not None:
        edits = tuple(Edit(_span(edit.span, prefix), edit.text) for edit in fix.edits)
        fix = dataclasses.replace(fix, edits=edits)
    return dataclasses.replace(
        finding,
        span=_span(finding.span, prefix),
        cause=finding.cause and f"{prefix}/{finding.cause}",
        related=notes(finding.related),
        flow=notes(finding.flow),
        fix=fix,
    )


def _note(old: Related, prefix: str) -> Related:
    return Related(_span(old.span, prefix), old.message)


def _span(old: Span, prefix: str) -> Span:
    path = os.path.normpath(os.path.join(prefix, old.path)).replace(os.sep, "/")
    return Span(path, old.start, old.end)
