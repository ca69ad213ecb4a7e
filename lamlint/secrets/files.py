"""Secrets in the files that lie beside the code: settings, templates, test events, scripts."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from lamlint.secrets import patterns
from lamlint.secrets.assignments import HINTS, hints, lowered, name_start
from lamlint.secrets.badges import in_badge
from lamlint.secrets.names import names_secret
from lamlint.secrets.search import find
from lamlint.secrets.values import suspicious
from lamlint.text import Source
from lamlint.text.regex import Regex


class Kind(Enum):
    """What a file is, and how a finding calls it."""

    SETTINGS = "this file of settings"
    DOCKERFILE = "the Dockerfile"
    SAMCONFIG = "the parameters of a deployment"
    VARIABLES = "this file of environment variables"
    TEMPLATE = "the template"
    EVENT = "this event"
    SCRIPT = "this script"


@dataclass(frozen=True, slots=True, repr=False)
class Stored:
    """A secret in a file: what it is and where; the text is not in here."""

    title: str
    start: int
    end: int
    named: bool
    """Whether only its name says so."""
    test: bool = False


_SAMPLE = (".example", ".sample", ".template", ".dist", ".tpl", ".tmpl", ".j2", ".schema")
_VARIABLES = Regex(r"(?i)(?:local[-_.]?)?\.?env(?:ironment)?(?:[-_.]?vars?)?(?:[-_.]local)?\.json")
_EVENTS = Regex(r"(?:sam-?|test-?)?events?")
_EVENT = Regex(r"(?s)(?:test[-_.]?)?event.*|.*[-_.]event")
_SCRIPTS = (".sh", ".bash", ".mk")
_TEMPLATES = (".yaml", ".yml", ".json", ".template")
DECLARES = (b"AWSTemplateFormatVersion", b"AWS::")
"""One of these stands in every template."""


def kind_of(path: str) -> Kind | None:
    """What a file is by its path; None where no secrets are looked for."""
    name = path.rpartition("/")[2]
    if name.endswith(_SAMPLE):
        return Kind.TEMPLATE if name.endswith(".template") and not name.startswith(".") else None
    if name in (".env", ".envrc") or name.startswith(".env.") or name.endswith(".env"):
        return Kind.VARIABLES if name.endswith(".json") else Kind.SETTINGS
    if name == "Dockerfile" or name.startswith("Dockerfile.") or name.endswith(".dockerfile"):
        return Kind.DOCKERFILE
    if name in ("samconfig.toml", "samconfig.yaml", "samconfig.yml"):
        return Kind.SAMCONFIG
    if name in ("Makefile", "makefile", "GNUmakefile", "justfile") or name.endswith(_SCRIPTS):
        return Kind.SCRIPT
    if _VARIABLES.fullmatch(name):
        return Kind.VARIABLES
    if _is_event(path):
        return Kind.EVENT
    return Kind.TEMPLATE if name.endswith(_TEMPLATES) else None


def _is_event(path: str) -> bool:
    """Whether a JSON file is an event by its name, or by that of a folder it lies in."""
    *folders, name = path.lower().split("/")
    stem = name.removesuffix(".json")
    if stem in (name, ""):
        return False
    return bool(_EVENT.fullmatch(stem)) or any(map(_EVENTS.fullmatch, folders))


def stored(source: Source, kind: Kind) -> Iterator[Stored]:
    """The secrets of a file, in its order, not overlapping."""
    found = list(_shaped(source.text, kind))
    found += _named(source, kind)
    end = -1
    for one in sorted(found, key=lambda one: (one.start, one.named, -one.end)):
        if one.start >= end:
            end = one.end
            yield one


def _shaped(text: str, kind: Kind) -> Iterator[Stored]:
    for match in find(text):
        if kind is Kind.EVENT and _short_lived(text, match.kind, match.start):
            continue
        yield Stored(match.title, match.start, match.end, named=False, test=match.test)


def _short_lived(text: str, kind: str, start: int) -> bool:
    """Whether a recorded event holds it by its nature: tokens of sessions, signed addresses."""
    temporary = kind == patterns.AWS_KEY_ID and text.startswith("ASIA", start)
    return temporary or kind == patterns.JWT or kind in patterns.IN_STRINGS


def _named(source: Source, kind: Kind) -> Iterator[Stored]:
    match kind:
        case Kind.SETTINGS | Kind.VARIABLES:
            yield from _pairs(source.text, [(0, len(source.text))], _WHOLE)
        case Kind.DOCKERFILE:
            spans = [hit.span("body") for hit in _INSTRUCTION.finditer(source.text)]
            yield from _pairs(source.text, spans, _WORD)
            yield from _old_form(source.text)
        case Kind.SAMCONFIG:
            yield from _pairs(source.text, [(0, len(source.text))], _WORD)
        case Kind.TEMPLATE:
            yield from _declared(source)
        case _:
            return


_NAME = Regex(
    r"(?<![\w.-])[\"']?(?P<name>[A-Za-z_][\w.-]{0,120})[\"']?[ \t]*"
    r"(?:,[ \t]*ParameterValue[ \t]*)?[=:][ \t]*"
)
_QUOTED = (
    r"\\\"(?P<escaped>[^\"\\\n]{1,600})\\\"|\"(?P<double>[^\"\\\n]{0,600}(?:\\.[^\"\\\n]{0,600}){0,100})\""
    r"|'(?P<single>[^'\n]{0,600})'"
)
_WHOLE = Regex(rf"{_QUOTED}|(?P<bare>[^\s\"'{{\[]\S{{0,600}})")
_WORD = Regex(rf"{_QUOTED}|(?P<bare>[^\s\"'{{\[\\][^\s\"'\\]{{0,600}})")
_INSTRUCTION = Regex(
    r"^[ \t]*(?i:ENV|ARG)[ \t]+(?P<body>(?:[^\\\n]|\\[ \t]*\n|\\.)*)", re.MULTILINE
)
_OLD_FORM = Regex(
    r"^[ \t]*(?i:ENV)[ \t]+(?P<name>[A-Za-z_]\w*)[ \t]+(?P<value>[^\s=\"']+)[ \t]*$", re.MULTILINE
)
_WORDS = Regex(r"[\w.-]{1,120}")
_COMMENT = Regex(r"^[ \t]*(?:#|//)[^\n]*", re.MULTILINE)


def _pairs(text: str, spans: Sequence[tuple[int, int]], value: Regex[str]) -> Iterator[Stored]:
    """Names with a value behind an equals sign or a colon; lines that are comments are left out."""
    comments = [hit.span() for hit in _COMMENT.finditer(text)]
    for first, last in spans:
        for hit in _NAME.finditer(text, first, last):
            written = value.match(text, hit.end(), last) if names_secret(hit["name"]) else None
            if written is None or written.lastgroup is None:
                continue
            start, end = written.span(written.lastgroup)
            if in_badge(text, start):
                continue
            if suspicious(hit["name"], text[start:end]) and not _within(comments, hit.start()):
                yield Stored(f"the value of {hit['name']}", start, end, named=True)


def _within(spans: Sequence[tuple[int, int]], place: int) -> bool:
    """Whether one of some spans, in their order, holds a place."""
    number = bisect.bisect_right(spans, place, key=lambda span: span[0]) - 1
    return number >= 0 and place < spans[number][1]


def _old_form(text: str) -> Iterator[Stored]:
    """`ENV NAME value`, as Dockerfiles were once written."""
    for hit in _OLD_FORM.finditer(text):
        if suspicious(hit["name"], hit["value"]):
            yield Stored(f"the value of {hit['name']}", *hit.span("value"), named=True)


def _declared(source: Source) -> Iterator[Stored]:
    """What a template says beside a secret's name; it is only parsed when something may be."""
    text = source.text
    if not _worth_parsing(text):
        return
    from lamlint.secrets.documents import named

    for name, start, end in named(source):
        yield Stored(f"the value of {name}", start, end, named=True)


def _worth_parsing(text: str) -> bool:
    starts = (name_start(text, place) for place in hints(lowered(text), HINTS))
    names = (_WORDS.match(text, start) for start in starts)
    return any(name is not None and names_secret(name.group()) for name in names)
