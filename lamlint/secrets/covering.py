"""Covers places and words of a text, in time that grows with the text and not with their number."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from lamlint.text.dataclass import dataclass

_SHOWN = 4
_START = 6
"""By so many first characters words are looked up where there are many."""
_FEW = 16
"""So many words are looked for one by one, which is faster."""

Place = tuple[int, int]


def shown(length: int) -> int:
    """How many characters of a secret may be shown."""
    return min(_SHOWN, length // 3)


def cover(secret: str) -> str:
    """A secret with all but its first characters starred, line ends kept."""
    clear = shown(len(secret))
    return secret[:clear] + _stars(secret[clear:])


def covered(text: str, places: Iterable[Place]) -> str:
    """The text with what stands in some places covered; where they overlap, each is."""
    return _starred(text, ((start + shown(end - start), end) for start, end in places))


@dataclass(frozen=True)
class Words:
    """Secrets that are covered wherever they stand in a text, a longer one first."""

    words: frozenset[str]
    lengths: Mapping[str, tuple[int, ...]]
    """How long the words are that start alike."""
    start: int
    """How much of a word's start is looked at."""

    @classmethod
    def of(cls, words: Collection[str]) -> Words:
        """The words, those that are not empty."""
        kept = frozenset(words) - {""}
        start = min((_START, *map(len, kept)))
        alike: dict[str, set[int]] = {}
        for word in kept:
            alike.setdefault(word[:start], set()).add(len(word))
        return cls(kept, {name: tuple(sorted(found)) for name, found in alike.items()}, start)

    def covered(self, text: str) -> str:
        """The text with every word in it covered; one that lies in a longer one needs no more."""
        if not self.words:
            return text
        done = bytearray(len(text))
        places: list[Place] = []
        for start, end in sorted(
            self._places(text), key=lambda place: (place[0] - place[1], place)
        ):
            if 0 in done[start:end]:
                places.append((start, end))
                done[start:end] = b"\1" * (end - start)
        return covered(text, places) if places else text

    def _places(self, text: str) -> Iterator[Place]:
        if len(self.words) <= _FEW:
            for word in self.words:
                place = text.find(word)
                while place >= 0:
                    yield place, place + len(word)
                    place = text.find(word, place + 1)
            return
        for place in range(len(text) - self.start + 1):
            for length in self.lengths.get(text[place : place + self.start], ()):
                if text[place : place + length] in self.words:
                    yield place, min(place + length, len(text))


def _stars(text: str) -> str:
    return "".join(c if c in "\r\n" else "*" for c in text)


def _starred(text: str, places: Iterable[Place]) -> str:
    parts, done = [], 0
    for start, end in sorted(places):
        if end > done:
            begin = max(start, done)
            parts += [text[done:begin], _stars(text[begin:end])]
            done = end
    return "".join([*parts, text[done:]])
