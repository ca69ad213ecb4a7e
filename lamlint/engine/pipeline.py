"""The whole flow: load, build, check, settle; and with fixes, mend and read again."""

from __future__ import annotations

import dataclasses
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from functools import cached_property, partial
from typing import TypeAlias

from lamlint import __version__, project, report
from lamlint.catalog import shared_catalog
from lamlint.config.table import shown
from lamlint.engine import baseline, check
from lamlint.engine.bench import SILENT, Bench, Watch, here
from lamlint.engine.fix import Held, Reading, Repair, nothing, repair
from lamlint.engine.merge import Part, common_root, joined
from lamlint.engine.scope import Request, Scope, scopes
from lamlint.engine.suppression import suppress
from lamlint.engine.unknown.frameworks import unread_frameworks
from lamlint.engine.unknown.gaps import Gaps
from lamlint.engine.unknown.passed_over import passed_over
from lamlint.engine.unknown.relaxed import relaxed
from lamlint.engine.unknown.unread import unread
from lamlint.engine.unknown.unsized import unsized
from lamlint.engine.waiting import not_waiting
from lamlint.files.overlay import Overlay
from lamlint.python.module.syntax import KEPT, KEPT_TO_MEND, Shelf
from lamlint.report.causes import told_once
from lamlint.report.mask import Mask
from lamlint.rule import Rule
from lamlint.text import INTERNAL_ERROR, Finding, Related, Safety, Source, Span, Unread
from lamlint.text.dataclass import dataclass

Key: TypeAlias = "tuple[str, int, int, str]"
"""The absolute place of a finding, and its rule."""


@dataclass(frozen=True)
class Settled:
    """The findings on one reading of a project, sorted by what becomes of them."""

    shown: tuple[Finding, ...]
    identities: tuple[baseline.Known, ...]
    """Of all that is shown or known, in the order of `findings`."""
    suppressed: tuple[Finding, ...]
    known: tuple[Finding, ...]
    fingerprints: tuple[str, ...]
    stale: tuple[baseline.Known, ...]
    unshown: frozenset[baseline.Known]
    """Of what is found and was not to be shown: it is too light, or ignored for its path."""
    gaps: Gaps = field(repr=False)


@dataclass(frozen=True)
class Checked(Reading):
    """A project as it stands, and all that is found on it."""

    settled: Settled


@dataclass(frozen=True)
class Outcome:
    """One project of a run, checked and perhaps mended."""

    scope: Scope
    reader: Reader = field(repr=False)
    reading: Checked
    repair: Repair[Checked] | None
    secrets: tuple[str, ...] = field(default=(), repr=False)
    """What was found before anything was mended, for covering it where old lines are shown."""
    relaxed: tuple[Related, ...] = ()
    """The project's configuration, where it checks less than that of the project around."""

    @property
    def settled(self) -> Settled:
        """The findings as the project stands."""
        return self.reading.settled

    @cached_property
    def unread(self) -> tuple[Unread, ...]:
        """What would have been read and was not."""
        return unread(self.scope, self.reading.project)

    @cached_property
    def unsized(self) -> tuple[Related, ...]:
        """What asks for large packages of which nothing says how large they are."""
        return unsized(self.scope, self.reading.project)

    @cached_property
    def frameworks(self) -> tuple[Related, ...]:
        """What declares functions here and is not read, where no function was found."""
        built = self.reading.project
        return () if built.functions else tuple(unread_frameworks(built.tree))

    @cached_property
    def passed_over(self) -> tuple[Related, ...]:
        """What may declare functions and is not known, where no function was found."""
        built = self.reading.project
        return () if built.functions else tuple(passed_over(self.scope, built, self.unread))


@dataclass(frozen=True)
class Reader:
    """Reads and checks one project, with changed texts laid over its files."""

    scope: Scope
    today: date
    known: tuple[baseline.Known, ...] | None
    shelf: Shelf = field(default_factory=Shelf)
    """What one reading parsed and a fix does not change, the next one need not parse again."""
    told: frozenset[Key] = frozenset()
    """What is told already, in projects that share code with this one."""
    bench: Bench = here
    """Where the work is done."""
    watch: Watch = SILENT

    def __call__(self, texts: Mapping[str, str]) -> Checked:
        """The project and the findings that are shown of it."""
        scope = self.scope
        tree = Overlay(scope.tree, texts) if texts else scope.tree
        self.watch.enter("reading")
        built = project.build(tree, scope.targets, shared_catalog(), self.today, self.shelf)
        self.watch.enter("analysing")
        found = check.check(built, scope.running, scope.config.options, self.bench, self.watch)
        self.watch.enter("settling")
        settled = self._settle(built, found)
        return Checked(built, settled.shown, settled)

    def _settle(self, built: project.Project, found: Sequence[Finding]) -> Settled:
        """Suppress, limit to what was asked for, and take out what the baseline knows."""
        scope = self.scope
        running = {rule.name for rule in scope.running}
        problems = [f for f in built.problems if f.rule in {*running, INTERNAL_ERROR}]
        gaps = Gaps(
            built,
            failed=any(one.rule == INTERNAL_ERROR for one in (*found, *problems)),
            apart=bool(scope.disk.apart),
        )
        suppressed = suppress.suppress(
            check.merge([*found, *map(self._graded, problems)]),
            built,
            paths=scope.files if suppress.UNUSED_IGNORE in running else (),
            ignores=scope.config.ignores,
            rules=scope.rules,
            selected=running,
            gaps=gaps,
            config_path=partial(_inside, scope.root),
        )
        unused = suppressed.unused if suppress.UNUSED_IGNORE in running else ()
        left = check.merge([*suppressed.left, *map(self._graded, unused)])
        return self._compared(built, not_waiting(left, scope.rules), suppressed.hidden, gaps)

    def _compared(
        self,
        built: project.Project,
        left: Sequence[Finding],
        hidden: tuple[Finding, ...],
        gaps: Gaps,
    ) -> Settled:
        """What becomes of all that is found; what is not to be shown is known by its identity."""
        scope = self.scope
        found = [f for f in left if self._wants(f, built) or scope.holds(f.span.path)]
        identities = baseline.identify(found, built.tree, scope.rules)
        matched = baseline.match(identities, self.known or (), built.tree.is_file)
        new = frozenset(matched.new)
        wanted = [place for place, finding in enumerate(found) if self._wants(finding, built)]
        shown = [place for place in wanted if place in new]
        told = tuple(identities[place] for place in wanted)
        return Settled(
            shown=tuple(found[place] for place in shown),
            identities=told,
            suppressed=hidden,
            known=tuple(found[place] for place in wanted if place not in new),
            fingerprints=tuple(identities[place].fingerprint for place in shown),
            stale=tuple(sought(matched.stale, scope, gaps)),
            unshown=frozenset(identities).difference(told),
            gaps=gaps,
        )

    def _wants(self, finding: Finding, built: project.Project) -> bool:
        """Whether a finding is to be shown, unless a baseline knows it."""
        return (
            self.scope.reports(finding, built.beside) and _key(self.scope, finding) not in self.told
        )

    def _graded(self, finding: Finding) -> Finding:
        if finding.severity is not None:
            return finding
        return dataclasses.replace(finding, severity=self.scope.rules[finding.rule].severity)


def sought(entries: Iterable[baseline.Known], scope: Scope, gaps: Gaps) -> Iterator[baseline.Known]:
    """The entries of a baseline whose findings a run would have found, were they still there."""
    running = {rule.name: rule for rule in scope.running}
    for entry in entries:
        rule = running.get(entry.rule)
        if rule is None or not scope.holds(entry.path):
            continue
        if not gaps.may_hide(rule, Span(entry.path, 0, 0)):
            yield entry


def run(
    request: Request, rules: Mapping[str, Rule], bench: Bench = here, watch: Watch = SILENT
) -> tuple[Outcome, ...]:
    """Check what a request asks for; with fixes, mend it in memory. Writes nothing."""
    outcomes = []
    told: set[Key] = set()
    watch.enter("finding files")
    every = scopes(request, rules)
    room = KEPT if request.fix is None else KEPT_TO_MEND
    for scope in every:
        known = load_baseline(scope, request)
        shelf = Shelf(room=room)
        reader = Reader(scope, request.today, known, shelf, frozenset(told), bench, watch)
        reading = reader({})
        told.update(_key(scope, finding) for finding in _all(reading.settled))
        outcome = Outcome(scope, reader, reading, None, relaxed=relaxed(scope, every))
        if request.fix is not None:
            secrets = secrets_of(outcome)
            held = _others(scope.targets[0]) if request.stdin is not None else nothing
            outcome = _mended(outcome, request.fix, held)
            outcome = dataclasses.replace(outcome, secrets=secrets)
        outcomes.append(outcome)
    return tuple(outcomes)


def secrets_of(outcome: Outcome) -> tuple[str, ...]:
    """The secrets that were found, to be covered where lines are shown."""
    read = outcome.reading.project.tree.read
    return tuple(Mask.of(_all(outcome.settled), outcome.scope.rules, read).words.words)


def without(outcome: Outcome, least: Safety, held: Mapping[str, str]) -> Outcome:
    """The same project mended anew, without the files that cannot be written, by absolute path."""
    absolute = outcome.scope.disk.absolute
    start = dataclasses.replace(outcome, reading=outcome.reader({}))
    return _mended(start, least, lambda path: held.get(absolute(path), ""))


def _mended(outcome: Outcome, least: Safety, held: Held) -> Outcome:
    done = repair(outcome.reader, least, outcome.reading, held)
    return dataclasses.replace(outcome, reading=done.reading, repair=done)


def _others(given: str) -> Held:
    """All files but the one that is given: what reads the standard input writes nothing else."""
    return lambda path: "" if path == given else "only the standard input is rewritten"


def _all(settled: Settled) -> tuple[Finding, ...]:
    return (*settled.shown, *settled.suppressed, *settled.known)


def _key(scope: Scope, finding: Finding) -> Key:
    span = finding.span
    return scope.disk.absolute(span.path), span.start, span.end, finding.rule


def load_baseline(scope: Scope, request: Request) -> tuple[baseline.Known, ...] | None:
    """The known findings, unless they are to be written anew."""
    if request.write_baseline or not scope.baseline:
        return None
    return baseline.read(scope.baseline, shown(scope.baseline))


def _inside(root: str, file: str) -> str:
    """A configuration file's path in the project; nothing for one that lies elsewhere."""
    path = os.path.relpath(file, root).replace(os.sep, "/")
    return "" if path.startswith("../") else path


def report_on(
    outcomes: Sequence[Outcome],
    rules: Mapping[str, Rule],
    *,
    unsafe: bool,
    written: bool,
    quiet: bool = False,
    show_fixes: bool = False,
    working: str = "",
) -> report.Report:
    """One report on all projects of a run. `written` says whether fixes were really made.

    Paths are told from the folder `working`: the current one unless another is given.
    """
    root = common_root([outcome.scope.root for outcome in outcomes])
    whole = joined([_part(outcome) for outcome in outcomes], root)
    mended = [o for o in outcomes if o.repair is not None and written]
    return report.build(
        whole.findings,
        read=whole.read,
        places=report.Places(root, working or os.getcwd(), os.environ.get("GITHUB_WORKSPACE", "")),
        rules=rules,
        fingerprints=whole.fingerprints,
        secrets=whole.hidden,
        suppressed=sum(len(o.settled.suppressed) for o in outcomes),
        baselined=sum(len(o.settled.known) for o in outcomes),
        fixes=report.Fixes.of(_fixed(outcome) for outcome in mended),
        fixing=bool(mended),
        show_fixes=show_fixes,
        unsafe_fixes=unsafe,
        files=sum(sum(1 for _ in o.scope.files) for o in outcomes),
        functions=sum(len(o.reading.project.functions) for o in outcomes),
        unread=whole.unread,
        relaxed=whole.relaxed,
        frameworks=whole.frameworks,
        unsized=whole.unsized,
        passed_over=whole.passed_over,
        version=__version__,
        quiet=quiet,
    )


def _fixed(outcome: Outcome) -> report.Fixes:
    """What the fixes of one project mended, and what they leave to the user."""
    if outcome.repair is None:
        return report.Fixes()
    absolute = outcome.scope.disk.absolute
    made, followed = (
        told_once(some).values() for some in (outcome.repair.made, outcome.repair.followed)
    )
    done = [*made, *followed]
    fixes = [finding.fix for finding in outcome.repair.applied if finding.fix is not None]
    return report.Fixes(
        Counter((shown(absolute(one.span.path)), one.rule) for one in done),
        len(followed),
        tuple((shown(absolute(fix.edits[0].span.path)), fix.left) for fix in fixes if fix.left),
    )


def _part(outcome: Outcome) -> Part:
    settled = outcome.settled
    return Part(
        outcome.scope.root,
        outcome.reading.project.tree.read,
        settled.shown,
        settled.fingerprints,
        (*settled.suppressed, *settled.known),
        tuple(Related(one.span, one.reason) for one in outcome.unread),
        outcome.relaxed,
        outcome.frameworks,
        outcome.unsized,
        outcome.passed_over,
    )


def changed(outcomes: Sequence[Outcome]) -> dict[str, tuple[Source, str]]:
    """The files that the fixes change, by absolute path: how they are held, and their new text."""
    return {
        outcome.scope.disk.absolute(path): (outcome.repair.originals[path], text)
        for outcome in outcomes
        if outcome.repair is not None
        for path, text in outcome.repair.texts.items()
    }
