"""Secrets that were made up for tests, or for the first account of somebody's own database."""

from __future__ import annotations

import posixpath

from lamlint.secrets.names import Strength, strength
from lamlint.text.regex import Regex

_WHAT = r"(?:api[ -]?)?(?:certificates?|credentials?|keys?|key pairs?|passwords?|secrets?|tokens?)"
_SAYS_SO = Regex(
    r"(?i)\bdo(?: not|n't) use\b|\b(?:dummy|fake|bogus|made[- ]up|throw-?away)\b"
    r"|\bnot (?:a )?real\b"
    rf"|\b(?:unit |sample )?test(?:ing)? (?:rsa |private |public |only )*{_WHAT}\b"
    rf"|\b{_WHAT} (?:that (?:is|are) )?(?:only )?(?:for|of|in) (?:the |unit )*test(?:s|ing)\b"
)
"""What a comment says of a secret that opens nothing."""
_NAMED_SO = Regex(r"(?i)(?:^|_)(?:dummy|fake|bogus)(?:_|$)")
_COMMENT = "#"
_MOST_LINES = 5
_BEGINNING = 1_000
_SEEDING = Regex(r"(?i)(?:^|[_-])(?:seed(?:s|er|ing)?|populate|demo|sample)(?:[_-]|\.py$)")
_SAYS_SEEDING = Regex(
    r"(?i)\bseed(?:s|ing)?\b[^\n]{0,80}\b(?:dev|development|test|testing|demo|local)\b"
)
_SIMPLE = Regex(r"[A-Za-z]{3,12}[0-9]{0,4}[!@#$.]?")
"""A word and a few digits: nobody takes it for more than the first one."""


def is_made_up(text: str, start: int, name: str) -> bool:
    """Whether the name of a secret, or a comment beside or above it, says that it opens nothing."""
    return bool(_NAMED_SO.search(name)) or any(map(_SAYS_SO.search, _comments(text, start)))


def is_first_password(path: str, text: str, name: str, secret: str) -> bool:
    """Whether a simple password is what a script gives to an account that it makes for trying."""
    if strength(name) is not Strength.PASSWORD or not _SIMPLE.fullmatch(secret):
        return False
    stem = posixpath.basename(path)
    return bool(_SEEDING.search(stem) or _SAYS_SEEDING.search(text, 0, _BEGINNING))


def _comments(text: str, start: int) -> list[str]:
    """The comment at the end of the line of a place, and those on the lines above it."""
    above = text[:start].split("\n")
    end = text.find("\n", start)
    last = text[start : end if end >= 0 else len(text)]
    found = [last.partition(_COMMENT)[2]]
    for line in reversed(above[-_MOST_LINES - 1 : -1]):
        if not line.lstrip().startswith(_COMMENT):
            break
        found.append(line)
    return ["\n".join(reversed(found)), *found]
