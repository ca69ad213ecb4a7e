"""Names and values next to each other in any text: code, YAML, JSON, TOML, `.env`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

HINTS = ("pass", "pwd", "secret", "token", "credential", "key", "connstr", "conn_str",
          "connectionstr", "connection_str", "jwt")  # fmt: skip
_PAIR = Regex(
    r"""(?x)
    (?P<name>[\w.-]{1,120}) (?![\w.-]) ["']?\]? \s{0,8}
    (?: : \s{0,4} [A-Za-z_][\w.\[\], |]{0,40} \s{0,4} (?==) )?          # an annotation
    (?: = | : | , | => ) \s{0,40} \(? \s{0,40} (?: [rRbBuU]{0,2} (?=["']) )?
    (?: "(?P<double>(?:[^"\\\n]|\\.){1,600})" | '(?P<single>(?:[^'\\\n]|\\.){1,600})'
      | (?! [\w.]+ \( ) (?P<bare>[^\s"'\[\]{}(),;\#][^\s"',;]{0,600}) )
    """
)
_LONGEST_LEAD = 50


@dataclass(frozen=True, slots=True, repr=False)
class Assignment:
    """A name, and where its value stands in the text."""

    name: str
    value: str
    start: int
    end: int
    quoted: bool

    def __repr__(self) -> str:
        return f"Assignment({self.name!r}, {self.start}:{self.end})"


def assignments(text: str) -> Iterator[Assignment]:
    """Every value that stands next to a name that could be a secret's.

    A filter, not a parser: it sees what is not code too, so ask the syntax of
    the file before believing it.
    """
    done = 0
    for hint in hints(lowered(text), HINTS):
        if hint < done:
            continue
        hit = _PAIR.match(text, name_start(text, hint))
        if hit is None:
            continue
        group = hit.lastgroup or "bare"
        start, end = hit.span(group)
        done = end
        yield Assignment(hit["name"], hit[group], start, end, group != "bare")


def lowered(text: str) -> str:
    """A text of the same length whose ASCII letters are small; other letters may be lost."""
    return text.encode("latin-1", "replace").lower().decode("latin-1")


def hints(low: str, words: Iterable[str]) -> list[int]:
    """Where some words stand in a text, in its order: many times as fast as one pattern for all."""
    found: list[int] = []
    for word in words:
        place = low.find(word)
        while place >= 0:
            found.append(place)
            place = low.find(word, place + len(word))
    return sorted(found)


def name_start(text: str, place: int) -> int:
    """Where the name begins that a word stands in."""
    first = max(place - _LONGEST_LEAD, 0)
    while place > first and (text[place - 1].isalnum() or text[place - 1] in "_.-"):
        place -= 1
    return place
