"""Takes out of the findings what users have suppressed, and tells what suppresses nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from lamlint.config import Ignore
from lamlint.covers import Cover, Covering, Covers, configured
from lamlint.directives import MARK, Directive, directives
from lamlint.selection import nearest
from lamlint.text import Edit, Finding, Fix, Safety, Source, Span, Tree, Unreadable

if TYPE_CHECKING:
    from lamlint.project import Project

UNUSED_IGNORE = "unused-ignore"
ENDINGS = (".py", ".pyi", ".yaml", ".yml", ".template", ".toml")


@dataclass(frozen=True)
class Suppressed:
    """What is left, what was taken out, and the findings on suppressions that do nothing."""

    left: tuple[Finding, ...]
    hidden: tuple[Finding, ...]
    unused: tuple[Finding, ...]


@dataclass(frozen=True, eq=False)
class _Suppression:
    """One name of one suppression."""

    rule: str
    cover: Cover
    uses: list[Finding] = field(default_factory=list)


def suppress(
    findings: Sequence[Finding],
    project: Project,
    *,
    paths: Iterable[str],
    ignores: Sequence[Ignore],
    known: Collection[str],
    selected: Collection[str],
    config_path: Callable[[str], str],
) -> Suppressed:
    """Apply all suppressions.

    `paths` are the files whose comments are asked whether they are of use,
    `known` the names of all rules and `selected` of those that ran.
    `config_path` gives a configuration file's path in the project.
    """
    read = _Comments(project)
    read.look_at(finding.span.path for finding in findings)
    read.look_at(path for path in paths if path.endswith(ENDINGS))
    covering = Covering(project)
    covers = [(directive, covering.by_comment(directive)) for directive in read.found]
    by_comment = [
        (directive, [_Suppression(name.text, cover) for name in directive.names])
        for directive, cover in covers
    ]
    by_data = [
        (ignore, [_Suppression(rule, covering.in_scope(ignore.scope, function))])
        for function in project.functions
        for ignore in function.ignores
        for rule in ignore.rules
    ]
    by_config = [(ignore, _Suppression(ignore.rule, configured(ignore))) for ignore in ignores]
    every = [
        *(s for d, own in by_comment if not d.problem and not _over(d.until, project) for s in own),
        *(s for _, own in by_data for s in own),
        *(s for i, s in by_config if not _over(i.expires, project)),
    ]
    left, hidden = _apply(findings, every, project.tree)
    teller = _Teller(project.today, known, selected)
    unused = [
        *(finding for directive, own in by_comment for finding in teller.comment(directive, own)),
        *(finding for i, own in by_data for s in own for finding in teller.data(i.span, s)),
        *(
            finding
            for ignore, s in by_config
            for finding in teller.config(ignore, s, project, config_path(ignore.file))
        ),
    ]
    told, quiet = _apply(unused, every, project.tree)
    return Suppressed(left, (*hidden, *quiet), told)


def _over(until: date | None, project: Project) -> bool:
    return until is not None and until < project.today


def _apply(
    findings: Sequence[Finding], suppressions: Sequence[_Suppression], tree: Tree
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    by_rule: dict[str, list[_Suppression]] = {}
    for suppression in suppressions:
        by_rule.setdefault(suppression.rule, []).append(suppression)
    covers = {rule: Covers([s.cover for s in own], tree) for rule, own in by_rule.items()}
    left: list[Finding] = []
    hidden: list[Finding] = []
    for finding in findings:
        rest: Finding | None = finding
        for place in covers[finding.rule].of(finding) if finding.rule in covers else ():
            suppression = by_rule[finding.rule][place]
            leaves = suppression.cover.leaves
            # Each is asked about the whole finding, so that two that say the same are both of use.
            if leaves(finding) != finding:
                suppression.uses.append(finding)
                rest = None if rest is None else leaves(rest)
        if rest is None:
            hidden.append(finding)
        else:
            left.append(rest)
    return tuple(left), tuple(hidden)


class _Comments:
    """The suppressing comments of the files that were looked at, inline code included."""

    def __init__(self, project: Project) -> None:
        self.found: list[Directive] = []
        self._tree = project.tree
        self._seen: set[str] = set()
        self._inline: dict[str, list[Source]] = {}
        for function in project.functions:
            if function.code.inline is not None:
                self._inline.setdefault(function.template, []).append(function.code.inline)

    def look_at(self, paths: Iterable[str]) -> None:
        for path in paths:
            if not path or path in self._seen:
                continue
            self._seen.add(path)
            if not self._tree.mentions(path, (MARK.encode(),)):
                continue
            source = self._tree.read(path)
            if isinstance(source, Unreadable):
                continue
            self.found += directives(source)
            for inline in self._inline.get(path, ()):
                self.found += directives(inline)


@dataclass(frozen=True)
class _Teller:
    """Words the findings on suppressions that suppress nothing."""

    today: date
    known: Collection[str]
    selected: Collection[str]

    def comment(
        self, directive: Directive, suppressions: Sequence[_Suppression]
    ) -> Iterator[Finding]:
        if directive.problem:
            yield _finding(f"This comment suppresses nothing: {directive.problem}", directive.span)
            return
        for suppression in suppressions:
            if suppression.rule not in self.known:
                hint = nearest(suppression.rule, self.known)
                message = f"This comment suppresses nothing: there is no rule {suppression.rule!r}"
                yield _finding(message + hint, directive.span)
        if directive.until is not None and directive.until < self.today:
            message = f"This comment ended on {directive.until}: it suppresses nothing any more"
            yield _finding(message, directive.span)
            return
        unused = [s.rule for s in suppressions if self._unused(s)]
        if unused:
            message = f"This comment suppresses nothing: no {_list(unused)} is found here"
            yield _finding(message, directive.span, directive.without(frozenset(unused)))

    def data(self, span: Span, suppression: _Suppression) -> Iterator[Finding]:
        if suppression.rule not in self.known:
            hint = nearest(suppression.rule, self.known)
            yield _finding(f"There is no rule {suppression.rule!r} to ignore{hint}", span)
        elif self._unused(suppression):
            message = f"This entry suppresses nothing: no {suppression.rule} is found here"
            yield _finding(message, span)

    def config(
        self, ignore: Ignore, suppression: _Suppression, project: Project, path: str
    ) -> Iterator[Finding]:
        source = project.tree.read(path) if path else None
        if not isinstance(source, Source):
            return
        start = source.offset(min(ignore.line, source.line_count))
        span = source.span(start, start + len(source.line(min(ignore.line, source.line_count))))
        if ignore.expires is not None and ignore.expires < self.today:
            yield _finding(f"This ignore ended on {ignore.expires}: it suppresses nothing", span)
        elif self._unused(suppression):
            yield _finding(f"This ignore suppresses nothing: no {ignore.rule} is found there", span)

    def _unused(self, suppression: _Suppression) -> bool:
        """Whether it did nothing though its rule ran; one for unused-ignore is left alone."""
        return (
            suppression.rule in self.selected
            and suppression.rule != UNUSED_IGNORE
            and not suppression.uses
        )


def _finding(message: str, span: Span, edit: Edit | None = None) -> Finding:
    fix = Fix("Remove what suppresses nothing", Safety.SAFE, (edit,)) if edit else None
    return Finding(message, span, fix=fix, rule=UNUSED_IGNORE)


def _list(names: Sequence[str]) -> str:
    return " or ".join(names)
