"""What keeps the code of a function from running on a newer Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from lamlint.model import Function
from lamlint.packages.requirements import Wanted, parsed
from lamlint.packages.target import Target, holds
from lamlint.project.lookup.distributions import is_layer
from lamlint.project.made_for import MadeFor, made_for
from lamlint.text import Source, Span, Tree
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    import packaging.version
    from packaging.requirements import Requirement

    from lamlint.catalog.pythons import Emptied, Needed, Pythons, Version
    from lamlint.project.asking import Asking
    from lamlint.python import Handler

_PROVIDES_DISTUTILS = "setuptools"
_LOCKED = Regex(r'name = "([\w.-]+)"')
"""The line of a lock that begins what it tells of a distribution."""


@dataclass(frozen=True)
class Obstacle:
    """From some version of Python on, something that the code needs does not work.

    `what` is its name, and `why` says of it, behind "which", what is wrong. It is `rebuilt`
    where nothing else is wrong than the Python that it was made for, and comes from `elsewhere`
    where nobody here can do that. It `deploys` where it is the tool that deploys the function.
    """

    since: Version
    span: Span
    what: str
    why: str
    rebuilt: bool = False
    elsewhere: bool = False
    deploys: bool = False

    def __str__(self) -> str:
        return f"{self.what} ({self.span.path}), which {self.why}"


def obstacles(
    function: Function,
    handler: Handler | None,
    folders: Sequence[str],
    filled: Mapping[str, Sequence[MadeFor]],
    asking: Asking,
    facts: Pythons,
) -> Iterator[Obstacle]:
    """The tool that deploys it, without which nothing moves; the modules that are imported
    whatever happens and are gone, what else is pinned too low, what is made for an older Python.

    `folders` are where imports come from that no template leads to; `filled` is what scripts
    install for one version of Python, by the home of the layer.
    """
    layers = [folder for folder in folders if is_layer(folder)]
    asked, tree = list(asking.of(function, layers)), asking.tree
    pinned = [pin for wanted in asked for pin in _pinned(wanted, function.dialect, tree, facts)]
    yield from (pin for pin in pinned if pin.deploys)
    if handler is not None:
        yield from _gone(handler, asked, facts)
    yield from (pin for pin in pinned if not pin.deploys)
    for one in made_for(function, layers, filled, tree):
        since = (3, one.minor + 1)
        yield Obstacle(since, one.span, one.what, one.why, rebuilt=True, elsewhere=one.elsewhere)


def _gone(handler: Handler, asked: Sequence[Wanted], facts: Pythons) -> Iterator[Obstacle]:
    """The modules that are gone, and what packages no longer have."""
    names = [one.name.lower() for wanted in asked for one in wanted.requirements]
    for name, span in handler.imported_libraries():
        since = facts.removed.get(name)
        if since is not None and not any(_provides(one, name) for one in names):
            yield Obstacle(since, span, name, f"is gone in {_python(since)}")
    for emptied in facts.emptied:
        if not any(_keeps_whole(wanted, emptied) for wanted in asked):
            yield from _of_the_rest(handler, emptied)


def _provides(distribution: str, module: str) -> bool:
    """Whether a distribution brings a removed module back: `legacy-cgi`, `standard-imghdr`."""
    return module in distribution or (module == "distutils" and distribution == _PROVIDES_DISTUTILS)


def _keeps_whole(wanted: Wanted, emptied: Emptied) -> bool:
    """Whether the code brings a version of the package that has all of it."""
    from packaging.utils import canonicalize_name

    return any(
        canonicalize_name(requirement.name) == needed.distribution and _below(requirement, needed)
        for requirement in wanted.requirements
        for needed in emptied.before
    )


def _of_the_rest(handler: Handler, emptied: Emptied) -> Iterator[Obstacle]:
    """The first use of what a package no longer has."""
    for name, span in handler.members(emptied.package):
        if name not in emptied.left:
            why = f"is gone from the runtime's SDK since {_python(emptied.python)}"
            yield Obstacle(emptied.python, span, f"{emptied.package}.{name}", why)
            return


def _pinned(wanted: Wanted, tool: str, tree: Tree, facts: Pythons) -> Iterator[Obstacle]:
    from packaging.utils import canonicalize_name

    for requirement in wanted.requirements:
        for needed in facts.needed:
            if (
                canonicalize_name(requirement.name) == needed.distribution
                and holds(str(requirement.marker or ""), Target(needed.python, "x86_64"))
                and _below(requirement, needed)
            ):
                fails = "has no wheel for" if needed.wheel else "does not run on"
                why, deploys = f"{fails} {_python(needed.python)}", needed.distribution == tool
                what = f"{requirement.name}{requirement.specifier}"
                span = _line(wanted, requirement, tree)
                yield Obstacle(needed.python, span, what, why, deploys=deploys)


def _below(requirement: Requirement, needed: Needed) -> bool:
    """Whether a requirement takes no version that is new enough."""
    from packaging.version import InvalidVersion, Version

    least = Version(needed.least)
    for one in requirement.specifier:
        try:
            bound = Version(one.version.removesuffix(".*"))
        except InvalidVersion:
            continue
        operator = one.operator
        if operator == "~=" or (operator == "==" and one.version.endswith(".*")):
            bound, operator = _next(bound, compatible=operator == "~="), "<"
        if (operator in ("==", "<=") and bound < least) or (operator == "<" and bound <= least):
            return True
    return False


def _next(version: packaging.version.Version, *, compatible: bool) -> packaging.version.Version:
    """The first version that `~=` (`compatible`) or `==` with a star no longer takes."""
    from packaging.version import Version

    numbers = list(version.release[: -1 if compatible else None]) or [version.major]
    numbers[-1] += 1
    return Version(".".join(map(str, numbers)))


def _line(wanted: Wanted, requirement: Requirement, tree: Tree) -> Span:
    """The line that asks for it, in the file or in one that it includes; that of a lock's name."""
    for path in wanted.files:
        source = tree.read(path)
        start = 0
        for line in source.text.splitlines(keepends=True) if isinstance(source, Source) else ():
            if _asks_for(line, requirement, locked=wanted.whole):
                return Span(path, start, start + len(line.rstrip()))
            start += len(line)
    return Span(wanted.path, 0, 0)


def _asks_for(line: str, requirement: Requirement, *, locked: bool) -> bool:
    from packaging.utils import canonicalize_name

    if locked:
        hit = _LOCKED.match(line)
        return hit is not None and canonicalize_name(hit[1]) == canonicalize_name(requirement.name)
    return parsed(line.partition("#")[0].partition(" --")[0].strip()) == requirement


def _python(version: Version) -> str:
    return f"Python {version[0]}.{version[1]}"
