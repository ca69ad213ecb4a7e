"""Secrets that are told by their shape alone."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timezone

from lamlint.secrets import patterns
from lamlint.secrets.badges import in_badge
from lamlint.secrets.dsn import is_dsn
from lamlint.secrets.patterns import Pattern, worth_trying
from lamlint.secrets.values import (
    convincing,
    entropy,
    fake,
    is_public,
    login_password,
    random_looking,
    weak_password,
)
from lamlint.secrets.visitors import shows_google_key
from lamlint.text import Source
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

_LOCAL_HOSTS = Regex(
    r"(?i)^(?:[^.]*|localhost.*|127\..*|0\.0\.0\.0|10\..*|192\.168\..*|172\.(?:1[6-9]|2\d|3[01])\..*|\[?::1.*"
    r"|(?:.*\.)?example(?:\.[a-z]{2,3})+|.*\.(?:example|test|invalid|local|localhost)"
    r"|.*\bhost(?:name)?\b.*)$"
)
_LOOPBACK = Regex(r"(?i)^(?:localhost|127\.|0\.0\.0\.0$|\[?::1|host\.docker\.internal)")
_TEMPLATE = Regex(r"[{}%$*<>\[\]()|\\]|\.\.\.")
_SIGNED_BY = Regex(r"\b(?:X-Amz-)?Credential=\Z|(?:[?&]|&amp;|\\u0026)AWSAccessKeyId=\Z")
"""What stands before the id of the key that signed a request, which is told to its readers."""
_LONGEST_SIGNED_BY = 30
_SCOPE = Regex(r"(?i)%2F\d{8}%2F")
"""What stands behind it: the day and the region that the signature is for."""
_CALLER_ID = Regex(r"\baccessKey(?:Id)?\\?[\"']\s?:\s?\\?[\"']\Z")
_OF_A_CALLER = Regex(r"\b(?:principalId|userIdentity|sessionContext|sourceIp|sourceIPAddress)\b")
_OTHER_HALF = Regex(r"(?i)secret_?access_?key")
_AROUND = 600
"""How far what a record says of a caller stands from the id of the key: sessions are described."""
_SAMPLE = {"sub": "1234567890", "name": "John Doe", "iat": 1516239022}
"""Claims of the token that jwt.io offers to start from: nobody is given one that has them."""
_NO_KEY = Regex(r"\\[nrt]|[^A-Za-z0-9+/=]")


@dataclass(frozen=True, slots=True)
class Match:
    """A place that holds a secret. The secret itself is not in here, on purpose.

    `start` and `end` bound the part that must not be shown; `title` says what
    it is ("a Stripe key"). `test` is true for keys of a provider's test mode.
    """

    kind: str
    title: str
    start: int
    end: int
    test: bool = False


def find(text: str) -> tuple[Match, ...]:
    """All secrets of a known shape, in the order of the text, not overlapping."""
    found: list[Match] = []
    for pattern in worth_trying(text):
        for hit in pattern.shape.finditer(text):
            if _real(pattern, hit):
                group = "secret" if "secret" in hit.re.groupindex else 0
                test = "_test_" in hit.group()[:10]
                found.append(Match(pattern.kind, pattern.title, *hit.span(group), test))
    return tuple(_apart(sorted(found, key=lambda match: (match.start, -match.end))))


def shaped(source: Source) -> tuple[Match, ...]:
    """The same of a file, which several ask for."""
    return source.once(shaped, lambda: find(source.text))


def _apart(matches: list[Match]) -> Iterator[Match]:
    end = -1
    for match in matches:
        if match.start >= end:
            yield match
            end = match.end


def is_local(host: str) -> bool:
    """Whether a host is this machine, a private or an invented one, or a name without a domain."""
    return bool(_LOCAL_HOSTS.match(host))


def expired(token: str, today: date) -> bool:
    """Whether a JSON web token says itself that it is no longer valid."""
    payload = _decoded(token.split(".")[1]) if token.count(".") == 2 else None
    end = payload.get("exp") if payload is not None else None
    midnight = datetime(today.year, today.month, today.day, tzinfo=timezone.utc).timestamp()
    return isinstance(end, (int, float)) and end < midnight


def _real(pattern: Pattern, hit: re.Match[str]) -> bool:
    """Whether a hit is a secret, and not an example, a template or a pattern."""
    secret = hit.group("secret") if "secret" in hit.re.groupindex else hit.group()
    if pattern.kind == patterns.PRIVATE_KEY:
        return _key_body(secret)
    if pattern.kind == patterns.URL_PASSWORD:
        return _password_in_url(hit.group("host"), secret, hit.group()) and not is_dsn(hit)
    if pattern.kind in patterns.IN_STRINGS and _TEMPLATE.search(secret):
        return False
    if pattern.kind in patterns.IN_STRINGS and weak_password(secret):
        return False
    if pattern.kind == patterns.URL_PARAMETER:
        if patterns.formed(secret):
            return False  # what has that form tells of it
        badge = in_badge(hit.string, hit.start("secret"))
        return random_looking(secret) and not (fake(secret) or badge or is_public(secret))
    if pattern.kind == patterns.JWT:
        return _signed_token(secret)
    if pattern.kind == patterns.GOOGLE_KEY and shows_google_key(hit):
        return False
    if pattern.kind == patterns.AWS_KEY_ID and (_signs_a_request(hit) or _names_a_caller(hit)):
        return False
    return entropy(secret) >= pattern.entropy and not fake(secret)


def _signs_a_request(hit: re.Match[str]) -> bool:
    """Whether the id of a key stands in a signed address or header, which does not hold the key."""
    ahead = hit.string[max(hit.start() - _LONGEST_SIGNED_BY, 0) : hit.start()]
    return bool(_SIGNED_BY.search(ahead) or _SCOPE.match(hit.string, hit.end()))


def _names_a_caller(hit: re.Match[str]) -> bool:
    """Whether the id of a key stands in a record of who called, as of CloudTrail."""
    text, start = hit.string, hit.start()
    if _CALLER_ID.search(text[max(start - _LONGEST_SIGNED_BY, 0) : start]) is None:
        return False
    around = text[max(start - _AROUND, 0) : hit.end() + _AROUND]
    return _OF_A_CALLER.search(around) is not None and _OTHER_HALF.search(around) is None


def _key_body(body: str) -> bool:
    """At least 64 characters of key material, not a row of dots or x."""
    plain = _NO_KEY.sub("", body)
    return len(plain) >= 64 and entropy(plain) >= 4.0 and "EXAMPLE" not in plain.upper()


def _password_in_url(host: str, password: str, url: str) -> bool:
    if _TEMPLATE.search(password):
        return False
    if not host or host.startswith(("{", "${", "%s")):  # what the host is called is put in later
        return len(password) >= 8 and login_password(password)
    if _LOOPBACK.match(host) or _TEMPLATE.search(host):
        return False
    if is_local(host):  # it may be anybody's, and so may a simple password
        return convincing(password)
    user = url.partition("://")[2].partition(":")[0]
    doubled = password == user and not any(letter.isdigit() for letter in user)
    return not doubled and not weak_password(password)


def _signed_token(token: str) -> bool:
    """A real JSON web token: it decodes, is signed, and is no sample or public key."""
    *parts, signature = token.split(".")
    header, payload = map(_decoded, parts)
    if (
        not random_looking(signature)
        or header is None
        or payload is None
        or str(header.get("alg", "none")).lower() == "none"
    ):
        return False
    sample = any(payload.get(claim) == value for claim, value in _SAMPLE.items())
    return not sample and payload.get("role") != "anon"


def _decoded(part: str) -> dict[str, object] | None:
    try:
        decoded = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        return None
    return decoded if isinstance(decoded, dict) else None
