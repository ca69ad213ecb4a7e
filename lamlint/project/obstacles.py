"""What keeps the code of a function from running on a newer Python."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lamlint.model import Code, CodeKind, Function
from lamlint.packages.requirements import Wanted, parsed, required
from lamlint.packages.target import Target, holds
from lamlint.text import Source, Span, Tree

if TYPE_CHECKING:
    from packaging.requirements import Requirement

    from lamlint.catalog.pythons import Emptied, Needed, Pythons, Version
    from lamlint.python import Handler

_PROVIDES_DISTUTILS = "setuptools"


@dataclass(frozen=True)
class Obstacle:
    """From some version of Python on, something that the code needs does not work.

    `what` is its name, and `why` says of it, behind "which", what is wrong.
    """

    since: Version
    span: Span
    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.what} ({self.span.path}), which {self.why}"


def obstacles(
    function: Function, handler: Handler | None, tree: Tree, facts: Pythons
) -> Iterator[Obstacle]:
    """The modules that are imported whatever happens and are gone, and what is pinned too low."""
    asked = [wanted for code in _codes(function) if (wanted := _wanted(code, tree)) is not None]
    names = [one.name.lower() for wanted in asked for one in wanted.requirements]
    if handler is not None:
        for name, span in handler.imported_libraries():
            since = facts.removed.get(name)
            if since is not None and not any(_provides(one, name) for one in names):
                yield Obstacle(since, span, name, f"is gone in {_python(since)}")
        for emptied in facts.emptied:
            if not any(_keeps_whole(wanted, emptied) for wanted in asked):
                yield from _of_the_rest(handler, emptied)
    for wanted in asked:
        yield from _pinned(wanted, tree, facts)


def _codes(function: Function) -> Iterator[Code]:
    """Its own code, and that of its layers that is here."""
    yield function.code
    yield from (layer.content for layer in function.layers if layer.content is not None)


def _wanted(code: Code, tree: Tree) -> Wanted | None:
    if code.kind is CodeKind.FOLDER:
        return required(tree, code.path)
    return required(tree, posixpath.dirname(code.path)) if code.kind is CodeKind.FILE else None


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


def _pinned(wanted: Wanted, tree: Tree, facts: Pythons) -> Iterator[Obstacle]:
    from packaging.utils import canonicalize_name

    for requirement in wanted.requirements:
        for needed in facts.needed:
            if (
                canonicalize_name(requirement.name) == needed.distribution
                and holds(str(requirement.marker or ""), Target(needed.python, "x86_64"))
                and _below(requirement, needed)
            ):
                why = "has no wheel for" if needed.wheel else "does not run on"
                what = f"{requirement.name}{requirement.specifier}"
                span = _line(wanted.path, requirement, tree)
                yield Obstacle(needed.python, span, what, f"{why} {_python(needed.python)}")


def _below(requirement: Requirement, needed: Needed) -> bool:
    """Whether a requirement takes no version that is new enough."""
    from packaging.version import InvalidVersion, Version

    least = Version(needed.least)
    for one in requirement.specifier:
        try:
            bound = Version(one.version)
        except InvalidVersion:
            continue  # `==1.25.*`, or a version that is none
        if (one.operator in ("==", "<=") and bound < least) or (
            one.operator == "<" and bound <= least
        ):
            return True
    return False


def _line(path: str, requirement: Requirement, tree: Tree) -> Span:
    """The line that asks for it; the file, where another that it includes does."""
    source = tree.read(path)
    start = 0
    for line in source.text.splitlines(keepends=True) if isinstance(source, Source) else ():
        found = parsed(line.partition("#")[0].partition(" --")[0].strip())
        if found == requirement:
            return Span(path, start, start + len(line.rstrip()))
        start += len(line)
    return Span(path, 0, 0)


def _python(version: Version) -> str:
    return f"Python {version[0]}.{version[1]}"
