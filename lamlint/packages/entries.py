"""Files grouped by what a reader would call them: a distribution, a folder, a file."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from lamlint.packages.measurement import Part, together
from lamlint.text import Entry
from lamlint.text.regex import Regex

_IN_LAYER = Regex(r"^python/(?:lib/python\d\.\d+/site-packages/)?")
_METADATA = Regex(r"^(?P<name>[A-Za-z0-9._]+?)-[^/]*\.(?:dist-info|data|egg-info)$")
_LOCKS = Regex(r"(?:uv|poetry|pdm|Pipfile)\.lock|pylock\.(?:\w+\.)?toml")
_LONGEST = 60

NEVER_PACKED = frozenset(
    {".git", ".hg", ".svn", ".aws-sam", ".serverless", ".terraform", "cdk.out", "__pycache__",
     ".venv", "venv", ".tox", ".nox", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis",
     "node_modules", ".idea", ".vscode", ".chalice"}
)  # fmt: skip
"""Folders of a source tree that a build from a clean checkout would not have."""


def grouped(entries: Iterable[Entry], root: str) -> tuple[Part, ...]:
    """The parts that some files make up, by their first folder below the root."""
    prefix = f"{root}/" if root else ""
    return together(
        Part(_name(entry.path.removeprefix(prefix)), entry.size, entry.size) for entry in entries
    )


def source_files(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The files of a source folder without those of virtual environments in it, and without locks.

    A lock file is there to build the package, and its parts are told in its stead.
    """
    entries = list(entries)
    environments = tuple(
        entry.path.removesuffix("pyvenv.cfg")
        for entry in entries
        if entry.path.endswith("/pyvenv.cfg")
    )
    for entry in entries:
        locks = _LOCKS.fullmatch(posixpath.basename(entry.path))
        if not locks and not entry.path.startswith(environments):
            yield entry


def vendored(entries: Iterable[Entry]) -> bool:
    """Whether dependencies are already installed among some files."""
    return any(".dist-info/" in entry.path for entry in entries)


def _name(path: str) -> str:
    first = _IN_LAYER.sub("", path.lstrip("/")).partition("/")[0] or path
    if metadata := _METADATA.match(first):
        first = metadata["name"].lower()
    elif first.endswith(".libs"):
        first = first.removesuffix(".libs")
    shown = "".join(c if c.isprintable() else "?" for c in first)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"
