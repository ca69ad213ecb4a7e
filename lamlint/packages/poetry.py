"""What a poetry.lock pins for the code of its project, without what only its developers need.

Up to Poetry 2 a lock does not say for which group it has a distribution: those count that the
project's own dependencies lead to. What a marker may leave out is not followed.
https://python-poetry.org/docs/pyproject/#dependencies-and-dependency-groups
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from lamlint.packages.requirements import Wanted, parsed, read_toml
from lamlint.packages.target import Target, holds
from lamlint.text import Tree

_MINORS = (10, 11, 12, 13)
"""The Pythons that all have to get what a marker asks for."""


def is_poetry(tree: Tree, folder: str) -> bool:
    """Whether the project in a folder is one of Poetry's."""
    return bool(_table(_table(_project(tree, folder), "tool"), "poetry"))


def poetry_pins(tree: Tree, folder: str) -> Wanted | None:
    """What the poetry.lock of a folder pins for the project there."""
    path = posixpath.join(folder, "poetry.lock")
    lock = read_toml(tree, path) if is_poetry(tree, folder) else None
    if lock is None:
        return None
    packages: dict[str, list[Mapping[str, object]]] = {}
    listed = lock.get("package")
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, dict):
            packages.setdefault(_normal(str(one.get("name", ""))), []).append(one)
    alone = {name: found[0] for name, found in packages.items() if len(found) == 1}
    pins = (
        parsed(f"{name}=={alone[name].get('version', '')}")
        for name in _reached(_project(tree, folder), alone)
    )
    kept = tuple(pin for pin in pins if pin is not None)
    return Wanted(path, kept, closed=True, whole=True, files=(path,))


def _reached(
    project: Mapping[str, object], packages: Mapping[str, Mapping[str, object]]
) -> Iterator[str]:
    """The names of the packages that the project's own dependencies surely lead to."""
    waiting = list(_own(project))
    seen: set[tuple[str, str]] = set()
    for name, extras in waiting:
        for extra in ("", *extras) if name in packages else ():
            if (name, extra) in seen:
                continue
            seen.add((name, extra))
            package = packages[name]
            if extra:
                waiting += _listed(_table(package, "extras").get(extra))
            else:
                yield name
                waiting += _sure(_table(package, "dependencies"))


def _own(project: Mapping[str, object]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What a pyproject.toml asks for, with the extras."""
    yield from _sure(_table(_table(_table(project, "tool"), "poetry"), "dependencies"))
    yield from _listed(_table(project, "project").get("dependencies"))


def _sure(table: Mapping[str, object]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The dependencies of a table of Poetry's that are there whatever the Python."""
    for name, told in table.items():
        for one in told if isinstance(told, list) else [told]:
            if isinstance(one, str):
                yield _normal(name), ()
            elif isinstance(one, dict) and not one.get("optional") and "python" not in one:
                extras = one.get("extras")
                if _holds(str(one.get("markers", ""))):
                    listed = map(str, extras) if isinstance(extras, list) else ()
                    yield _normal(name), tuple(listed)


def _listed(lines: object) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The dependencies of a list of requirements, as those of an extra are."""
    for line in lines if isinstance(lines, list) else ():
        found = parsed(str(line))
        if found is not None and _holds(str(found.marker or "")):
            yield _normal(found.name), tuple(sorted(found.extras))


def _holds(marker: str) -> bool:
    return all(holds(marker, Target((3, minor), "x86_64")) for minor in _MINORS)


def _project(tree: Tree, folder: str) -> Mapping[str, object]:
    return read_toml(tree, posixpath.join(folder, "pyproject.toml")) or {}


def _table(table: Mapping[str, object], key: str) -> Mapping[str, object]:
    found = table.get(key)
    return found if isinstance(found, dict) else {}


def _normal(name: str) -> str:
    from packaging.utils import canonicalize_name

    return canonicalize_name(name)
