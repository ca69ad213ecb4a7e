"""Keys that the pages of a site show to all who visit it: they let nobody in."""

from __future__ import annotations

import re

from lamlint.secrets.values import is_public
from lamlint.text.regex import Regex

_FOR_BROWSERS = Regex(
    r"(?i)(?<![a-z])(?:(?:public|firebase)_?(?:\w{1,40}_?)?|(?:browser|frontend|web)_?(?:api_?)?)key(?![a-z])"
    r"|(?<![a-z])(?:next_public|nuxt_public|expo_public|react_app|vite)_\w{0,60}key(?![a-z])"
)
"""How a key is named that every page of a site shows to its visitors."""
_OF_FIREBASE = Regex(r"\bauthDomain\b|\.firebaseapp\.com\b")
"""What stands beside a key in the settings that Firebase gives to pages."""
_BESIDE = 160
_IN_ADDRESS = Regex(
    r"https?://(?P<host>[a-zA-Z0-9.-]{4,100})(?P<path>/[^\s\"'<>?{}]{0,200})?\?[^\s\"'<>{}]{0,200}\Z"
)
_OF_GOOGLE = Regex(r"(?i)(?:^|\.)(?:google(?:apis)?(?:\.[a-z]{2,3}){1,2}|firebaseio\.com)\Z")
_OF_PAGES = Regex(r"/maps/(?:api/js|embed)\b")
"""The paths of Google by which pages load maps: their keys stand in every page with one."""
_LONGEST = 500
_ALGOLIA = "algolia"
_CHANGES = ("admin", "write", "secret")
"""What says of a key of Algolia that it does more than search."""
_SEARCHES = Regex(
    r"(?i)-dsn\.algolia\.net|\bx-algolia-agent\b"
    r"|\.algolia(?:net)?\.[a-z]{2,4}/1/indexes/[^\s\"']{1,80}/quer(?:y|ies)\b"
)
"""What only searches: Algolia's hosts for pages, and what its library for pages says of itself."""
_AROUND = 400


def shows_google_key(hit: re.Match[str]) -> bool:
    """Whether a key of Google is named as one of a page, or stands in what pages have.

    That are the settings of Firebase, the address by which a page loads a map, and one of
    another site, which has the key for its own pages.
    """
    ahead = hit.string[max(hit.start() - _BESIDE, 0) : hit.start()]
    behind = hit.string[hit.end() : hit.end() + _BESIDE]
    named = _FOR_BROWSERS.search(ahead[-_BESIDE // 2 :])
    return (
        named is not None
        or any(map(_OF_FIREBASE.search, (ahead, behind)))
        or _is_in_address_of_page(hit.string[max(hit.start() - _LONGEST, 0) : hit.start()])
    )


def _is_in_address_of_page(ahead: str) -> bool:
    address = _IN_ADDRESS.search(ahead)
    if address is None or "." not in address["host"]:
        return False
    if _OF_GOOGLE.search(address["host"]) is None:
        return address["host"].rpartition(".")[2].isalpha()
    return _OF_PAGES.match(address["path"] or "") is not None


def is_for_visitors(text: str, start: int, end: int, name: str) -> bool:
    """Whether a secret that its name tells is a key by which pages search, or everybody's."""
    if is_public(text[start:end]):
        return True
    around = text[max(start - _AROUND, 0) : end + _AROUND]
    return _searches(name.lower()) and _SEARCHES.search(around) is not None


def _searches(name: str) -> bool:
    """Whether a key is named as one of Algolia, and not as one that changes what is found."""
    _, service, rest = name.rpartition(_ALGOLIA)
    return bool(service) and not any(word in rest for word in _CHANGES)
