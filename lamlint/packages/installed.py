"""Distributions installed in a virtual environment of the project."""

from __future__ import annotations

import csv
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lamlint.packages.measurement import Part
from lamlint.packages.requirements import Wanted, parsed
from lamlint.packages.target import Target, holds
from lamlint.text import Source, Tree

ENVIRONMENTS = (".venv", "venv")
_METADATA = re.compile(
    r"(?:lib(?:64)?/python\d\.\d+|Lib)/site-packages/(?P<name>[^/]+?)-[^/-]+\.dist-info/METADATA$"
)
_NEEDS = re.compile(r"^Requires-Dist:\s*(.+?)\s*$", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Environment:
    """A virtual environment: the folder of each distribution's metadata, by name."""

    path: str
    distributions: Mapping[str, str]


def read_environment(tree: Tree, folder: str) -> Environment | None:
    """The virtual environment in a folder."""
    from packaging.utils import canonicalize_name

    for name in ENVIRONMENTS:
        path = posixpath.join(folder, name)
        if not tree.is_file(posixpath.join(path, "pyvenv.cfg")):
            continue
        found: dict[str, str] = {
            canonicalize_name(hit["name"]): posixpath.dirname(entry.path)
            for entry in tree.contents(path)
            if (hit := _METADATA.search(entry.path))
        }
        return Environment(path, found)
    return None


def installed_parts(
    tree: Tree, environment: Environment, wanted: Wanted, target: Target
) -> tuple[tuple[Part, ...], bool]:
    """The sizes of what some requirements need, and whether all of it is installed."""
    from packaging.utils import canonicalize_name

    parts: dict[str, Part] = {}
    complete = wanted.complete
    waiting: list[tuple[str, frozenset[str]]] = [
        (canonicalize_name(one.name), frozenset(one.extras))
        for one in wanted.requirements
        if holds(str(one.marker or ""), target)
    ]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        folder = environment.distributions.get(name)
        size = _recorded(tree, folder) if folder else None
        if folder is None or size is None:
            complete = False
            continue
        parts[name] = Part(name, size, size)
        waiting.extend(_needs(tree, folder, target, extras))
    return tuple(parts.values()), complete


def _recorded(tree: Tree, folder: str) -> int | None:
    """The size of all files of a distribution, as its RECORD says; scripts left out."""
    source = tree.read(f"{folder}/RECORD")
    if not isinstance(source, Source):
        return None
    try:
        rows = [row for row in csv.reader(source.text.splitlines()) if len(row) == 3]
    except csv.Error:
        return None
    return sum(
        int(size) for path, _, size in rows if size.isdecimal() and not path.startswith("..")
    )


def _needs(
    tree: Tree, folder: str, target: Target, extras: frozenset[str]
) -> Iterator[tuple[str, frozenset[str]]]:
    from packaging.utils import canonicalize_name

    source = tree.read(f"{folder}/METADATA")
    if not isinstance(source, Source):
        return
    head = re.split(r"\r?\n\r?\n", source.text, maxsplit=1)[0]
    for text in _NEEDS.findall(head):
        requirement = parsed(text)
        if requirement and holds(str(requirement.marker or ""), target, extras):
            yield canonicalize_name(requirement.name), frozenset(requirement.extras)
