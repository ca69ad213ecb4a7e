"""Makes the report: places are resolved, secrets masked, what one cause makes wrong folded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from lamlint.report.causes import told_once
from lamlint.report.line_hash import LineHashes
from lamlint.report.mask import Mask
from lamlint.report.places import Place, Places
from lamlint.report.report import (
    Change,
    Counts,
    Fixes,
    Item,
    Note,
    Repair,
    Report,
    page_url,
)
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
    passed_over: Sequence[Related] = (),
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
        resolve.notes(passed_over),
    )


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
