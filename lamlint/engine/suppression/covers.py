"""What a suppression covers, and which of many suppressions may cover a finding."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from lamlint.config import Ignore
from lamlint.engine.suppression.directives import Directive
from lamlint.text import Finding, Source, Span, Tree
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.model import Function
    from lamlint.project import Project


@dataclass(frozen=True, eq=False)
class Cover:
    """What one suppression covers. `leaves` gives what it leaves of a finding, or None for all.

    It leaves all of every finding that is not on one of the lines of the file,
    in the scope, or about the function, unless it covers things `anywhere`.
    """

    leaves: Callable[[Finding], Finding | None]
    path: str = ""
    lines: Collection[int] = ()
    scope: Span | None = None
    function: str = ""
    anywhere: bool = False


class Covers:
    """Many covers, asked for those that are in question for a finding."""

    def __init__(self, covers: Sequence[Cover], tree: Tree) -> None:
        self._tree = tree
        self._anywhere = [place for place, cover in enumerate(covers) if cover.anywhere]
        self._functions: dict[str, list[int]] = {}
        lines: dict[str, list[tuple[int, int]]] = {}
        scopes: dict[str, list[tuple[Span, int]]] = {}
        for place, cover in enumerate(covers):
            lines.setdefault(cover.path, []).extend((line, place) for line in cover.lines)
            if cover.function:
                self._functions.setdefault(cover.function, []).append(place)
            if cover.scope is not None:
                scopes.setdefault(cover.scope.path, []).append((cover.scope, place))
        self._lines = {path: sorted(found) for path, found in lines.items()}
        self._scopes = {path: _Scopes(sorted(found)) for path, found in scopes.items()}

    def of(self, finding: Finding) -> list[int]:
        """The covers that are in question, by their places among all, in their order."""
        span = finding.span
        found = {*self._anywhere, *self._on_lines(span)}
        for name in finding.subjects:
            found.update(self._functions.get(name, ()))
        if span.path in self._scopes:
            found.update(self._scopes[span.path].around(span))
        return sorted(found)

    def _on_lines(self, span: Span) -> Iterator[int]:
        lines = self._lines.get(span.path)
        source = self._tree.read(span.path) if lines else None
        if lines and isinstance(source, Source):
            first, last = _lines(source, span)
            found = lines[bisect_left(lines, (first, -1)) : bisect_left(lines, (last + 1, -1))]
            yield from (place for _, place in found)


@dataclass(frozen=True)
class _Scopes:
    """The scopes of one file, by their starts."""

    found: Sequence[tuple[Span, int]]

    @cached_property
    def _starts(self) -> list[int]:
        return [scope.start for scope, _ in self.found]

    @cached_property
    def _ends(self) -> list[int]:
        """The end of the scope that goes farthest, of those up to each."""
        return [*accumulate((scope.end for scope, _ in self.found), max)]

    def around(self, span: Span) -> Iterator[int]:
        """Those that cover a span."""
        place = bisect_right(self._starts, span.start) - 1
        while place >= 0 and self._ends[place] >= span.end:
            scope, cover = self.found[place]
            if scope.covers(span):
                yield cover
            place -= 1


class Covering:
    """What the suppressions of a project cover."""

    def __init__(self, project: Project) -> None:
        self._names = Counter(function.name for function in project.functions)
        self._resources: dict[tuple[str, int], Function] = {}
        for function in project.functions:
            source = project.tree.read(function.span.path)
            if isinstance(source, Source):
                line = source.position(function.span.start).line
                self._resources.setdefault((source.path, line), function)

    def by_comment(self, directive: Directive) -> Cover:
        """What a comment covers: the lines it stands on or above.

        On the first line of a resource it covers the whole resource.
        """
        outer = directive.source if directive.source.host is None else directive.source.host.source
        lines = {directive.line} if directive.target is None else {directive.line, directive.target}
        if directive.source.host is not None:
            first = outer.position(directive.span.start).line
            lines = {first + line - directive.line for line in lines}
        own = directive.source.host is None
        named = [self._resources.get((outer.path, line)) for line in sorted(lines)] if own else []
        function = next((each for each in named if each is not None), None)
        whole = None if function is None else self.in_scope(function.block, function)

        def leaves(finding: Finding) -> Finding | None:
            if finding.span.path == outer.path:
                first, last = _lines(outer, finding.span)
                if any(first <= line <= last for line in lines):
                    return None
            return finding if whole is None else whole.leaves(finding)

        if whole is None:
            return Cover(leaves, outer.path, lines)
        return dataclasses.replace(whole, leaves=leaves, path=outer.path, lines=lines)

    def in_scope(self, scope: Span, function: Function) -> Cover:
        """What covers a whole resource: what lies elsewhere, on other functions, is left."""
        unique = self._names[function.name] == 1

        def leaves(finding: Finding) -> Finding | None:
            if scope.covers(finding.span):
                return None
            if unique and function.name in finding.subjects:
                return _without(finding, function.name)
            return finding

        return Cover(leaves, scope=scope, function=function.name if unique else "")


def configured(ignore: Ignore) -> Cover:
    """What an entry of the configuration covers."""

    def leaves(finding: Finding) -> Finding | None:
        if ignore.paths.written and not ignore.paths.matches(finding.span.path):
            return finding
        if not ignore.function:
            return None
        if ignore.function not in finding.subjects:
            return finding
        return _without(finding, ignore.function)

    return Cover(leaves, function=ignore.function, anywhere=not ignore.function)


def _without(finding: Finding, function: str) -> Finding | None:
    rest = tuple(name for name in finding.subjects if name != function)
    return dataclasses.replace(finding, subjects=rest) if rest else None


def _lines(source: Source, span: Span) -> tuple[int, int]:
    """The first and the last line of a span; one that ends with a line ends on that line."""
    first = source.position(span.start).line
    return first, source.position(max(span.start, span.end - 1)).line
