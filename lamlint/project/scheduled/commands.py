"""The commands of the AWS CLI in a text, with their options."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence

from lamlint.project.scheduled.variables import filled, on_one_line, variables
from lamlint.text import Source, Tree, Unread
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

_AWS = Regex(
    r"(?<![\w-])aws (?:--[a-z-]{1,20}[ =][\w${}-]{1,40} ){0,3}(?=events |lambda |scheduler )"
)
_SEVERAL = "targets"
"""The option that is given several words; what stands behind the value of another is none of it."""
_ENDS = frozenset(";|&\n")
_SIGN = Regex(r"[\\\"'();|&\n]")
"""What may open or close a text or a bracket, or end a command."""
_LONGEST = 3_000
"""So many characters of a command are looked at."""
_FILLED = 10_000
"""And so many of one, with the values of its variables in their places."""
_TOO_MUCH = "only in part: its commands lie in each other, or do not end"


@dataclass(frozen=True, slots=True)
class Command:
    """A command: `events put-rule`, what its options are given, and where it begins and ends."""

    name: str
    options: Mapping[str, str]
    start: int
    end: int


def commands(source: Source, tree: Tree) -> Iterator[Command]:
    """The commands of a script that are run: those of comments and of texts are not.

    Commands may lie in each other, or seem to where one does not end. What is looked at for that
    more than once is no more than the script has: the rest is told as not read.
    """
    text = source.text
    known = variables(text)
    reached, again = 0, 0
    for start, name in _run(text):
        end, ends = _end(text, name)
        again += max(min(end, reached) - name, 0)
        if again > len(text) + _LONGEST:
            tree.unread.add(Unread(source.span(start, start), _TOO_MUCH))
            return
        reached = max(reached, end)
        words = _words(text[name:end], known) if ends else ()
        if len(words) > 2:
            yield Command(" ".join(words[:2]), _options(words[2:]), start, end)


def _run(text: str) -> Iterator[tuple[int, int]]:
    """Where the commands of a script begin, and behind `aws`: not behind `#` or `echo`."""
    seen, told = 0, False
    for found in _AWS.finditer(text):
        line = text.rfind("\n", seen, found.start()) + 1
        told = told and not line
        between = text[max(line, seen) : found.start()]
        told = told or "#" in between or "echo" in between
        seen = found.start()
        if not told:
            yield found.start(), found.end()


def _end(text: str, start: int) -> tuple[int, bool]:
    """Where a command ends, ahead of the next one or of what closes it; and whether it does."""
    quote, depth, most = "", 0, start + _LONGEST
    sign = _SIGN.search(text, start, most)
    while sign is not None:
        one, place = sign[0], sign.end()
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
            return sign.start(), True
        sign = _SIGN.search(text, place, most)
    return min(len(text), most), not quote and depth == 0


def _words(text: str, known: Mapping[str, str]) -> Sequence[str]:
    """The words of a command, with what their variables stand for; none of one that is no such."""
    try:
        words = shlex.split(on_one_line(text))
    except ValueError:
        return ()  # a quote is left open
    found: list[str] = []
    left = _FILLED
    for number, word in enumerate(words):
        found.append(filled(word, known) if number > 1 else word)
        left -= len(found[-1])
        if left < 0:
            return ()
    return found


def _options(words: Sequence[str]) -> Mapping[str, str]:
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
