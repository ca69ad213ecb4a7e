"""The work of a check, cut into jobs: each is plain data, and so is what is found in it.

A job can be done in any process that has the project. What comes of it never
depends on which jobs were done before it, or where.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from functools import cached_property
from posixpath import normpath
from time import perf_counter
from typing import TYPE_CHECKING, Any, cast

from lamlint.engine.concern import concerns
from lamlint.engine.known.heard import Heard, Standing
from lamlint.files import asking
from lamlint.files.kinds import is_synthesized
from lamlint.files.overheard import Uses, overhearing
from lamlint.model import Function
from lamlint.project.subjects import Homes, Part, homes, names_of, parts, paths, subjects
from lamlint.python.module.heap import let_go
from lamlint.rule import Rule, Subject
from lamlint.text import Finding, Fix, Related, Span, Unread, internal_error
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.project import Project

_WORDS = {Subject.EVENT_SOURCE: "event source", Subject.PACKAGE: "package of"}
_WITH_CODE = frozenset({Subject.HANDLER, Subject.FUNCTION})
NOTED = frozenset({Subject.HANDLER, Subject.MODULE})
"""The parts of which what comes of them can be known: they take most of the time."""


@dataclass(frozen=True)
class Job:
    """Some rules on a part of a project: those of one name, or all that look at such parts."""

    part: Part
    rule: str = ""

    def each(self) -> Iterator[Job]:
        """The same job, item by item."""
        return (Job(part, self.rule) for part in self.part.each())


@dataclass(frozen=True)
class Found:
    """What came of a job, as plain data.

    `failed` are the rules that raised, by name, each with the finding that says so; `unread` and
    `problems` is what reading came across that was not known before. `seconds` is the time that
    each rule took, with all that it was the first to ask for.
    """

    findings: tuple[Finding, ...] = ()
    failed: Mapping[str, Finding] = field(default_factory=dict)
    unread: frozenset[Unread] = frozenset()
    problems: tuple[Finding, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    uses: Uses | None = None
    """All that this followed from; None where it was not noted, or followed from more."""


@dataclass(frozen=True)
class Work:
    """A project, and the rules that run on it, with their options by name."""

    project: Project
    rules: tuple[Rule, ...]
    options: Mapping[str, Any]
    known: Mapping[Job, Found] = field(default_factory=dict)
    """What comes of some jobs, known before they are done."""

    @cached_property
    def _running(self) -> Mapping[Subject, Mapping[str, Rule]]:
        found: dict[Subject, dict[str, Rule]] = {}
        for rule in self.rules:
            found.setdefault(rule.subject, {})[rule.name] = rule
        return found

    @cached_property
    def _homes(self) -> Homes:
        return homes(self.project)

    def jobs(self) -> Iterator[Job]:
        """All there is to do. The findings of a check are in this order."""
        for part in parts(self.project, self._running):
            if part.kind is Subject.PROJECT:
                yield from (Job(part, name) for name in self._running[part.kind])
            elif len(part):
                yield Job(part)

    def length(self, job: Job) -> int:
        """How many characters the code has at least that a job reads."""
        if job.part.kind not in NOTED:
            return 0
        modules = self.project.modules
        read = {path for path in paths(self.project, job.part) if path in modules}
        return sum(len(modules[path].source.text) for path in read)

    def ready(self) -> None:
        """Work out what most jobs ask first: processes that are doubled from this one share it.

        What fails here fails in a job again, and is told there.
        """
        with contextlib.suppress(Exception):
            self._homes, self.project.asked_first()

    def do(self, job: Job) -> Found:
        """Run the rules of a job, and keep nothing of what was worked out for it alone."""
        try:
            return self._noted(job)
        finally:
            let_go()

    def _noted(self, job: Job) -> Found:
        """Run the rules of a job; where notes are taken, note what follows from what."""
        notes = asking.taken()
        if notes is None or job.part.kind not in NOTED:
            return self._do(job, self.project)
        uses = Uses(notes.key)
        with overhearing(uses):
            found = self._do(job, self._heard(job, uses))
        whole = self._is_all(job, found, uses)
        return dataclasses.replace(found, uses=uses) if whole else found

    def _heard(self, job: Job, uses: Uses) -> Project:
        """The project as the rules of a job see it, with what they are told being noted.

        What is known of the job's own code is let go, so that all is asked that the job needs.
        """
        own: frozenset[str] = frozenset()
        if job.part.kind is Subject.HANDLER:
            unit = tuple(self.project.units)[job.part.unit]
            unit.begin_anew()
            own = self.project.read_in(unit)
        return cast("Project", Heard(self.standing, uses, own))

    @cached_property
    def standing(self) -> Standing:
        """What stands for the parts of the project."""
        return Standing(self.project)

    def _is_all(self, job: Job, found: Found, uses: Uses) -> bool:
        """Whether a job was done as a whole, and all is noted that it followed from.

        Another job may have come across the same before, and been told of it.
        """
        if uses.torn or found.failed or found.unread or found.problems:
            return False
        files = {*map(normpath, uses.texts), *paths(self.project, job.part)}
        return not any(one.span.path in files for one in self.project.unread)

    def _do(self, job: Job, project: Project) -> Found:
        known, late = self.project.unread, len(self.project.late_problems)
        run = _Run(project, self._of(job), self.options)
        try:
            where = self._homes if job.part.kind in _WITH_CODE else {}
            for kind, subject in subjects(self.project, run.running, job.part, where):
                run.on(kind, subject)
        except Exception as error:  # noqa: BLE001  nor must one part silence the others
            place = Span(next(paths(self.project, job.part), ""), 0, 0)
            run.failed[""] = internal_error("a part could not be looked at", error, place)
        return Found(
            tuple(run.found),
            run.failed,
            self.project.unread - known,
            tuple(self.project.late_problems[late:]),
            run.seconds,
        )

    def _of(self, job: Job) -> dict[Subject, dict[str, Rule]]:
        return {
            kind: {name: rule for name, rule in rules.items() if job.rule in ("", name)}
            for kind, rules in self._running.items()
        }

    def lost(self, job: Job, why: str) -> Found:
        """What stands for a job of which nothing came: the files that it was about, as unread."""
        named = sorted(set(paths(self.project, job.part)))
        by = f" by {job.rule}" if job.rule else ""
        return Found(
            unread=frozenset(Unread(Span(path, 0, 0), f"not analysed{by}: {why}") for path in named)
        )


@dataclass(frozen=True)
class _Run:
    """The rules that run on one part, and what they have found so far."""

    project: Project
    running: dict[Subject, dict[str, Rule]]
    options: Mapping[str, Any]
    found: list[Finding] = field(default_factory=list)
    failed: dict[str, Finding] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def on(self, kind: Subject, subject: Any) -> None:
        """Run the rules that concern a subject. One that fails is not run again."""
        for rule in tuple(self.running.get(kind, {}).values()):
            if not concerns(self.project, rule, subject):
                continue
            begun = perf_counter()
            try:
                self.found.extend(self._findings(rule, kind, subject))
            except RecursionError:
                name, place = _name(kind, subject)
                self.project.tree.unread.add(
                    Unread(place, f"only in part: {rule.name} got too deep into {name}")
                )
            except Exception as error:  # noqa: BLE001  one broken rule must not silence the others
                del self.running[kind][rule.name]
                name, place = _name(kind, subject)
                what = f"the rule {rule.name} failed on {name}"
                self.failed[rule.name] = internal_error(what, error, place)
            finally:
                took = perf_counter() - begun
                self.seconds[rule.name] = self.seconds.get(rule.name, 0) + took

    def _findings(self, rule: Rule, kind: Subject, subject: Any) -> Iterator[Finding]:
        """What one rule finds in one subject, with what the rule itself need not say."""
        options = self.options.get(rule.name, rule.options)
        arguments = (subject,) if kind is Subject.PROJECT else (subject, self.project)
        extra = () if options is None else (options,)
        for finding in rule.check(*arguments, *extra):
            yield dataclasses.replace(
                finding,
                rule=rule.name,
                severity=rule.severity if finding.severity is None else finding.severity,
                subjects=finding.subjects or names_of(subject),
                related=(*finding.related, *_declared(finding, subject, self.project)),
                fix=None if finding.fix is None or _is_lost(finding.fix) else finding.fix,
            )


def _is_lost(fix: Fix) -> bool:
    """Whether a fix changes what is soon written anew."""
    return any(is_synthesized(edit.span.path) for edit in fix.edits)


def _declared(finding: Finding, subject: Any, project: Project) -> Iterator[Related]:
    """The declaration of what a finding is about, unless the finding tells of that file."""
    told = {finding.span.path, *(note.span.path for note in finding.related)}
    for note in project.declared_at(subject, finding.subjects):
        if not isinstance(subject, Function) or note.span.path not in told:
            yield note


def _name(kind: Subject, subject: Any) -> tuple[str, Span]:
    """What a subject is called where a rule failed on it, and its place."""
    if kind is Subject.PROJECT:
        return "the project", Span("", 0, 0)
    if kind is Subject.MODULE:
        return f"the module {subject.path}", subject.source.span(0, 0)
    return f"the {_WORDS.get(kind, kind.value.lower())} {subject.name}", subject.span


def together(found: Iterable[Found]) -> Found:
    """What came of several jobs, in their order, as of one: a rule that failed says no more."""
    every = tuple(found)
    findings: list[Finding] = []
    failed: dict[str, Finding] = {}
    seconds: dict[str, float] = {}
    for each in every:
        findings += (one for one in each.findings if one.rule not in failed)
        failed = {**each.failed, **failed}
        for name, took in each.seconds.items():
            seconds[name] = seconds.get(name, 0) + took
    return Found(
        tuple(findings),
        failed,
        frozenset().union(*(each.unread for each in every)),
        tuple(dict.fromkeys(one for each in every for one in each.problems)),
        seconds,
    )
