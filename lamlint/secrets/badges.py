"""Addresses of badges: what stands in their query lets anybody see the badge, and nothing else."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"https?://[^\s\"'<>()\[\]\\]{3,500}\Z")
_LONGEST = 510
_BADGE = re.compile(
    r"""(?xi) ://[^/?\#]*
    (?: /[^?\#]*badge[^?\#]* \.(?:svg|png) (?=\?)  # the word, and a picture
      | /[^?\#]*/(?:status|build) \.svg (?=\?)      # a picture of how a build went
      | (?<=shields\.io) /[^?\#]*
      | /api/project_badges/[^?\#]*
      | /[^?\#]* \.svg \?style=
    )"""
)


def in_badge(text: str, place: int) -> bool:
    """Whether a place of a text lies in the address of a badge."""
    address = _ADDRESS.search(text, max(0, place - _LONGEST), place)
    return address is not None and _BADGE.search(address.group()) is not None
