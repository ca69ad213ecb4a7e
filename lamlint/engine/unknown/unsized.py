"""Packages that may be too large, and of which nothing says how large they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lamlint.engine.scope import Scope
from lamlint.packages import Package
from lamlint.packages.measurement import several
from lamlint.project import Project
from lamlint.text import Related, Span
from lamlint.text.regex import Regex

_BUILDS = {"sam": ("sam build",)}
"""What builds a package that is measured then, by what declares the function."""
_RULE = "package-too-large"
_SEPARATORS = Regex(r"[-_.]+")


def unsized(scope: Scope, project: Project) -> tuple[Related, ...]:
    """The files that ask for large distributions without a size, each with those and for whom.

    Only where the size would have been looked at: the rule runs, and the function or the file
    is among the paths asked for.
    """
    if not any(rule.name == _RULE for rule in scope.running):
        return ()
    asked: dict[str, tuple[set[str], set[str], set[str]]] = {}
    for package, place, name in _large(scope, project):
        names, functions, builds = asked.setdefault(place, (set(), set(), set()))
        names.add(name)
        functions.add(package.name)
        builds.update(_BUILDS.get(package.function.dialect, ()))
    return tuple(
        Related(Span(place, 0, 0), _told(*found)) for place, found in sorted(asked.items())
    )


def _large(scope: Scope, project: Project) -> Iterator[tuple[Package, str, str]]:
    """Packages, with the files that ask for what is large, and its name."""
    for package in project.packages:
        for missing in () if package.function.code.asks_in_vain else package.missing:
            if scope.holds(missing.place) or scope.holds(package.function.template):
                for name in map(_normalised, missing.asked):
                    if name in project.catalog.packages.large:
                        yield package, missing.place, name


def _told(names: Iterable[str], functions: Iterable[str], builds: Iterable[str]) -> str:
    built = "".join(f", until `{one}` is run" for one in builds)
    return f"nothing says how large {several(names)} would be, for {several(functions)}{built}"


def _normalised(name: str) -> str:
    return _SEPARATORS.sub("-", name).lower()
