"""Repairs a project: fixes pass by pass, each pass read again, and undone if it broke something.

Nothing here touches a disk. The caller reads the project with changed texts
laid over its files, and writes the texts that come out at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Generic, TypeVar

from lamlint.engine.consequences import unmended
from lamlint.engine.intact import Damage, damage
from lamlint.text import Change, Finding, Fix, Joined, Safety, Source, Unreadable
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.project import Project

MOST_PASSES = 10


@dataclass(frozen=True)
class Reading:
    """A project as it stands, and what is reported on it."""

    project: Project
    findings: tuple[Finding, ...]


R = TypeVar("R", bound=Reading)
Read = Callable[[Mapping[str, str]], R]
"""Reads and checks the project with some texts, by path, laid over its files."""


Held = Callable[[str], str]
"""Why the file at a path has to be left alone, as the end of a sentence; empty for any other."""


def nothing(_path: str) -> str:
    """No file has to be left alone."""
    return ""


@dataclass(frozen=True)
class Undone:
    """A fix that was taken back or not made, and why, as a sentence."""

    finding: Finding
    reason: str


@dataclass(frozen=True)
class Repair(Generic[R]):
    """What came out: new texts by path, what was mended, and how the project reads now.

    `originals` are the changed files as they were, `applied` the findings whose
    fixes were made. Of the findings that were offered a fix at the start `made`
    are mended and `unmade` are not; `followed` came up on the way, and are mended
    too. `left` says whether the passes ran out before there was nothing to mend.
    """

    texts: Mapping[str, str]
    originals: Mapping[str, Source]
    applied: tuple[Finding, ...]
    made: tuple[Finding, ...]
    unmade: tuple[Undone, ...]
    followed: tuple[Finding, ...]
    undone: tuple[Undone, ...]
    reading: R
    left: bool


@dataclass
class _Progress(Generic[R]):
    reading: R
    least: Safety
    held: Held
    undone: list[Undone]
    texts: dict[str, str] = field(default_factory=dict)
    originals: dict[str, Source] = field(default_factory=dict)
    applied: list[Finding] = field(default_factory=list)
    passes: int = 0

    def why_not(self, finding: Finding) -> str:
        """Why a finding is not to be mended; empty for one that is."""
        if finding.fix is None or not offered(finding, self.least):
            return "no fix that was asked for mends that"
        for undone in self.undone:
            if _identity(undone.finding) == _identity(finding):
                return undone.reason
        for edit in finding.fix.edits:
            if reason := self.held(edit.span.path):
                return f"{edit.span.path} is left alone: {reason}"
        return ""

    def why_never(self, finding: Finding) -> str:
        """Why a finding that a pass brings about would stay; empty where another pass mends it."""
        last = f"{MOST_PASSES} passes do not mend it" if self.passes + 1 == MOST_PASSES else ""
        return self.why_not(finding) or last


def repair(read: Read[R], least: Safety, start: R | None = None, held: Held = nothing) -> Repair[R]:
    """Make every fix that is at least so safe, again and again until none is left.

    `start` is the project as already read without any change. `held` tells of
    the files that cannot be written: a fix that needs one is not made, and none
    that leaves work to such a fix.
    """
    start = start or read({})
    undone: list[Undone] = []
    while True:
        known = len(undone)
        progress = _Progress(start, least, held, undone)
        while progress.passes < MOST_PASSES and (wanted := _wanted(progress)):
            if not _pass(progress, wanted, read):
                break
            progress.passes += 1
        # A later fix may have been taken back that an earlier one relied on.
        if len(undone) == known or not _worse(start, progress):
            return _result(start, progress)


def _worse(start: R, progress: _Progress[R]) -> bool:
    return bool(unmended(start.findings, progress.reading.findings, progress.why_not))


def _result(start: R, progress: _Progress[R]) -> Repair[R]:
    changed = {
        path: text for path, text in progress.texts.items() if text != progress.originals[path].text
    }
    left = progress.passes == MOST_PASSES and bool(_wanted(progress))
    made, unmade = _kept_promises(start, progress)
    known = {_identity(finding) for finding in start.findings}
    return Repair(
        changed,
        {path: progress.originals[path] for path in changed},
        tuple(progress.applied),
        made,
        unmade,
        tuple(one for one in progress.applied if _identity(one) not in known),
        tuple(progress.undone),
        progress.reading,
        left,
    )


def _kept_promises(
    start: R, progress: _Progress[R]
) -> tuple[tuple[Finding, ...], tuple[Undone, ...]]:
    """What was offered a fix at the start: what is gone, and what is left, with the reason."""
    left = Counter(_identity(finding) for finding in progress.reading.findings)
    made: list[Finding] = []
    unmade: list[Undone] = []
    for finding in start.findings:
        if not offered(finding, progress.least):
            continue
        if left[_identity(finding)] > 0:
            left[_identity(finding)] -= 1
            spent = progress.passes == MOST_PASSES
            reason = f"{MOST_PASSES} passes were not enough" if spent else "the file cannot hold it"
            unmade.append(Undone(finding, progress.why_not(finding) or reason))
        else:
            made.append(finding)
    return tuple(made), tuple(unmade)


def offered(finding: Finding, least: Safety) -> bool:
    """Whether a finding has a fix that is at least so safe."""
    return finding.fix is not None and finding.fix.safety >= least > Safety.DISPLAY


def _wanted(progress: _Progress[R]) -> list[tuple[Finding, Fix]]:
    """The findings to mend, but for those whose fix was taken back before."""
    return [
        (finding, finding.fix)
        for finding in progress.reading.findings
        if finding.fix is not None and not progress.why_not(finding)
    ]


def _identity(finding: Finding) -> tuple[str, str, tuple[str, ...], str]:
    """What stays of a finding when text before it moves."""
    return finding.rule, finding.span.path, finding.subjects, finding.message


def _pass(progress: _Progress[R], wanted: Sequence[tuple[Finding, Fix]], read: Read[R]) -> bool:
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
        broken = [
            *damage(progress.reading.project, reading.project, change.sources(), edits),
            *unmended(progress.reading.findings, reading.findings, progress.why_never),
        ]
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
