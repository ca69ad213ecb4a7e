"""Where a secret may stand in a text that nobody has parsed: for covering, not for reporting.

To cover too much costs a word in a frame; to cover too little shows a secret.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lamlint.secrets.names import Strength, strength
from lamlint.secrets.search import find
from lamlint.secrets.values import authorization, login_password, random_looking, suspicious

_TEXT = r"[rRbBuU]{0,2}(?P<quote>[\"'])(?P<secret>(?:(?!(?P=quote))[^\\\n]|\\.){5,600})(?P=quote)"
_ANY = r"[rRbBuU]{0,2}(?:\"[^\"\n]{0,200}\"|'[^'\n]{0,200}')"
_NAME = r"\w*(?i:pass|pwd|secret|token|key|cred|jwt)\w*"


def _likely(value: str) -> bool:
    return login_password(value) or random_looking(value)


_PLACES: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    # A pair of a user and a password, or a password behind a user.
    (
        re.compile(
            r"(?:\b(?:basic_|http_)?auth\s*=\s*\(|credentials\s*=\s*\(|\w+Auth\(|\.login\()\s*"
            rf"[^,\n]{{1,120}},\s*{_TEXT}"
        ),
        _likely,
    ),
    (re.compile(rf"\b(?:connect|FTP)\(\s*[^,()\n]{{1,120}},[^,()\n]{{1,120}},\s*{_TEXT}"), _likely),
    # Keys that sign.
    (re.compile(rf"\bjwt\.(?:en|de)code\([^,\n]{{1,120}},\s*{_TEXT}"), _likely),
    (re.compile(rf"(?:hmac\.new|Fernet|Serializer)\(\s*{_TEXT}"), _likely),
    # What a secret is compared with, assigned beside others, or read instead of.
    (re.compile(rf"{_NAME}[\"'\])]*\s*(?:==|!=|\)\s*or\b)\s*\(?{_TEXT}"), _likely),
    (re.compile(rf"compare_digest\([^,\n]{{1,120}},\s*{_TEXT}"), _likely),
    (re.compile(rf"{_NAME}\s*=\s*{_ANY}\s*,\s*{_TEXT}"), _likely),
    (re.compile(rf"{_NAME}[\"']\s*,\s*default\s*=\s*{_TEXT}"), _likely),
    (re.compile(rf"{_NAME}\s*:=\s*\(?{_TEXT}"), _likely),
    (re.compile(r"A[KSBC][IC]A[A-Z2-7]{16}[\"']\s*,\s*[\"'](?P<secret>[^\"'\n]{20,80})"), _likely),
    (
        re.compile(
            r"(?i:authorization)[\"'\]]{0,2}\s*[:=,]\s*[\"']"
            r"(?:[A-Za-z]{2,20} )?(?P<secret>[^\s\"'{}]{8,600})[\"']"
        ),
        lambda value: any(authorization(f"{one} {value}") for one in ("Basic", "Bearer")),
    ),
    (re.compile(r"\b(?:Bearer|Basic) (?P<secret>[A-Za-z0-9+/=._~-]{16,600})"), random_looking),
)
_NAMED = re.compile(rf"(?P<name>[\w-]{{1,80}})[\"'\]]{{0,2}}\s*[:=]\s*\(?\s*{_TEXT}")
_JOINED = re.compile(
    rf"(?P<name>\w{{1,80}})[\"'\]]{{0,2}}\s*[:=]\s*\(?\s*(?P<parts>{_ANY}(?:\s*\+?\s*{_ANY})+)"
)
_PART = re.compile(r"(?P<quote>[\"'])(?P<secret>[^\"'\n]+)(?P=quote)")


def places(text: str) -> Iterator[tuple[int, int]]:
    """The places whose text is to be covered."""
    for pattern, likely in _PLACES:
        for hit in pattern.finditer(text):
            if likely(hit["secret"]):
                yield hit.span("secret")
    for hit in _NAMED.finditer(text):
        if strength(hit["name"]) is Strength.PASSWORD and login_password(hit["secret"]):
            yield hit.span("secret")
    for hit in _JOINED.finditer(text):
        parts = [*_PART.finditer(text, *hit.span("parts"))]
        whole = "".join(part["secret"] for part in parts)
        if suspicious(hit["name"], whole) or find(whole):
            for part in parts:
                yield part.span("secret")
