"""Repairs a project: fixes pass by pass, each pass read again, and undone if it broke something.

Nothing here touches a disk. The caller reads the project with changed texts
laid over its files, and writes the texts that come out at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lamlint.intact import Damage, damage
from lamlint.text import Change, Finding, Fix, Joined, Safety, Source, Unreadable

if TYPE_CHECKING:
    from lamlint.project import Project

MOST_PASSES = 10


@dataclass(frozen=True)
class Reading:
    """A project as it stands, and what is reported on it."""

    project: Project
    findings: tuple[Finding, ...]


Read = Callable[[Mapping[str, str]], Reading]
"""Reads and checks the project with some texts, by path, laid over its files."""


@dataclass(frozen=True)
class Undone:
    """A fix that was taken back, and what it did, as a sentence."""

    finding: Finding
    reason: str


@dataclass(frozen=True)
class Repair:
    """What came out: new texts by path, what was mended, and how the project reads now.

    `originals` are the changed files as they were. `left` says whether the
    passes ran out while there was still something to mend.
    """

    texts: Mapping[str, str]
    originals: Mapping[str, Source]
    applied: tuple[Finding, ...]
    undone: tuple[Undone, ...]
    reading: Reading
    left: bool


@dataclass
class _Progress:
    reading: Reading
    texts: dict[str, str] = field(default_factory=dict)
    originals: dict[str, Source] = field(default_factory=dict)
    applied: list[Finding] = field(default_factory=list)
    undone: list[Undone] = field(default_factory=list)


def repair(read: Read, least: Safety, start: Reading | None = None) -> Repair:
    """Make every fix that is at least so safe, again and again until none is left.

    `start` is the project as already read without any change.
    """
    progress = _Progress(start or read({}))
    passes = 0
    while passes < MOST_PASSES and (wanted := _wanted(progress, least)):
        if not _pass(progress, wanted, read):
            break
        passes += 1
    changed = {
        path: text for path, text in progress.texts.items() if text != progress.originals[path].text
    }
    return Repair(
        changed,
        {path: progress.originals[path] for path in changed},
        tuple(progress.applied),
        tuple(progress.undone),
        progress.reading,
        passes == MOST_PASSES and bool(_wanted(progress, least)),
    )


def offered(finding: Finding, least: Safety) -> bool:
    """Whether a finding has a fix that is at least so safe."""
    return finding.fix is not None and finding.fix.safety >= least > Safety.DISPLAY


def _wanted(progress: _Progress, least: Safety) -> list[tuple[Finding, Fix]]:
    """The findings to mend, but for those whose fix was taken back before."""
    bad = {_identity(undone.finding) for undone in progress.undone}
    return [
        (finding, finding.fix)
        for finding in progress.reading.findings
        if finding.fix is not None and offered(finding, least) and _identity(finding) not in bad
    ]


def _identity(finding: Finding) -> tuple[str, str, tuple[str, ...], str]:
    """What stays of a finding when text before it moves."""
    return finding.rule, finding.span.path, finding.subjects, finding.message


def _pass(progress: _Progress, wanted: Sequence[tuple[Finding, Fix]], read: Read) -> bool:
    """Make as many of the fixes as go together; false when there was nothing to make.

    When a file is damaged, half as many of the fixes that touch it are tried,
    until the one fix that does it is alone: it is taken back. Those left out
    have their turn again in the next pass; those of other files stay.
    """
    tree = progress.reading.project.tree

    def text(path: str) -> Source | None:
        found = tree.read(path)
        return None if isinstance(found, Unreadable) else found

    while True:
        change = Change(text)
        taken = [pair for pair in wanted if change.join(pair[1]) is Joined.TAKEN]
        if not taken:
            return False
        texts = {**progress.texts, **change.texts()}
        reading = read(texts)
        edits = [edit for _, fix in taken for edit in fix.edits]
        broken = damage(progress.reading.project, reading.project, change.sources(), edits)
        if not broken:
            break
        wanted = taken
        for each in broken:
            wanted = _fewer(wanted, each, progress.undone)
        if not wanted:
            return True
    for path, source in change.sources().items():
        progress.originals.setdefault(path, source)
    progress.texts = texts
    progress.reading = reading
    progress.applied += [finding for finding, _ in taken]
    return True


def _fewer(
    taken: Sequence[tuple[Finding, Fix]], broken: Damage, undone: list[Undone]
) -> list[tuple[Finding, Fix]]:
    """The fixes without half of those that may have done a damage, or without the one that did.

    When none of them touches the damaged file, any of them may have.
    """
    near = [pair for pair in taken if any(edit.span.path == broken.path for edit in pair[1].edits)]
    suspects = near or list(taken)
    if len(suspects) == 1:
        undone.append(Undone(suspects[0][0], broken.reason))
    dropped = {id(pair) for pair in suspects[len(suspects) // 2 :]}
    return [pair for pair in taken if id(pair) not in dropped]
