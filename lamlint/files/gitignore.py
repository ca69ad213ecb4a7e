"""What a .gitignore file ignores, for folders that are in no git work tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from functools import cached_property

from lamlint.text.dataclass import dataclass
from lamlint.text.wildcards import (
    Automaton,
    Tokens,
    bits,
    in_bytes,
    is_plain,
    name_tokens,
    path_tokens,
)

LONGEST = 20_000
"""The most characters of patterns with wildcards; real files have some hundred."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line of a .gitignore file, to be matched against a path below its folder.

    `plain` is the name or, `anchored`, the path of one without wildcards.
    """

    tokens: Tokens
    plain: str
    anchored: bool
    negated: bool
    folders_only: bool


@dataclass(frozen=True)
class _Lookup:
    """Where the last pattern for a name, a path, or what the automaton has seen stands."""

    names: Mapping[str, int]
    paths: Mapping[str, int]
    ends: Mapping[int, int]

    @classmethod
    def of(cls, patterns: Mapping[int, Pattern], ends: Mapping[int, int]) -> _Lookup:
        """The lookup of some patterns by their numbers."""
        plain = [(number, one) for number, one in patterns.items() if one.plain]
        return cls(
            {one.plain: number for number, one in plain if not one.anchored},
            {one.plain: number for number, one in plain if one.anchored},
            {end: number for end, number in ends.items() if number in patterns},
        )

    @cached_property
    def _mask(self) -> int:
        return bits(self.ends)

    def last(self, path: str, state: int) -> int:
        """The number of the last pattern that matches a path; -1 where none does."""
        matched = state & self._mask
        # Patterns lie in their order, so the highest end is that of the last.
        wild = self.ends[matched.bit_length() - 1] if matched else -1
        name = path[path.rfind("/") + 1 :]
        return max(wild, self.names.get(name, -1), self.paths.get(path, -1))


@dataclass(frozen=True)
class Patterns:
    """The lines of a .gitignore file, of which the last one that matches decides.

    `size` are the characters of its wildcards; `whole` is false where there were too many.
    """

    every: tuple[Pattern, ...] = ()
    size: int = 0
    whole: bool = True

    @cached_property
    def _wild(self) -> Mapping[int, Pattern]:
        return {number: one for number, one in enumerate(self.every) if not one.plain}

    @cached_property
    def _automaton(self) -> Automaton:
        return Automaton.of(pattern.tokens for pattern in self._wild.values())

    @cached_property
    def _for_folders(self) -> _Lookup:
        return self._lookup(dict(enumerate(self.every)))

    @cached_property
    def _for_files(self) -> _Lookup:
        return self._lookup({n: one for n, one in enumerate(self.every) if not one.folders_only})

    def _lookup(self, patterns: Mapping[int, Pattern]) -> _Lookup:
        return _Lookup.of(patterns, dict(zip(self._automaton.ends, self._wild, strict=True)))

    def decides(self, path: str, *, folder: bool) -> bool | None:
        """Whether the last pattern that matches a path ignores it; None where none matches."""
        if not self.every:
            return None
        path = in_bytes(path)
        *_, state = self._automaton.states(path)
        return self._decided(path, state, folder=folder)

    def hold(self, path: str) -> bool:
        """Whether a file is ignored, or a folder on its way."""
        if not self.every:
            return False
        path = in_bytes(path)
        ends = [place for place, character in enumerate(path) if character == "/"]
        *states, last = self._automaton.states(path)
        return bool(self._decided(path, last, folder=False)) or any(
            self._decided(path[:end], state, folder=True)
            for end, state in zip(ends, states, strict=True)
        )

    def _decided(self, path: str, state: int, *, folder: bool) -> bool | None:
        last = (self._for_folders if folder else self._for_files).last(path, state)
        return None if last < 0 else not self.every[last].negated


@dataclass(frozen=True, slots=True)
class Ignored:
    """The .gitignore files from the root down to one folder, the deepest last."""

    levels: tuple[tuple[str, Patterns], ...] = ()

    def below(self, folder: str, text: str) -> Ignored:
        """The same with the .gitignore file of a folder further down."""
        room = LONGEST - sum(patterns.size for _, patterns in self.levels)
        return Ignored((*self.levels, (f"{folder}/" if folder else "", parse(_lines(text), room))))

    @property
    def whole(self) -> bool:
        """Whether all patterns of the deepest file count."""
        return not self.levels or self.levels[-1][1].whole

    def matches(self, path: str, *, folder: bool) -> bool:
        """Whether a path is ignored; its folders are asked before, from the top down."""
        for prefix, patterns in reversed(self.levels):
            decided = patterns.decides(path[len(prefix) :], folder=folder)
            if decided is not None:
                return decided
        return False


@dataclass(frozen=True)
class Globs:
    """Paths in the syntax of .gitignore, relative to the project's root."""

    written: tuple[str, ...] = ()
    patterns: Patterns = field(default_factory=Patterns)

    @classmethod
    def of(cls, written: tuple[str, ...]) -> Globs:
        """The globs that some lines mean."""
        return cls(written, parse(written))

    def matches(self, path: str) -> bool:
        """Whether a file, or a folder that holds it, is meant."""
        return self.patterns.hold(path)


def _lines(text: str) -> Iterator[str]:
    """The lines of a .gitignore file; no other character than a line feed ends one."""
    return (line.removesuffix("\r") for line in text.removeprefix("\ufeff").split("\n"))


def parse(lines: Iterable[str], room: int = LONGEST) -> Patterns:
    """The patterns of some lines, those with wildcards as long as there is room for them."""
    found: list[Pattern] = []
    size = 0
    for line in lines:
        pattern = _pattern(in_bytes(line.partition("\0")[0]))
        if pattern is None:
            continue
        size += 0 if pattern.plain else len(line)
        if size > room:
            return Patterns(tuple(found), room, whole=False)
        found.append(pattern)
    return Patterns(tuple(found), size)


def _pattern(line: str) -> Pattern | None:
    if line.startswith("#"):
        return None
    line = _without_spaces(line)
    negated = line.startswith("!")
    line = line[negated:]
    folders_only = line.endswith("/")
    line = line.removesuffix("/")
    anchored = "/" in line
    line = line.removeprefix("/")
    if not line:
        return None
    if is_plain(line):
        return Pattern((), line, anchored, negated, folders_only)
    tokens = path_tokens(line) if anchored else name_tokens(line)
    return None if tokens is None else Pattern(tokens, "", anchored, negated, folders_only)


def _without_spaces(line: str) -> str:
    """A line without the spaces at its end, but the first of them where it is escaped."""
    stripped = line.rstrip(" ")
    escapes = len(stripped) - len(stripped.rstrip("\\"))
    return line[: len(stripped) + escapes % 2]


NOTHING = Globs()
"""Globs that mean no path."""
