"""The commands of the AWS CLI in a text, with their options."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping

from lamlint.project.scheduled.variables import filled, on_one_line, variables
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

_AWS = Regex(
    r"(?<![\w-])aws (?:--[a-z-]{1,20}[ =][\w${}-]{1,40} ){0,3}(?=events |lambda |scheduler )"
)
_SEVERAL = "targets"
"""The option that is given several words; what stands behind the value of another is none of it."""
_ENDS = frozenset(";|&\n")
_LONGEST = 3_000


@dataclass(frozen=True, slots=True)
class Command:
    """A command: `events put-rule`, what its options are given, and where it begins and ends."""

    name: str
    options: Mapping[str, str]
    start: int
    end: int


def commands(text: str) -> Iterator[Command]:
    """The commands of a script that are run: those of comments and of texts are not."""
    known = variables(text)
    for found in _AWS.finditer(text):
        line = text.rfind("\n", 0, found.start()) + 1
        if "#" in text[line : found.start()] or "echo" in text[line : found.start()]:
            continue
        end = _end(text, found.end())
        try:
            words = shlex.split(on_one_line(text[found.end() : end]))
        except ValueError:
            continue  # a quote is left open
        if len(words) > 2:
            given = [filled(word, known) for word in words[2:]]
            yield Command(" ".join(words[:2]), _options(given), found.start(), end)


def _end(text: str, start: int) -> int:
    """Where a command ends: ahead of the next one, or of what closes it."""
    quote, depth, place = "", 0, start
    most = min(len(text), start + _LONGEST)
    while place < most:
        one = text[place]
        if one == "\\":
            place += 1
        elif quote:
            quote = "" if one == quote else quote
        elif one in "\"'":
            quote = one
        elif one == "(":
            depth += 1
        elif one == ")":
            depth -= 1
        if not quote and (depth < 0 or (one in _ENDS and depth == 0)):
            return place
        place += 1
    return most


def _options(words: list[str]) -> Mapping[str, str]:
    """What each option is given."""
    found: dict[str, list[str]] = {}
    last: list[str] = []
    for word in words:
        if word.startswith("--"):
            name, _, value = word[2:].partition("=")
            last = found.setdefault(name, [])
            last += [value] if value else []
        else:
            last.append(word)
    return {
        name: " ".join(given if name == _SEVERAL else given[:1]) for name, given in found.items()
    }
