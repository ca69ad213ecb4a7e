"""Lock files that say how large each wheel is: uv.lock and pylock.toml (PEP 751)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from lamlint.packages.measurement import Missing, Part, several
from lamlint.packages.requirements import Wanted, read_toml
from lamlint.packages.target import Target, best_wheel, fits, holds
from lamlint.text import Tree
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.catalog.packages import PackageFacts

Table = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Edge:
    """One distribution needs another, in certain versions, where a marker holds."""

    name: str
    versions: str
    extras: tuple[str, ...]
    marker: str

    def takes(self, version: str) -> bool:
        """Whether a version of the other is one of those; one that is not told is."""
        return fits(version, self.versions)


@dataclass(frozen=True, slots=True)
class Locked:
    """A distribution of a lock file: its wheels by file name with their sizes."""

    name: str
    version: str
    marker: str
    wheels: Mapping[str, int]
    needs: tuple[Edge, ...]
    extras: Mapping[str, tuple[Edge, ...]]
    local: bool


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock file. `linked` is false where it does not say which distribution needs which.

    `groups` are the dependency groups that are installed unless something else is said.
    """

    path: str
    distributions: tuple[Locked, ...]
    linked: bool
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Selection:
    """The distributions a function gets, and what it asks for that the lock does not tell."""

    distributions: tuple[Locked, ...]
    missing: tuple[Missing, ...] = ()


def read_lock(tree: Tree, folder: str) -> Lock | None:
    """The lock file of a folder."""
    pylock = posixpath.join(folder, "pylock.toml")
    if table := read_toml(tree, pylock):
        found = tuple(_pylock(one) for one in _tables(table.get("packages")))
        named = table.get("default-groups")
        groups = frozenset(map(str, named)) if isinstance(named, list) else frozenset()
        return Lock(pylock, found, any(one.needs for one in found), groups)
    uv = posixpath.join(folder, "uv.lock")
    if table := read_toml(tree, uv):
        return Lock(uv, tuple(_uv(one) for one in _tables(table.get("package"))), linked=True)
    return None


def selected(lock: Lock, wanted: Wanted, target: Target) -> Selection:
    """The distributions that some requirements come to."""
    present = [one for one in lock.distributions if holds(one.marker, target, groups=lock.groups)]
    if wanted.whole or (wanted.project and not lock.linked):
        return Selection(tuple(present))
    by_name: dict[str, list[Locked]] = {}
    for one in present:
        by_name.setdefault(one.name, []).append(one)
    reached: dict[str, Locked] = {}
    absent: list[str] = []
    waiting = list(_first(wanted, by_name, target))
    seen: set[tuple[str, tuple[str, ...]]] = set()
    while waiting:
        edge = waiting.pop()
        if (edge.name, edge.extras) in seen:
            continue
        seen.add((edge.name, edge.extras))
        fitting = [one for one in by_name.get(edge.name, ()) if edge.takes(one.version)]
        if not fitting:
            absent.append(edge.name)
        for one in fitting[:1]:
            reached[one.name] = one
            waiting.extend(_onward(one, edge.extras, target))
    missing = [*wanted.unread]
    if absent:
        missing.append(Missing(f"not in {lock.path} as asked for", several(absent)))
    if not lock.linked and not wanted.closed:
        missing.append(Missing(f"what they need in turn, which {lock.path} does not say"))
    return Selection(tuple(reached.values()), tuple(missing))


def _first(
    wanted: Wanted, by_name: Mapping[str, Sequence[Locked]], target: Target
) -> Iterator[Edge]:
    from packaging.utils import canonicalize_name

    own = by_name.get(canonicalize_name(wanted.project), ()) if wanted.project else ()
    for one in own:
        if one.local:
            yield from _holding(one.needs, target)
            return
    for requirement in wanted.requirements:
        if holds(str(requirement.marker or ""), target):
            name, extras = canonicalize_name(requirement.name), tuple(sorted(requirement.extras))
            yield Edge(name, str(requirement.specifier), extras, "")


def _onward(one: Locked, extras: Iterable[str], target: Target) -> Iterator[Edge]:
    yield from _holding(one.needs, target)
    for extra in extras:
        yield from _holding(one.extras.get(extra, ()), target)


def _holding(edges: Iterable[Edge], target: Target) -> Iterator[Edge]:
    return (edge for edge in edges if holds(edge.marker, target))


def estimate(
    lock: Lock, distributions: Iterable[Locked], target: Target, facts: PackageFacts
) -> tuple[tuple[Part, ...], tuple[Missing, ...]]:
    """The unpacked sizes of some distributions, and which have none."""
    parts: list[Part] = []
    unsized: list[str] = []
    for one in distributions:
        wheel = best_wheel(one.wheels, target)
        if wheel is not None:
            parts.append(Part(one.name, *facts.unpacked(one.name, wheel)))
        elif not one.local:
            unsized.append(one.name)
    if not unsized:
        return tuple(parts), ()
    cause = f"{lock.path} has no wheel for {target} with a size"
    return tuple(parts), (Missing(cause, several(unsized)),)


def _uv(table: Table) -> Locked:
    source = table.get("source")
    local = isinstance(source, Mapping) and not source.keys().isdisjoint(
        {"virtual", "editable", "directory", "path"}
    )
    optional = table.get("optional-dependencies")
    extras = optional if isinstance(optional, Mapping) else {}
    markers = table.get("resolution-markers")
    return Locked(
        _name(table),
        str(table.get("version", "")),
        " or ".join(f"({one})" for one in markers) if isinstance(markers, list) else "",
        _wheels(table),
        _edges(table.get("dependencies")),
        {str(extra): _edges(edges) for extra, edges in extras.items()},
        local,
    )


def _pylock(table: Table) -> Locked:
    return Locked(
        _name(table),
        str(table.get("version", "")),
        str(table.get("marker", "")),
        _wheels(table),
        _edges(table.get("dependencies")),
        {},
        "directory" in table,
    )


def _name(table: Table) -> str:
    from packaging.utils import canonicalize_name

    return canonicalize_name(str(table.get("name", "")))


def _wheels(table: Table) -> Mapping[str, int]:
    sizes: dict[str, int] = {}
    for wheel in _tables(table.get("wheels")):
        address = str(wheel.get("name") or wheel.get("url") or wheel.get("path") or "")
        size = wheel.get("size")
        if isinstance(size, int) and size >= 0:
            sizes[posixpath.basename(address.partition("#")[0].replace("%2B", "+"))] = size
    return sizes


def _edges(listed: object) -> tuple[Edge, ...]:
    return tuple(
        Edge(
            _name(one),
            f"=={one['version']}" if "version" in one else "",
            tuple(map(str, extras)) if isinstance(extras := one.get("extra"), list) else (),
            str(one.get("marker", "")),
        )
        for one in _tables(listed)
    )


def _tables(listed: object) -> tuple[Table, ...]:
    return tuple(one for one in listed if isinstance(one, dict)) if isinstance(listed, list) else ()
