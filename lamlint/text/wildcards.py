"""Patterns with wildcards as git's `wildmatch` reads them, all matched in one pass over a path.

A state stands for each place in each pattern, a bit for each state, and every
character of a path moves all of them at once (the shift-and method of Baeza-Yates
and Gonnet). There is nothing to go back to, so the work for a character depends on
the length of the patterns together, and never on how their stars are arranged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from enum import Enum, auto

from lamlint.text.bracket import bracket
from lamlint.text.dataclass import dataclass

_SPECIAL = frozenset("*?[\\")


class Kind(Enum):
    """What a part of a pattern stands for."""

    ONE = auto()
    """One character."""
    STAR = auto()
    """Any characters within a name."""
    ANYTHING = auto()
    """Any characters, slashes too."""
    FOLDERS = auto()
    """Nothing, or any characters and a slash."""


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a pattern; `characters` are those that ONE takes, or, `negated`, does not take."""

    kind: Kind
    characters: frozenset[str] = frozenset()
    negated: bool = False


Tokens = tuple[Token, ...]
_STAR = Token(Kind.STAR)
_ANYTHING = Token(Kind.ANYTHING)
_FOLDERS = Token(Kind.FOLDERS)
_SLASH = frozenset("/")
_NO_SLASH = Token(Kind.ONE, _SLASH, negated=True)


def in_bytes(text: str) -> str:
    """A text with one character for each of its bytes, which is what git compares."""
    return text if text.isascii() else text.encode("utf-8", "surrogatepass").decode("latin-1")


def is_plain(glob: str) -> bool:
    """Whether a pattern stands for itself."""
    return _SPECIAL.isdisjoint(glob)


def name_tokens(glob: str) -> Tokens | None:
    """The parts of a pattern for a name in any folder; None for one that matches nothing."""
    found = _tokens(glob, paths=False)
    return None if found is None else (_FOLDERS, *found)


def path_tokens(glob: str) -> Tokens | None:
    """The parts of a pattern for a whole path; None for one that matches nothing."""
    return _tokens(glob, paths=True)


def _tokens(glob: str, *, paths: bool) -> Tokens | None:
    found: list[Token] = []
    place = 0
    plain = True
    while place < len(glob):
        if glob[place] == "*":
            # What stands before the first wildcard is compared apart, so git
            # takes stars behind it for stars at the start of a pattern.
            token, place = _stars(glob, place, paths=paths, first=plain)
            if token is not _FOLDERS or found[-1:] != [_FOLDERS]:
                found.append(token)
            plain = False
            continue
        plain = plain and glob[place] not in _SPECIAL
        one = _one(glob, place)
        if one is None:
            return None
        token, place = one
        found.append(token)
    return tuple(found)


def _stars(glob: str, place: int, *, paths: bool, first: bool) -> tuple[Token, int]:
    """What one or several stars stand for, and where they end."""
    end = place
    while glob[end : end + 1] == "*":
        end += 1
    whole = end - place > 1 and (first or glob[place - 1] == "/")
    if not paths or not whole or not (end == len(glob) or glob.startswith(("/", "\\/"), end)):
        return _STAR, end
    return (_FOLDERS, end + 1) if glob.startswith("/", end) else (_ANYTHING, end)


def _one(glob: str, place: int) -> tuple[Token, int] | None:
    """The character that a part of a pattern takes, and where the part ends."""
    match glob[place]:
        case "?":
            return _NO_SLASH, place + 1
        case "[":
            found = bracket(glob, place)
            if found is None:
                return None
            characters, negated, end = found
            kept = characters | _SLASH if negated else characters - _SLASH
            return Token(Kind.ONE, kept, negated), end
        case "\\":
            escaped = glob[place + 1 : place + 2]
            return (Token(Kind.ONE, frozenset(escaped)), place + 2) if escaped else None
        case plain:
            return Token(Kind.ONE, frozenset(plain)), place + 1


@dataclass
class _Layout:
    """The states by what they do, while patterns are laid out one behind the other."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    within: list[int] = field(default_factory=list)
    anywhere: list[int] = field(default_factory=list)
    folders: list[int] = field(default_factory=list)
    entered: dict[str, list[int]] = field(default_factory=dict)
    others: list[tuple[int, frozenset[str]]] = field(default_factory=list)
    next: int = 0

    def add(self, tokens: Tokens) -> None:
        """Lay out one pattern."""
        state = self.next
        self.starts.append(state)
        for token in tokens:
            match token.kind:
                case Kind.STAR:
                    self.within.append(state)
                case Kind.ANYTHING:
                    self.anywhere.append(state)
                case Kind.FOLDERS:
                    # Its first state leads into both that follow: one waits for a
                    # slash, the other, which a slash leads to, is behind it.
                    self.folders.append(state)
                    self.anywhere.append(state + 1)
                    state += 2
                    self.entered.setdefault("/", []).append(state)
                case Kind.ONE:
                    state += 1
                    self._enter(state, token)
        self.ends.append(state)
        self.next = state + 1

    def _enter(self, state: int, token: Token) -> None:
        if token.negated:
            self.others.append((state, token.characters))
            return
        for character in token.characters:
            self.entered.setdefault(character, []).append(state)


@dataclass(frozen=True)
class Automaton:
    """Patterns that are matched together. A set of states is a number, a bit for each.

    `ends` are the states in which each of the patterns has matched.
    """

    ends: tuple[int, ...]
    _start: int
    _within: int
    _anywhere: int
    _folders: int
    _entered: Mapping[str, int]
    _other: int
    """The states that a character leads into that no pattern names."""

    @classmethod
    def of(cls, patterns: Iterable[Tokens]) -> Automaton:
        """The automaton of some patterns."""
        layout = _Layout()
        for tokens in patterns:
            layout.add(tokens)
        named = {"/", *layout.entered, *(c for _, but in layout.others for c in but)}
        entered = {character: bits(layout.entered.get(character, ())) for character in named}
        every = bits(state for state, _ in layout.others)
        for character in named:
            refusing = bits(state for state, but in layout.others if character in but)
            entered[character] |= every & ~refusing
        return cls(
            tuple(layout.ends),
            bits(layout.starts),
            bits(layout.within),
            bits(layout.anywhere),
            bits(layout.folders),
            entered,
            every,
        )

    def states(self, path: str) -> Iterator[int]:
        """The states after each folder on the way of a path in bytes, then after all of it."""
        state = self._opened(self._start)
        for character in path:
            if character == "/":
                yield state
                kept = self._anywhere
            else:
                kept = self._within | self._anywhere
            entered = self._entered.get(character, self._other)
            state = self._opened(state << 1 & entered | state & kept)
        yield state

    def matches(self, path: str) -> bool:
        """Whether one of the patterns matches a path."""
        *_, state = self.states(in_bytes(path))
        return state & bits(self.ends) != 0

    def _opened(self, state: int) -> int:
        """A set of states with those that they lead to without a character."""
        opened = state & self._folders
        return state | opened << 1 | opened << 2 if opened else state


def bits(places: Iterable[int]) -> int:
    """The number that has a bit at each of some places."""
    found = sorted(places)
    octets = bytearray(found[-1] // 8 + 1 if found else 0)
    for place in found:
        octets[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(octets, "little")
