"""Takes out of the findings what users have suppressed, and tells what suppresses nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING

from lamlint.config import Ignore
from lamlint.engine.suppression.accepted import is_accepted
from lamlint.engine.suppression.covers import Cover, Covering, Covers, configured
from lamlint.engine.suppression.directives import MARKS, Directive, directives
from lamlint.engine.suppression.reviewed import is_reviewed
from lamlint.engine.suppression.unknown_names import unknown_name
from lamlint.engine.unknown.gaps import Gaps
from lamlint.rule import Rule
from lamlint.text import Edit, Finding, Fix, Safety, Source, Span, Tree, Unreadable
from lamlint.text.dataclass import dataclass
from lamlint.text.language import COMMENTED

if TYPE_CHECKING:
    from lamlint.project import Project

UNUSED_IGNORE = "unused-ignore"


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
    rules: Mapping[str, Rule],
    selected: Collection[str],
    gaps: Gaps,
    config_path: Callable[[str], str],
) -> Suppressed:
    """Apply all suppressions.

    `paths` are the files whose comments are asked whether they are of use,
    `rules` all rules by name, `selected` the names of those that ran, and `gaps`
    what they lacked. `config_path` gives a configuration file's path in the project.
    """
    read = _Comments(project)
    read.look_at(finding.span.path for finding in findings)
    read.look_at(path for path in paths if path.endswith(COMMENTED))
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
    left, reviewed = _parted(left, rules, project)
    teller = _Teller(project.today, rules, selected, gaps)
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
    return Suppressed(left, (*hidden, *reviewed, *quiet), told)


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


def _parted(
    findings: Sequence[Finding], rules: Mapping[str, Rule], project: Project
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings that are left, and those that a mark for another scanner lets stand."""
    secret = {name for name, rule in rules.items() if rule.secret}
    reviewed = {
        place
        for place, finding in enumerate(findings)
        if (finding.rule in secret and is_reviewed(finding, project.tree))
        or is_accepted(finding, rules, project)
    }
    left = tuple(one for place, one in enumerate(findings) if place not in reviewed)
    return left, tuple(findings[place] for place in sorted(reviewed))


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
            if not self._tree.mentions(path, MARKS):
                continue
            source = self._tree.read(path)
            if isinstance(source, Unreadable):
                continue
            self.found += directives(source)
            for inline in self._inline.get(path, ()):
                self.found += directives(inline)


@dataclass(frozen=True)
class _Teller:
    """Words the findings on suppressions that suppress nothing, or not what they seem to."""

    today: date
    rules: Mapping[str, Rule]
    selected: Collection[str]
    gaps: Gaps

    def comment(
        self, directive: Directive, suppressions: Sequence[_Suppression]
    ) -> Iterator[Finding]:
        span = directive.span
        if directive.problem:
            if not directive.misplaced or self._names_a_rule(directive):
                yield _finding(f"This comment suppresses nothing: {directive.problem}", span)
            return
        for suppression in suppressions:
            if suppression.rule not in self.rules:
                what = unknown_name(suppression.rule, self.rules)
                yield _finding(f"This comment suppresses nothing: {what}", span)
        if directive.remark:
            yield _finding(f"This comment does not end: {directive.remark}", span)
        if directive.until is not None and directive.until < self.today:
            message = f"This comment ended on {directive.until}: remove it, or set a later day"
            yield _finding(message, span)
            return
        unused = [s.rule for s in suppressions if self._unused(s, span)]
        if unused:
            what = "it" if len(unused) == len(directive.names) else _list(unused, "and")
            found = f"no {_list(unused, 'or')} is found here"
            message = f"This comment suppresses nothing: {found}; remove {what}"
            yield _finding(message, span, directive.without(frozenset(unused)))

    def data(self, span: Span, suppression: _Suppression) -> Iterator[Finding]:
        if suppression.rule not in self.rules:
            what = unknown_name(suppression.rule, self.rules)
            yield _finding(f"This entry suppresses nothing: {what}", span)
        elif self._unused(suppression, span):
            message = (
                f"This entry suppresses nothing: no {suppression.rule} is found here; remove it"
            )
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
            ended = f"This ignore ended on {ignore.expires}"
            yield _finding(f"{ended}: remove it, or set a later day", span)
        elif self._unused(suppression, None):
            found = f"no {ignore.rule} is found there"
            yield _finding(f"This ignore suppresses nothing: {found}; remove it", span)

    def _names_a_rule(self, directive: Directive) -> bool:
        """Whether it means to suppress: a comment may also speak of what comments look like."""
        return any(name.text in self.rules for name in directive.names)

    def _unused(self, suppression: _Suppression, place: Span | None) -> bool:
        """Whether it did nothing though its rule ran and lacked nothing that it needs there.

        Without a place that is anywhere. One for unused-ignore is left alone.
        """
        name = suppression.rule
        if name not in self.selected or name == UNUSED_IGNORE or suppression.uses:
            return False
        rule = self.rules[name]
        return not (
            self.gaps.may_hide_any(rule) if place is None else self.gaps.may_hide(rule, place)
        )


def _finding(message: str, span: Span, edit: Edit | None = None) -> Finding:
    fix = Fix("Remove what suppresses nothing", Safety.SAFE, (edit,)) if edit else None
    return Finding(message, span, fix=fix, rule=UNUSED_IGNORE)


def _list(names: Sequence[str], word: str) -> str:
    return f" {word} ".join(names)
