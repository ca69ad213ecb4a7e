"""What every format is made from: findings with their places resolved and secrets masked."""

from __future__ import annotations

import os.path
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from functools import partial

from lamlint.report.causes import told_once
from lamlint.report.line_hash import LineHashes
from lamlint.report.mask import Mask
from lamlint.rule import Rule
from lamlint.text import (
    Edit,
    Finding,
    Fix,
    Position,
    Related,
    Safety,
    Severity,
    Source,
    Span,
    Unreadable,
)
from lamlint.text.dataclass import dataclass

HOME = "https://github.com/lamlint/lamlint"
"""Where the project lives; the pages of the rules are below it."""


@dataclass(frozen=True)
class Places:
    """From where paths are told: absolute folders, the workspace being a CI runner's checkout."""

    root: str
    working: str
    workspace: str = ""

    def shown(self, path: str) -> str:
        """A path of the project, relative to the working directory."""
        return _relative(os.path.join(self.root, path), self.working)

    def in_checkout(self, path: str) -> str | None:
        """A path of the project, relative to the checkout; None when no checkout holds it."""
        if not self.workspace or not _holds(self.workspace, self.root):
            return None
        return _relative(os.path.join(self.root, path), self.workspace)


@dataclass(frozen=True)
class Place:
    """A span with its lines. Its file is masked only when a format asks for the `source`.

    `path` is relative to the root and empty for the project as a whole,
    `shown` is relative to the working directory, `checkout` to the checkout
    of a CI runner, if one holds the project.
    """

    path: str
    shown: str
    checkout: str | None
    start: Position
    end: Position
    masked: Callable[[], Source | None] = field(compare=False, repr=False)

    @property
    def source(self) -> Source | None:
        """The masked text of the file; None when it cannot be shown."""
        return self.masked()

    @property
    def label(self) -> str:
        """The place as people write it."""
        return f"{self.shown}:{self.start.line}:{self.start.column}"


@dataclass(frozen=True)
class Note:
    """A place that explains a finding, with its sentence."""

    place: Place
    message: str


@dataclass(frozen=True)
class Change:
    """One edit of a fix; secrets in its text are masked."""

    place: Place
    text: str
    masked: bool = False
    """Whether the text is not the real one: then it must not be applied."""


@dataclass(frozen=True)
class Repair:
    """A fix with its edits resolved."""

    title: str
    safety: Safety
    changes: tuple[Change, ...]

    @property
    def whole(self) -> bool:
        """Whether the edits can be applied as they are shown."""
        return not any(change.masked for change in self.changes)


@dataclass(frozen=True)
class Item:
    """A finding, ready to be told."""

    rule: str
    family: str
    severity: Severity
    message: str
    functions: tuple[str, ...]
    place: Place
    related: tuple[Note, ...]
    flow: tuple[Note, ...]
    fix: Repair | None
    url: str
    fingerprint: str
    hashes: LineHashes = field(compare=False, repr=False)

    @property
    def line_hash(self) -> str | None:
        """GitHub's hash of the first line; None where the file is no text."""
        return self.hashes.of(self.place.path, self.place.start.line)


@dataclass(frozen=True)
class Fixes:
    """What a run mended: how many findings by path and rule, and what the user still has to do.

    `followed` of them came up only when others had been mended; `left` holds
    paths with sentences.
    """

    mended: Mapping[tuple[str, str], int] = field(default_factory=dict)
    followed: int = 0
    left: tuple[tuple[str, str], ...] = ()

    @property
    def promised(self) -> int:
        """How many of those were mended that the run without --fix speaks of."""
        return sum(self.mended.values()) - self.followed

    @staticmethod
    def of(several: Iterable[Fixes]) -> Fixes:
        """Those of several projects together."""
        every = tuple(several)
        mended: Counter[tuple[str, str]] = Counter()
        for each in every:
            mended.update(each.mended)
        left = dict.fromkeys(one for each in every for one in each.left)
        return Fixes(mended, sum(each.followed for each in every), tuple(left))


@dataclass(frozen=True)
class Counts:
    """What the closing line and the summary tell.

    `safe` and `unsafe` count the findings that --fix, and only
    --unsafe-fixes, would mend; `fixed` those that this run mended.
    """

    errors: int = 0
    warnings: int = 0
    informations: int = 0
    suppressed: int = 0
    baselined: int = 0
    fixed: int = 0
    safe: int = 0
    unsafe: int = 0
    files: int = 0
    functions: int = 0

    @property
    def findings(self) -> int:
        """How many findings the report shows."""
        return self.errors + self.warnings + self.informations


@dataclass(frozen=True)
class Report:
    """All that a format may tell of one run. Holds no secret in clear."""

    items: tuple[Item, ...]
    counts: Counts
    rules: Mapping[str, Rule]
    """The rules of the run, by name, and those of all findings."""
    version: str = ""
    unsafe_fixes: bool = False
    """Whether the run was told to take unsafe fixes; only the hints change."""
    fixing: bool = False
    """Whether the run applied fixes."""
    fixes: Fixes = field(default_factory=Fixes)
    show_fixes: bool = False
    """Whether people want to see a list of what was mended."""
    quiet: bool = False
    """Whether people are shown findings and nothing else."""
    unread: tuple[Note, ...] = ()
    """What would have been read and was not, each with its reason."""
    relaxed: tuple[Note, ...] = ()
    """The configurations of folders that check less than the one around them, and by what."""
    frameworks: tuple[Note, ...] = ()
    """What declares functions and is not read, each with its tool; only where none was found."""
    unsized: tuple[Note, ...] = ()
    """What asks for large packages of which nothing says how large they are."""


def build(
    findings: Sequence[Finding],
    *,
    read: Callable[[str], Source | Unreadable],
    places: Places,
    rules: Mapping[str, Rule],
    fingerprints: Sequence[str] = (),
    secrets: Iterable[Finding] = (),
    suppressed: int = 0,
    baselined: int = 0,
    fixes: Fixes | None = None,
    fixing: bool = False,
    show_fixes: bool = False,
    unsafe_fixes: bool = False,
    files: int = 0,
    functions: int = 0,
    version: str = "",
    quiet: bool = False,
    unread: Sequence[Related] = (),
    relaxed: Sequence[Related] = (),
    frameworks: Sequence[Related] = (),
    unsized: Sequence[Related] = (),
) -> Report:
    """The report on some findings, in their order.

    `read` gives the texts that the findings are about. `fingerprints` run
    parallel to the findings. `secrets` are further findings that are not to
    be shown (suppressed, in the baseline) but whose secrets must be masked
    where others quote their lines.
    """
    fixes = fixes or Fixes()
    mask = Mask.of([*findings, *secrets], rules, read)
    resolve = _Resolver(read, places, mask, LineHashes(read))
    names = [*fingerprints] or [""] * len(findings)
    items = tuple(
        resolve.item(finding, rules.get(finding.rule), names[place])
        for place, finding in told_once(findings).items()
    )
    counts = Counts(
        errors=sum(item.severity is Severity.ERROR for item in items),
        warnings=sum(item.severity is Severity.WARNING for item in items),
        informations=sum(item.severity is Severity.INFORMATION for item in items),
        suppressed=suppressed,
        baselined=baselined,
        fixed=fixes.promised,
        safe=sum(_grade(item) is Safety.SAFE for item in items),
        unsafe=sum(_grade(item) is Safety.UNSAFE for item in items),
        files=files,
        functions=functions,
    )
    return Report(
        items,
        counts,
        rules,
        version,
        unsafe_fixes,
        fixing,
        fixes,
        show_fixes,
        quiet,
        resolve.notes(unread),
        resolve.notes(relaxed),
        resolve.notes(frameworks),
        resolve.notes(unsized),
    )


def page_url(rule: str) -> str:
    """Where a rule's page is on the web."""
    return f"{HOME}/blob/main/rules/README.md#{rule}"


def _grade(item: Item) -> Safety | None:
    return item.fix.safety if item.fix else None


@dataclass(frozen=True)
class _Resolver:
    read: Callable[[str], Source | Unreadable]
    places: Places
    mask: Mask
    hashes: LineHashes

    def item(self, finding: Finding, rule: Rule | None, fingerprint: str) -> Item:
        place = self.place(finding.span)
        severity = finding.severity or (rule.severity if rule else Severity.ERROR)
        return Item(
            rule=finding.rule,
            family=rule.family if rule else "",
            severity=severity,
            message=self.mask.text(finding.message),
            functions=finding.subjects,
            place=place,
            related=self.notes(finding.related),
            flow=self.notes(finding.flow),
            fix=self.repair(finding.fix) if finding.fix else None,
            url=page_url(finding.rule),
            fingerprint=fingerprint,
            hashes=self.hashes,
        )

    def notes(self, notes: Iterable[Related]) -> tuple[Note, ...]:
        return tuple(Note(self.place(note.span), self.mask.text(note.message)) for note in notes)

    def repair(self, fix: Fix) -> Repair:
        # What is put at one place stays in its order: a name before what reads it.
        edits = sorted(fix.edits, key=lambda edit: edit.span)
        changes = (self.change(edit) for edit in edits)
        return Repair(self.mask.text(fix.title), fix.safety, tuple(changes))

    def change(self, edit: Edit) -> Change:
        text = self.mask.text(edit.text)
        return Change(self.place(edit.span), text, text != edit.text)

    def place(self, span: Span) -> Place:
        source = self.read(span.path) if span.path else None
        start = end = Position(1, 1)
        if isinstance(source, Source):
            start, end = source.position(span.start), source.position(max(span.end, span.start))
        shown, checkout = self.places.shown(span.path), self.places.in_checkout(span.path)
        masked = partial(self.mask.source, span.path)
        return Place(span.path, shown, checkout, start, end, masked)


def _relative(path: str, start: str) -> str:
    try:
        relative = os.path.relpath(path, start)
    except ValueError:  # another drive
        relative = os.path.abspath(path)
    return relative.replace(os.sep, "/")


def _holds(folder: str, path: str) -> bool:
    relative = _relative(path, folder)
    return relative != ".." and not relative.startswith("../") and not os.path.isabs(relative)
