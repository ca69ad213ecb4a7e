"""The comments of a text: real ones only, never what only looks like one inside a string."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from lamlint.text import hcl, typescript
from lamlint.text.language import Language, language
from lamlint.text.regex import Regex
from lamlint.text.source import Source


class Comment(NamedTuple):
    """A comment from its `#` (or `//`, `/*`) to its end, by offsets of its text."""

    start: int
    end: int


_PYTHON = Regex(
    r"""(?P<string>
          \"\"\"(?:[^\\]|\\.)*?(?:\"\"\"|\Z)
        | '''(?:[^\\]|\\.)*?(?:'''|\Z)
        | \"(?:[^\"\\\r\n]|\\(?:\r\n|.))*\"?
        | '(?:[^'\\\r\n]|\\(?:\r\n|.))*'?
        )
      | (?P<comment>\#[^\r\n]*)""",
    re.VERBOSE | re.DOTALL,
)
_TOML = Regex(
    r"""(?P<string>
          \"\"\"(?:[^\\]|\\.)*?(?:\"{3,5}|\Z)
        | '''.*?(?:'{3,5}|\Z)
        | \"(?:[^\"\\\r\n]|\\.)*\"?
        | '[^'\r\n]*'?
        )
      | (?P<comment>\#[^\r\n]*)""",
    re.VERBOSE | re.DOTALL,
)
_OWN_LINE = Regex(r"^[ \t]*(#[^\r\n]*)", re.MULTILINE)
_SETTINGS = Regex(
    r"(?:^|/)(?:\.env(?:rc|\.[^/]*)?|dockerfile(?:\.[^/]*)?|(?:gnu)?makefile|justfile"
    r"|[^/]*\.(?:env|dockerfile|sh|bash|mk))$"
)
_YAML_COMMENT = Regex(r"(?:^|(?<=[\s]))#[^\r\n]*", re.MULTILINE)


class Holds(Enum):
    """Where a file may hold comments that are read."""

    ENDS = "at the ends of lines"
    LINES = "on lines of their own"
    NONE = "nowhere"


def holds(source: Source) -> Holds:
    """Where a file may hold comments; JSON has none, whatever the name of its file."""
    match language(source):
        case Language.JSON:
            return Holds.NONE
        case None:
            return Holds.LINES if _SETTINGS.search(source.path.lower()) else Holds.NONE
        case _:
            return Holds.ENDS


def comments(source: Source) -> tuple[Comment, ...]:
    """The comments of a text in a known language, and those of scripts and settings.

    Of the latter only those on lines of their own: what stands behind a value
    may belong to it. Comments of other files are not known.
    """
    return tuple(Comment(*place) for place in _places(source, "comment"))


def strings(source: Source) -> tuple[Comment, ...]:
    """The places of a text where a `#` begins no comment: strings, or the scalars of YAML."""
    return tuple(Comment(*place) for place in _places(source, "string"))


def _places(source: Source, kind: str) -> Iterator[tuple[int, int]]:
    match language(source):
        case Language.PYTHON:
            yield from (m.span() for m in _PYTHON.finditer(source.text) if m.lastgroup == kind)
        case Language.TOML:
            yield from (m.span() for m in _TOML.finditer(source.text) if m.lastgroup == kind)
        case Language.HCL:
            yield from hcl.places(source.text, kind)
        case Language.TYPESCRIPT:
            yield from typescript.places(source.text, kind)
        case Language.YAML:
            scalars = _scalars(source.text)
            yield from scalars if kind == "string" else _outside(source.text, scalars)
        case None if holds(source) is Holds.LINES and kind == "comment":
            yield from (m.span(1) for m in _OWN_LINE.finditer(source.text))
        case _:
            return


def _scalars(text: str) -> list[tuple[int, int]]:
    """The scalars of a YAML text, up to where it cannot be read any further."""
    import yaml

    found = []
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with contextlib.suppress(yaml.YAMLError, ValueError):
        for event in yaml.parse(text, Loader=loader):
            start, end = event.start_mark, event.end_mark
            if isinstance(event, yaml.ScalarEvent) and start and end:
                found.append((start.index, end.index))
    return found


def _outside(text: str, scalars: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    place = 0
    for match in _YAML_COMMENT.finditer(text):
        while place < len(scalars) and scalars[place][1] <= match.start():
            place += 1
        if place == len(scalars) or not scalars[place][0] <= match.start():
            yield match.span()
