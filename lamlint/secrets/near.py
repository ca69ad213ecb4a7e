"""Literals near a secret's name, in a text that nobody has parsed."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.secrets.assignments import hints, lowered, name_start
from lamlint.secrets.names import Strength, names_secret, strength
from lamlint.secrets.values import could_be
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

_WORDS = ("pw", "pass", "secret", "token", "key", "cred", "jwt")
_NAME = Regex(r"\w{1,80}")
_TRIPLE = Regex(r"[ \t\r\n\\]{0,20}(?:\"{3}|'{3})[ \t\r\n\\]{0,20}")
_JOINT = Regex(
    r"(?P<quote>[\"'])[ \t\r\n\\]{0,40}(?:\+[ \t\r\n\\]{0,40})?[rRbBuUfF]{0,2}(?P=quote)"
)
_LITERAL = Regex(r"\"(?:[^\"\\\n]|\\.){0,600}\"|'(?:[^'\\\n]|\\.){0,600}'")


@dataclass(frozen=True, slots=True)
class _Reach:
    """How far before and behind its name a literal is looked for."""

    before: int
    behind: int
    passwords: bool = False
    """Whether only names of passwords count."""


_OF_ALL = _Reach(120, 500)
"""An option may have several lines, and what a name is compared with stands before it."""
_OF_PASSWORDS = _Reach(60, 200, passwords=True)


def may_hold(text: str) -> bool:
    """Whether a literal that would be a secret under some name stands near a name of one."""
    return any(
        could_be(literal[1:-1])
        for start, end in _windows(text, _OF_ALL)
        for literal in _LITERAL.findall(_JOINT.sub("", _TRIPLE.sub('"', text[start:end])))
    )


def passwords(text: str) -> Iterator[tuple[int, int]]:
    """Where literals stand that could be passwords, near the name of one."""
    for start, end in _windows(text, _OF_PASSWORDS):
        for hit in _LITERAL.finditer(text, start, end):
            if could_be(hit.group()[1:-1]):
                yield hit.start() + 1, hit.end() - 1


def _windows(text: str, reach: _Reach) -> Iterator[tuple[int, int]]:
    """Where literals are looked for, in order, from the beginning of a line."""
    done = 0
    for place in hints(lowered(text), _WORDS):
        end = place + reach.behind
        if end <= done or not _named(text, place, reach):
            continue
        start = max(place - reach.before, done - reach.before, 0)
        line = text.rfind("\n", max(start - reach.behind, 0), start) + 1
        yield line or start, end
        done = end


def _named(text: str, place: int, reach: _Reach) -> bool:
    """Whether a word stands in the name of a secret, or of several."""
    hit = _NAME.match(text, name_start(text, place))
    name = hit.group() if hit is not None else ""
    if reach.passwords:
        return strength(name) is Strength.PASSWORD
    return names_secret(name) or names_secret(name[:-1])
