"""How a suppressing comment is written, and what to write where it is written otherwise."""

from __future__ import annotations

import re
from datetime import date
from itertools import takewhile
from typing import NamedTuple

from lamlint.text.regex import Regex

_MARK = "lamlint:"
_WORD = "ignore"
_END = Regex(
    r"\b(?P<word>until|expires?)\b(?P<sign>[ \t]*[=:][ \t]*|[ \t]+)(?P<day>\S*)", re.IGNORECASE
)
_DAY = Regex(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b")
_ISO = Regex(r"\d{4}-\d\d-\d\d")
_PARTS = Regex(r"[-/.]")
_BETWEEN = Regex(r"[\s,()\"']+")
_BEFORE = " \t=:,()\"'"
_CLOSING = ".,;)"


class End(NamedTuple):
    """When a suppression ends: the day, or why it has none, or what only looks like one."""

    day: date | None = None
    problem: str = ""
    remark: str = ""


def problem(written: re.Match[str]) -> str:
    """Why a comment suppresses nothing, and how it is written; nothing for one that is right."""
    right, word = _right(written), written["word"] or ""
    if written["hash"] is None:
        return f"it stands in another comment; give it a # of its own: # {_MARK} {right}"
    if ":" not in written["mark"]:
        return f"its mark has no colon; write # {_MARK} {right} reason"
    if written["mark"] != _MARK or (word != _WORD and word.lower() == _WORD):
        return f"it is written in small letters, the mark in one word: # {_MARK} {right}"
    if word != _WORD:
        return f"lamlint knows no comment {word!r}; write {right} reason"
    if written["names"] is not None and written["closed"] is None:
        return f"its bracket is not closed; write {right} reason"
    if not (written["names"] or "").strip():
        return f"an ignore must name its rules, in brackets: {right} reason"
    return ""


def _is_name(word: str) -> bool:
    """Whether a word is written as the names of rules are: several parts of letters."""
    parts = word.replace("_", "-").split("-")
    return len(parts) > 1 and all(part.isascii() and part.isalpha() for part in parts)


def _right(written: re.Match[str]) -> str:
    """The form with the names that were given, wherever they stand."""
    given = f"{written['names'] or ''} {'' if written['closed'] else written['tail']}"
    words = _BETWEEN.split(given.strip(_BEFORE))
    if not written["closed"]:
        words = [*takewhile(_is_name, words)]
    found = [word.lower().replace("_", "-") for word in words if word]
    return f"{_WORD}[{', '.join(found) or 'rule'}]"


def end(tail: str) -> End:
    """When a comment ends, by what stands behind its names."""
    remark = ""
    for found in _END.finditer(tail):
        day = found["day"].rstrip(_CLOSING)
        meant = found["word"] == "until" and "=" in found["sign"]
        if meant and (found["sign"] == "=" or not _DAY.match(day)):
            return _ending(day)
        if _DAY.match(day):
            said = " ".join(f"{found['word']}{found['sign']}{day}".split())
            remark = remark or f"{said!r} is read as its reason; write until={_iso(day)}"
    return End(remark=remark)


def _ending(day: str) -> End:
    try:
        if _ISO.fullmatch(day):
            return End(date.fromisoformat(day))
    except ValueError:
        pass  # a day that no month has
    return End(problem=f"until={day} is no date; write one such as 2027-03-01")


def _iso(day: str) -> str:
    """A day in the form that is read, as far as its parts are in that order."""
    year, month, number = _PARTS.split(day)[:3]
    return f"{year}-{month:0>2}-{number:0>2}"
