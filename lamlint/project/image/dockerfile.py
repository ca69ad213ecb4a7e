"""The instructions of a Dockerfile, stage by stage."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import field

from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

_CONTINUED = Regex(r"[\\`][ \t]*\r?\n(?:[ \t]*#[^\n]*\n)*")
_LINE = Regex(r"^[ \t]*(?P<word>[A-Za-z]+)[ \t]+(?P<rest>\S[^\n]*)$", re.MULTILINE)
_VARIABLE = Regex(
    r"\$(?:\{(?P<braced>\w{1,100})(?::-(?P<default>[^}]{0,200}))?\}|(?P<plain>\w{1,100}))"
)
_FROM = Regex(r"(?i)^(?:--\S+[ \t]+)*(?P<image>\S+)(?:[ \t]+as[ \t]+(?P<name>\S+))?")
_MOST_STAGES = 500
_MOST_INSTRUCTIONS = 5_000
"""Of a Dockerfile with more nothing is known."""
_SETTING = Regex(r"\b(?P<name>\w{1,100})(?:=|[ \t]{1,20})(?P<value>\"[^\"]*\"|'[^']*'|\S+)")


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction, its word in capitals."""

    word: str
    rest: str

    @property
    def words(self) -> tuple[str, ...]:
        """What it is given: a list, or words as a shell splits them."""
        try:
            found = json.loads(self.rest) if self.rest.startswith("[") else shlex.split(self.rest)
        except (ValueError, RecursionError):
            return ()
        return tuple(map(str, found)) if isinstance(found, list) else ()


@dataclass(frozen=True)
class Stage:
    """A stage: its name, the image it starts from, and its instructions."""

    name: str
    base: str
    instructions: list[Instruction] = field(default_factory=list)

    def of(self, *words: str) -> Iterator[Instruction]:
        """Its instructions of some kinds."""
        return (one for one in self.instructions if one.word in words)


def too_long(text: str) -> bool:
    """Whether a Dockerfile has more stages or instructions than are read."""
    starts = 0
    for number, hit in enumerate(_LINE.finditer(_CONTINUED.sub(" ", text)), 1):
        starts += hit["word"].upper() == "FROM"
        if starts > _MOST_STAGES or number > _MOST_INSTRUCTIONS:
            return True
    return False


def stages(text: str) -> tuple[Stage, ...]:
    """The stages of a Dockerfile that is not `too_long`.

    What stands above the first belongs to each.
    """
    found: list[Stage] = []
    above: list[Instruction] = []
    for hit in _LINE.finditer(_CONTINUED.sub(" ", text)):
        one = Instruction(hit["word"].upper(), hit["rest"].rstrip())
        start = _FROM.match(one.rest) if one.word == "FROM" else None
        if start is not None:
            base = substituted(start["image"], dict(settings(above)))
            found.append(Stage(start["name"] or str(len(found)), base, list(above)))
        elif one.word != "FROM":
            (found[-1].instructions if found else above).append(one)
    return tuple(found)


def settings(instructions: list[Instruction]) -> Iterator[tuple[str, str]]:
    """The variables that some instructions set, with their values."""
    for one in instructions:
        if one.word in ("ENV", "ARG"):
            for hit in _SETTING.finditer(one.rest):
                yield hit["name"], hit["value"].strip("\"'")


def substituted(text: str, variables: dict[str, str]) -> str:
    """A text with its variables replaced; one that is not known stays as it is written."""

    def value(hit: re.Match[str]) -> str:
        known: str | None = variables.get(hit["braced"] or hit["plain"], hit["default"])
        return hit[0] if known is None else known

    return _VARIABLE.sub(value, text)
