"""Where a secret may stand in a text that nobody has parsed: for covering, not for reporting.

To cover too much costs a word in a frame; to cover too little shows a secret.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lamlint.secrets.assignments import hints, lowered, name_start
from lamlint.secrets.names import Strength, names_secret, strength
from lamlint.secrets.near import passwords
from lamlint.secrets.search import find
from lamlint.secrets.values import (
    authorization,
    digest_like,
    login_password,
    random_looking,
    suspicious,
)
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

_TEXT = r"[rRbBuU]{0,2}(?P<quote>[\"'])(?P<secret>(?:(?!(?P=quote))[^\\\n]|\\.){5,600})(?P=quote)"
_KEYWORD = r"(?:\w{1,40}\s*=\s*)?"
_ANY = r"[rRbBuU]{0,2}(?:\"[^\"\n]{0,200}\"|'[^'\n]{0,200}')"
_MORE = rf"(?:\s*(?:\+\s*)?{_ANY})+"
_SCHEME = r"[a-z][a-z0-9+]{1,30}://"


def _likely(value: str) -> bool:
    return login_password(value) or random_looking(value)


def _lets_in(value: str) -> bool:
    return any(authorization(f"{scheme} {value}") for scheme in ("Basic", "Bearer"))


@dataclass(frozen=True, slots=True)
class _Place:
    """A place of a secret; only a text that holds one of the words is searched for it."""

    words: tuple[str, ...]
    pattern: Regex[str]
    likely: Callable[[str], bool] = _likely


_PLACES = (
    # A pair of a user and a password, or a password behind a user.
    _Place(
        ("auth", "credentials", "Auth(", ".login("),
        Regex(
            rf"(?:auth\s*=\s*\(|credentials\s*=\s*\(|Auth\(|\.login\()\s*(?=\S)[^,\n]{{1,120}},\s*{_TEXT}"
        ),
    ),
    _Place(
        ("AC",),
        Regex(r"[\"']AC[0-9a-f]{32}[\"']\s*,\s*[\"'](?P<secret>[0-9a-f]{32})[\"']"),
        random_looking,
    ),
    _Place(("Github(",), Regex(rf"\bGithub\(\s*{_TEXT}")),
    _Place(
        ("connect(", "FTP("),
        Regex(rf"\b(?:connect|FTP)\(\s*(?:[^,()\n]{{1,120}},\s*){{2,3}}{_TEXT}"),
    ),
    _Place(
        ("--",),
        Regex(
            r"(?<!\S)--[\w-]{0,40}(?:pass\w{0,8}|secret|token|key)[ =](?P<secret>[^\s\"']{8,600})"
        ),
    ),
    # Keys that sign.
    _Place(("jwt.",), Regex(rf"\bjwt\.(?:en|de)code\([^,\n]{{1,120}},\s*{_KEYWORD}{_TEXT}")),
    _Place(
        ("hmac.new", "Fernet(", "Serializer(", "AES.new"),
        Regex(rf"(?:hmac\.new|Fernet|Serializer|AES\.new)\(\s*{_KEYWORD}{_TEXT}"),
    ),
    _Place(("compare_digest(",), Regex(rf"compare_digest\([^,\n]{{1,120}},\s*{_TEXT}")),
    _Place(
        ("AKIA", "ASIA", "ABIA", "ACCA"),
        Regex(r"A[KSBC][IC]A[A-Z2-7]{16}[\"']\s*,\s*[\"'](?P<secret>[^\"'\n]{20,80})"),
    ),
    _Place(
        ("uthorization", "UTHORIZATION"),
        Regex(
            r"(?i:uthorization)[\"'\]]{0,2}\s*[:=,]\s*[\"']"
            r"(?:[A-Za-z]{2,20} )?(?P<secret>[^\s\"'{}]{8,600})[\"']"
        ),
        _lets_in,
    ),
    _Place(
        ("Bearer ", "Basic "),
        Regex(r"\b(?:Bearer|Basic) (?P<secret>[A-Za-z0-9+/=._~-]{16,600})"),
        random_looking,
    ),
)
_LONGEST = 600
_RANDOM = Regex(
    rf"(?<=[\"'])[^\s\"'\\]{{16,{_LONGEST}}}(?=[\"'])|(?<=\n)[\w+/=-]{{16,{_LONGEST}}}(?=[\n\"'])"
)
_WINDOW = 300
"""How far behind a secret's name a random text is taken for the secret."""
_BEFORE = 60
"""How far before it: what it is compared with."""
_NAMES = ("authorization", "pass", "pw", "secret", "token", "key", "cred", "jwt")
# Behind a secret's name: what it is compared with, assigned beside others, or read instead of.
_ASIDE = Regex(
    r"\w{1,60}(?!\w)(?:[\"'\])]*\s*(?:==|!=|\)\s*or\b)\s*\(?"
    rf"|\s*=\s*{_ANY}\s*,\s*|[\"']\s*,\s*(?:default|[\"']?[vV]alue[\"']?)\s*[:=]\s*|\s*:=\s*\(?){_TEXT}"
)
_NAMED = Regex(rf"(?P<name>[\w.-]{{1,120}})(?![\w.-])[\"'\]]{{0,2}}\s*[:=]\s*(?:\(\s*)?{_TEXT}")
_JOINED = Regex(rf"[:=]\s*(?:\(\s*)?(?P<parts>{_ANY}{_MORE})")
_ADDRESS = Regex(rf"(?P<parts>(?:\"{_SCHEME}[^\"\n]*\"|'{_SCHEME}[^'\n]*'){_MORE})")
_NAME_AROUND = Regex(r"[\w.-]{1,120}")
_PART = Regex(r"(?P<quote>[\"'])(?P<secret>[^\"'\n]+)(?P=quote)")


def places(text: str) -> Iterator[tuple[int, int]]:
    """The places whose text is to be covered."""
    for place in _PLACES:
        if any(word in text for word in place.words):
            for hit in place.pattern.finditer(text):
                if place.likely(hit["secret"]):
                    yield hit.span("secret")
    yield from _named(text)
    yield from passwords(text)
    yield from _random(text)
    yield from _joined(text)


def _named(text: str) -> Iterator[tuple[int, int]]:
    for start in hints(lowered(text), _NAMES):
        aside = _ASIDE.match(text, start)
        if aside is not None and _likely(aside["secret"]):
            yield aside.span("secret")
        hit = _NAMED.match(text, name_start(text, start))
        if hit is None or strength(hit["name"]) is not Strength.PASSWORD:
            continue
        if login_password(hit["secret"]):
            yield hit.span("secret")


def _random(text: str) -> Iterator[tuple[int, int]]:
    """What a machine made and stands a little behind a secret's name: in a call, in a list."""
    done = 0
    for start in hints(lowered(text), _NAMES):
        end = start + _WINDOW
        if end <= done or not _is_named(text, start):
            continue
        # What begins in reach may end behind it.
        for hit in _RANDOM.finditer(text, max(start - _BEFORE, done, 0), end + _LONGEST + 1):
            if hit.start() >= end:
                break
            if random_looking(hit.group()) or digest_like(hit.group()):
                yield hit.span()
        done = end


def _is_named(text: str, place: int) -> bool:
    """Whether a word stands in the name of a secret, of several, or of the header of one."""
    hit = _NAME_AROUND.match(text, name_start(text, place))
    name = hit.group() if hit is not None else ""
    return names_secret(name) or names_secret(name[:-1]) or "uthorization" in name.lower()


def _joined(text: str) -> Iterator[tuple[int, int]]:
    """Secrets that are joined from several literals."""
    for hit in _JOINED.finditer(text):
        line = text[max(hit.start() - 100, 0) : hit.start()].rpartition("\n")[2]
        names = _NAME_AROUND.findall(line)
        yield from _parts(text, hit, next(filter(names_secret, reversed(names)), ""))
    for hit in _ADDRESS.finditer(text) if "://" in text else ():
        yield from _parts(text, hit, "")


def _parts(text: str, hit: re.Match[str], name: str) -> Iterator[tuple[int, int]]:
    parts = [*_PART.finditer(text, *hit.span("parts"))]
    whole = "".join(part["secret"] for part in parts)
    if find(f'{whole}"') or (name and suspicious(name, whole)):
        for part in parts:
            yield part.span("secret")
