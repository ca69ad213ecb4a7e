"""Secrets in the files that lie beside the code: settings, templates, test events, scripts."""

from __future__ import annotations

import bisect
import dataclasses
import json
import re
from collections.abc import Iterator, Sequence

from lamlint.secrets import patterns
from lamlint.secrets.assignments import HINTS, hints, lowered, name_start
from lamlint.secrets.badges import in_badge
from lamlint.secrets.names import names_secret
from lamlint.secrets.patterns import AWS_KEY_ID, AWS_SECRET_KEY
from lamlint.secrets.places import Kind
from lamlint.secrets.search import find
from lamlint.secrets.values import login_password, suspicious
from lamlint.secrets.weight import NAMED, near
from lamlint.text import Source
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

_HALVES = frozenset({AWS_KEY_ID, AWS_SECRET_KEY})
_SECRET_KEY = Regex(r"[A-Za-z0-9+/]{40}")


@dataclass(frozen=True, slots=True, repr=False)
class Stored:
    """A secret in a file: what it is and where; the text is not in here."""

    title: str
    start: int
    end: int
    kind: str = NAMED
    test: bool = False
    pair: bool = False
    """Whether the other half of an AWS key stands beside it."""
    local: bool = False
    """Whether it is of a database that somebody starts on their own machine."""

    @property
    def named(self) -> bool:
        """Whether only its name says so."""
        return self.kind == NAMED


def stored(source: Source, kind: Kind) -> Iterator[Stored]:
    """The secrets of a file, in its order, not overlapping."""
    if kind is Kind.DATA and _DESCRIBES.search(source.text, 0, _BEGINNING):
        return
    found = list(_shaped(source.text, kind))
    found += _named(source, kind)
    end = -1
    for one in sorted(
        _paired(source.text, found), key=lambda one: (one.start, one.named, -one.end)
    ):
        if one.start >= end:
            end = one.end
            yield one


def _paired(text: str, found: Sequence[Stored]) -> Iterator[Stored]:
    """All of them; an id of AWS is of a pair, too, where only its name tells the key beside it."""
    named = [one for one in found if one.named and _SECRET_KEY.fullmatch(text, one.start, one.end)]
    for one in found:
        of_id = one.kind == AWS_KEY_ID and not one.pair
        paired = of_id and any(near(one.start, other.start) for other in named)
        yield dataclasses.replace(one, pair=True) if paired else one


def _shaped(text: str, kind: Kind) -> Iterator[Stored]:
    found = find(text)
    for match in found:
        halves = _HALVES - {match.kind} if match.kind in _HALVES else ()
        pair = any(other.kind in halves and near(match.start, other.start) for other in found)
        if kind is Kind.EVENT and not pair and _recorded(match.kind):
            continue
        yield Stored(match.title, match.start, match.end, match.kind, match.test, pair)


def _recorded(kind: str) -> bool:
    """Whether events hold it by their nature: ids of callers' keys, tokens, signed addresses."""
    return kind in (patterns.AWS_KEY_ID, patterns.JWT) or kind in patterns.IN_STRINGS


def _named(source: Source, kind: Kind) -> Iterator[Stored]:
    match kind:
        case Kind.SETTINGS | Kind.VARIABLES:
            yield from _pairs(source.text, [(0, len(source.text))], _WHOLE)
        case Kind.PACKAGES:
            yield from _pairs(source.text, [(0, len(source.text))], _WHOLE)
            yield from _spoken(source)
        case Kind.DATA:
            yield from _data(source)
        case Kind.DOCKERFILE:
            spans = [hit.span("body") for hit in _INSTRUCTION.finditer(source.text)]
            yield from _pairs(source.text, spans, _WORD)
            yield from _old_form(source.text)
        case Kind.SAMCONFIG:
            yield from _pairs(source.text, [(0, len(source.text))], _WORD)
        case Kind.TEMPLATE | Kind.CONFIGURATION:
            yield from _declared(source, kind)
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
_SPOKEN = Regex(r"^[^\n#]{0,200}?\bpassword[ \t]{1,8}(?P<secret>[^\s]{5,128})", re.MULTILINE)
_PGPASS = Regex(
    r"^[^:\n#]{1,200}:(?:\d{1,5}|\*):[^:\n]{1,80}:[^:\n]{1,80}:(?P<secret>[^\s]{5,128})$",
    re.MULTILINE,
)
_LOGINS = {"netrc": _SPOKEN, "pgpass": _PGPASS}
_PARSED = (".json", ".yaml", ".yml")
_VARIABLE = Regex(r"[A-Z][A-Z0-9_]{0,120}")
_DESCRIBES = Regex(
    r"(?:^|[{,])[ \t]{0,8}[\"']?(?:openapi|swagger|asyncapi)[\"']?[ \t]{0,8}:[ \t]{0,8}[\"']?\d",
    re.MULTILINE,
)
"""What describes an interface: what looks like a secret there is an example."""
_BEGINNING = 4_000
_WORDS = Regex(r"[\w.-]{1,120}")
_COMMENT = Regex(r"^[ \t]*(?:[#;]|//[ \t])[^\n]*", re.MULTILINE)
_ARN = Regex(r"(?<![\w-])arn:[a-z-]{1,20}:[^\s\"',;&=]{0,2000}")
"""The name of a resource: the words between its colons are no names of values."""


def _pairs(text: str, spans: Sequence[tuple[int, int]], value: Regex[str]) -> Iterator[Stored]:
    """Names with a value behind an equals sign or a colon; comments and ARNs are left out."""
    arns = [hit.span() for hit in _ARN.finditer(text)]
    comments = [hit.span() for hit in _COMMENT.finditer(text)]
    for first, last in spans:
        for hit in _NAME.finditer(text, first, last):
            written = value.match(text, hit.end(), last) if names_secret(hit["name"]) else None
            if written is None or written.lastgroup is None:
                continue
            start, end = written.span(written.lastgroup)
            if in_badge(text, start) or _within(arns, hit.start()):
                continue
            if written.lastgroup == "bare" and value is _WHOLE:
                end = _line_end(text, hit["name"], start, end)
            if suspicious(hit["name"], text[start:end]) and not _within(comments, hit.start()):
                yield Stored(f"the value of {hit['name']}", start, end)


def _line_end(text: str, name: str, start: int, end: int) -> int:
    """Where a value without quotes ends: a password may have blanks in it."""
    newline = text.find("\n", end)
    whole = text[start : newline if newline >= 0 else len(text)].partition(" #")[0].rstrip()
    return start + len(whole) if suspicious(name, whole) else end


def _spoken(source: Source) -> Iterator[Stored]:
    """The passwords of `.netrc` and `.pgpass`, where no name stands beside them."""
    shape = _LOGINS.get(source.path.rpartition("/")[2].lstrip("._").lower())
    for hit in shape.finditer(source.text) if shape is not None else ():
        if login_password(hit["secret"]):
            yield Stored("a password", *hit.span("secret"))


def _data(source: Source) -> Iterator[Stored]:
    """What data and settings say beside a secret's name, in whatever notation they are."""
    if not _worth_parsing(source.text):
        return
    from lamlint.secrets.documents import settings

    parsed = settings(source) if source.path.endswith(_PARSED) else None
    if parsed is None:
        yield from _pairs(source.text, [(0, len(source.text))], _WHOLE)
    else:
        for name, start, end, local in parsed:
            yield Stored(f"the value of {name}", start, end, local=local)


def of_variables(text: str) -> bool:
    """Whether a JSON text holds variables of functions, as `sam local` takes them, or of one."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return False
    if not isinstance(content, dict) or not content:
        return False
    functions = [one for one in content.values() if isinstance(one, dict)]
    flat = all(isinstance(one, str) and _VARIABLE.fullmatch(name) for name, one in content.items())
    return flat or (len(functions) == len(content) and all(map(_are_variables, functions)))


def _are_variables(content: dict[object, object]) -> bool:
    return all(
        _VARIABLE.fullmatch(str(name)) is not None and not isinstance(value, (dict, list))
        for name, value in content.items()
    )


def _within(spans: Sequence[tuple[int, int]], place: int) -> bool:
    """Whether one of some spans, in their order, holds a place."""
    number = bisect.bisect_right(spans, place, key=lambda span: span[0]) - 1
    return number >= 0 and place < spans[number][1]


def _old_form(text: str) -> Iterator[Stored]:
    """`ENV NAME value`, as Dockerfiles were once written."""
    for hit in _OLD_FORM.finditer(text):
        if suspicious(hit["name"], hit["value"]):
            yield Stored(f"the value of {hit['name']}", *hit.span("value"))


def _declared(source: Source, kind: Kind) -> Iterator[Stored]:
    """What a template says beside a secret's name; it is only parsed when something may be."""
    text = source.text
    if not _worth_parsing(text):
        return
    from lamlint.secrets.documents import configured, named

    found = configured(source) if kind is Kind.CONFIGURATION else named(source)
    if found is None:
        yield from _pairs(text, [(0, len(text))], _WHOLE)
        return
    for name, start, end in found:
        yield Stored(f"the value of {name}", start, end)


def _worth_parsing(text: str) -> bool:
    starts = (name_start(text, place) for place in hints(lowered(text), HINTS))
    hits = (_WORDS.match(text, start) for start in starts)
    names = (hit.group() for hit in hits if hit is not None)
    return any(names_secret(name) or names_secret(name[:-1]) for name in names)
