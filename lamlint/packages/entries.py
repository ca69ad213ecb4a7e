"""Files grouped by what a reader would call them: a distribution, a folder, a file."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from lamlint.files.paths import around, below
from lamlint.model import Packing
from lamlint.packages.measurement import Part, together
from lamlint.text import Entry
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex
from lamlint.text.wildcards import Automaton, in_bytes, name_tokens, path_tokens

_IN_LAYER = Regex(r"^python/(?:lib/python\d\.\d+/site-packages/)?")
_METADATA = Regex(r"^(?P<name>[A-Za-z0-9._]+?)-[^/]*\.(?:dist-info|data|egg-info)$")
_LOCKS = Regex(r"(?:uv|poetry|pdm|Pipfile)\.lock|pylock\.(?:\w+\.)?toml")
_BRACES = Regex(r"\{([^{}]{1,500})\}")
_MOST_SPELLED = 100
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


def packed(entries: Iterable[Entry], folder: str, packing: Packing) -> Iterator[Entry]:
    """The files of a folder that a tool packs."""
    prefix = f"{folder}/" if folder else ""
    never = Automaton.of(filter(None, map(name_tokens, packing.never)))
    patterns = _Ordered.of(packing.patterns)
    for entry in entries:
        inner = entry.path.removeprefix(prefix)
        wanted = not packing.only or any(below(inner, each) for each in packing.only)
        named = packing.never and any(map(never.matches, _within(inner)))
        if wanted and not named and patterns.takes(posixpath.join(packing.start, inner)):
            yield entry


@dataclass(frozen=True)
class _Ordered:
    """Patterns of paths of which the last that matches decides: whether each takes or leaves."""

    automaton: Automaton
    taking: tuple[bool, ...]

    @classmethod
    def of(cls, patterns: Iterable[str]) -> _Ordered:
        listed = [
            (tokens, not pattern.startswith("!"))
            for pattern in patterns
            for glob in spelled_out(pattern.removeprefix("!").removeprefix("./"))
            if (tokens := path_tokens(in_bytes(glob))) is not None
        ]
        return cls(Automaton.of(t for t, _ in listed), tuple(taking for _, taking in listed))

    def takes(self, path: str) -> bool:
        """Whether a file is packed: one that no pattern matches is."""
        if not self.taking:
            return True
        *_, state = self.automaton.states(in_bytes(path))
        every = list(zip(self.automaton.ends, self.taking, strict=True))
        found = (taking for end, taking in reversed(every) if state >> end & 1)
        return next(found, True)


def spelled_out(glob: str) -> Iterator[str]:
    """A pattern without its braces, once for each of what `{a,b}` may be; they may be nested."""
    waiting = [glob]
    for _ in range(_MOST_SPELLED):
        if not waiting:
            return
        one = waiting.pop(0)
        braces = _BRACES.search(one)
        if braces is None:
            yield one
            continue
        start, end = one[: braces.start()], one[braces.end() :]
        waiting.extend(f"{start}{choice}{end}" for choice in braces[1].split(","))
    yield from waiting[:_MOST_SPELLED]


def _within(path: str) -> Iterator[str]:
    """A path and the folders below the root that hold it."""
    return (one for one in around(path) if one not in ("", "."))


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
