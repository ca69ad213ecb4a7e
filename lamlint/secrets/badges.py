"""Addresses of badges: what stands in their query lets anybody see the badge, and nothing else."""

from __future__ import annotations

from lamlint.text.regex import Regex

_ADDRESS = Regex(r"https?://[^\s\"'<>()\[\]\\]{3,500}\Z")
_LONGEST = 510
_BUILDS = ("/status.svg", "/build.svg")
"""Pictures of how a build went."""


def in_badge(text: str, place: int) -> bool:
    """Whether a place of a text lies in the address of a badge."""
    address = _ADDRESS.search(text, max(0, place - _LONGEST), place)
    return address is not None and _is_badge(address.group().lower())


def _is_badge(address: str) -> bool:
    """Whether an address, up to some place in it, is that of a badge."""
    resource, mark, query = address.partition("?")
    host, slash, path = resource.partition("://")[2].partition("/")
    if slash and (host.endswith("shields.io") or path.startswith("api/project_badges/")):
        return True
    if not mark or not path.endswith((".svg", ".png")):
        return False
    return "badge" in path or path.endswith(_BUILDS) or query.startswith("style=")
