"""Distributions installed in a virtual environment of the project."""

from __future__ import annotations

import csv
import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from lamlint.packages.measurement import Missing, Part, several
from lamlint.packages.requirements import Wanted, parsed
from lamlint.packages.target import Target, fits, holds
from lamlint.text import Source, Tree
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from packaging.requirements import Requirement

ENVIRONMENTS = (".venv", "venv")
_METADATA = Regex(
    r"(?:lib(?:64)?/python\d\.\d+|Lib)/site-packages/(?P<name>[^/]+?)-(?P<version>[^/-]+)\.dist-info/METADATA$"
)
_EDITABLE = Regex(r'"editable":\s*true')
_BLANK_LINE = Regex(r"\r?\n\r?\n")
_NEEDS = Regex(r"^Requires-Dist:[ \t]*(\S.*)$", re.MULTILINE | re.IGNORECASE)


_NOT_ENTERED = frozenset({"__pycache__", "bin", "include", "Scripts", "lib64", "share", "tests"})
"""Folders of an environment, and of what is installed in it, that hold no metadata."""


@dataclass(frozen=True, slots=True)
class Installed:
    """A distribution in an environment: the folder of its metadata, and its version."""

    folder: str
    version: str


@dataclass(frozen=True, slots=True)
class Environment:
    """A virtual environment: what is installed in it, by name."""

    path: str
    distributions: Mapping[str, Installed]


def read_environment(tree: Tree, folder: str) -> Environment | None:
    """The virtual environment in a folder."""
    from packaging.utils import canonicalize_name

    for name in ENVIRONMENTS:
        path = posixpath.join(folder, name)
        if not tree.is_file(posixpath.join(path, "pyvenv.cfg")):
            continue
        found: dict[str, Installed] = {
            canonicalize_name(hit["name"]): Installed(posixpath.dirname(entry.path), hit["version"])
            for entry in tree.contents(path, _NOT_ENTERED)
            if (hit := _METADATA.search(entry.path))
        }
        return Environment(path, found)
    return None


def installed_parts(
    tree: Tree, environment: Environment, wanted: Wanted, target: Target
) -> tuple[tuple[Part, ...], tuple[Missing, ...]]:
    """The sizes of what some requirements need, and what is not installed as they want it."""
    from packaging.utils import canonicalize_name

    parts: dict[str, Part] = {}
    absent: list[str] = []
    waiting = [_Need.of(one) for one in wanted.requirements if _asked(one, target)]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        need = waiting.pop()
        name = canonicalize_name(need.name)
        if (name, need.extras) in seen:
            continue
        seen.add((name, need.extras))
        found = environment.distributions.get(name)
        fitting = found is not None and fits(found.version, need.versions)
        size = _recorded(tree, found.folder) if found is not None and fitting else None
        if found is None or size is None:
            absent.append(name)
            continue
        parts[name] = Part(name, size, size)
        waiting.extend(_needs(tree, found.folder, target, need.extras))
    if absent:
        missing = Missing(f"not in {environment.path} as asked for", several(absent))
        return tuple(parts.values()), (missing, *wanted.unread)
    return tuple(parts.values()), wanted.unread


@dataclass(frozen=True, slots=True)
class _Need:
    name: str
    versions: str
    extras: frozenset[str]

    @staticmethod
    def of(requirement: Requirement) -> _Need:
        return _Need(requirement.name, str(requirement.specifier), frozenset(requirement.extras))


def _asked(requirement: Requirement, target: Target, extras: frozenset[str] = frozenset()) -> bool:
    return holds(str(requirement.marker or ""), target, extras)


def _recorded(tree: Tree, folder: str) -> int | None:
    """The size of all files of a distribution, as its RECORD says; scripts left out."""
    source = tree.read(f"{folder}/RECORD")
    origin = tree.read(f"{folder}/direct_url.json")
    if not isinstance(source, Source) or (isinstance(origin, Source) and _editable(origin.text)):
        return None
    try:
        rows = [row for row in csv.reader(source.text.splitlines()) if len(row) == 3]
    except csv.Error:
        return None
    return sum(
        int(size) for path, _, size in rows if size.isdecimal() and not path.startswith("..")
    )


def _editable(origin: str) -> bool:
    """Whether what is installed is only a pointer to sources elsewhere."""
    return _EDITABLE.search(origin) is not None


def _needs(tree: Tree, folder: str, target: Target, extras: frozenset[str]) -> Iterator[_Need]:
    source = tree.read(f"{folder}/METADATA")
    if not isinstance(source, Source):
        return
    head = _BLANK_LINE.split(source.text, maxsplit=1)[0]
    for text in _NEEDS.findall(head):
        requirement = parsed(text.strip())
        if requirement is not None and _asked(requirement, target, extras):
            yield _Need.of(requirement)
