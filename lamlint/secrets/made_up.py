"""Secrets that were made up for tests, or for the first account of somebody's own database."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from lamlint.secrets.names import Strength, strength
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from lamlint.text import Source

_WHAT = r"(?:api[ -]?)?(?:certificates?|credentials?|keys?|key pairs?|passwords?|secrets?|tokens?)"
_SAYS_SO = Regex(
    r"(?i)\bdo(?: not|n't) use\b|\b(?:dummy|fake|bogus|made[- ]up|throw-?away)\b"
    r"|\bnot (?:a )?real\b"
    rf"|\b(?:unit |sample )?test(?:ing)? (?:rsa |private |public |only )*{_WHAT}\b"
    rf"|\b{_WHAT} (?:that (?:is|are) )?(?:only )?(?:for|of|in) (?:the |unit )*test(?:s|ing)\b"
)
"""What a comment says of a secret that opens nothing."""
_NAMED_SO = Regex(r"(?i)(?:^|_)(?:dummy|fake|bogus)(?:_|$)")
_COMMENT = "#"
_MOST_LINES = 5
_BEGINNING = 1_000
_SEEDING = Regex(r"(?i)(?:^|[_-])(?:seed(?:s|er|ing)?|populate|demo|sample)(?:[_-]|\.py$)")
_SAYS_SEEDING = Regex(
    r"(?i)\bseed(?:s|ing)?\b[^\n]{0,80}\b(?:dev|development|test|testing|demo|local)\b"
)
_SIMPLE = Regex(r"[A-Za-z]{3,12}[0-9]{0,4}[!@#$.]?")
"""A word and a few digits: nobody takes it for more than the first one."""


_SAYS_TEST_USERS = Regex(r"(?i)\b(?:test|demo)[ _-](?:user|account)s?\b")
_MAIL = Regex(r"[\w.+-]{1,64}@(?P<domain>[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5})")
_NOBODYS = Regex(r"(?i)(?:^|\.)(?:example\.(?:com|net|org)|example|test|invalid|local|localhost)\Z")
"""Domains that nobody can have: RFC 2606, and RFC 6762 for `local`."""
_NEAR = 200
"""How far from its password the address of an account stands."""
_SERVER = Regex(r"\buvicorn\.(?:Config|run)\(|(?:HTTPServer|make_server|run_simple|app\.run)\(")
"""What starts a server of HTTP, or says what it is."""
_OWN = Regex(r"[\"'](?:127\.0\.0\.1|localhost|::1)[\"']")
_ADDRESS = Regex(r"https?://(?P<here>(?:127\.0\.0\.1|localhost|\[::1\])(?![\w.-]))?")
_ARGUMENTS = 300
"""How far behind the name of a server its host stands."""


def is_made_up(text: str, start: int, name: str) -> bool:
    """Whether the name of a secret, or a comment beside or above it, says that it opens nothing."""
    return bool(_NAMED_SO.search(name)) or any(map(_SAYS_SO.search, _comments(text, start)))


def is_first_password(path: str, text: str, start: int, name: str, secret: str) -> bool:
    """Whether a password is what a script gives to an account that it makes for trying.

    It is simple, or stands beside the address of a test user that nobody can have.
    """
    if strength(name) is not Strength.PASSWORD:
        return False
    beginning = text[:_BEGINNING]
    if _SAYS_TEST_USERS.search(beginning) and _is_of_nobody(text, start):
        return True
    seeds = _SEEDING.search(posixpath.basename(path)) or _SAYS_SEEDING.search(beginning)
    return bool(seeds) and _SIMPLE.fullmatch(secret) is not None


def is_of_own_server(source: Source, start: int, name: str) -> bool:
    """Whether a password is for an account that a script makes at a server that it starts itself.

    Only this machine reaches the server, all addresses beside the password are of this machine,
    and the account's is one that nobody can have.
    """
    text = source.text
    if strength(name) is not Strength.PASSWORD or not _is_of_nobody(text, start):
        return False
    around = text[max(start - _ARGUMENTS, 0) : start + _ARGUMENTS]
    hosts = [hit["here"] for hit in _ADDRESS.finditer(around)]
    return bool(hosts) and all(hosts) and source.once(is_of_own_server, lambda: _serves_here(text))


def _serves_here(text: str) -> bool:
    """Whether a module starts servers, and all of them for this machine alone."""
    servers = [text[hit.end() : hit.end() + _ARGUMENTS] for hit in _SERVER.finditer(text)]
    return bool(servers) and all(map(_OWN.search, servers))


def _is_of_nobody(text: str, start: int) -> bool:
    """Whether mail addresses stand beside a place, and only those that nobody can have."""
    end = text.find("\n", start + _NEAR, start + 2 * _NEAR)  # no address is cut in two
    around = text[max(start - _NEAR, 0) : end if end > 0 else start + 2 * _NEAR]
    domains = [hit["domain"] for hit in _MAIL.finditer(around)]
    return bool(domains) and all(map(of_nobody, domains))


def of_nobody(domain: str) -> bool:
    """Whether a domain is one that nobody can have."""
    return _NOBODYS.search(domain) is not None


def _comments(text: str, start: int) -> list[str]:
    """The comment at the end of the line of a place, and those on the lines above it."""
    above = text[:start].split("\n")
    end = text.find("\n", start)
    last = text[start : end if end >= 0 else len(text)]
    found = [last.partition(_COMMENT)[2]]
    for line in reversed(above[-_MOST_LINES - 1 : -1]):
        if not line.lstrip().startswith(_COMMENT):
            break
        found.append(line)
    return ["\n".join(reversed(found)), *found]
