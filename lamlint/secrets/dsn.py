"""Addresses to which programs report their errors, as Sentry gives them out (DSN).

They let anybody report, and nobody read: pages carry them. Older ones have a second half, which
looks like a password and lets nobody do more.
https://docs.sentry.io/concepts/key-terms/dsn-explainer/
"""

from __future__ import annotations

import re

from lamlint.text.regex import Regex

_HALVES = Regex(r"https?://[0-9a-f]{32}:[0-9a-f]{32}@")
_PROJECT = Regex(r"(?::\d{1,5})?(?:/[\w.-]{1,60}){0,3}/\d{1,20}(?![\w./@-])")
"""What stands behind the host: a port, folders of one's own server, the number of the project."""
_NAMED = Regex(r"(?i)sentry|raven|(?<![a-z])dsn(?![a-z])")
_AHEAD = 60


def is_dsn(hit: re.Match[str]) -> bool:
    """Whether an address with a password, up to its host, is one to which errors are reported.

    The form alone is not enough: its host speaks of Sentry, or what stands before it does.
    """
    if _HALVES.match(hit.group()) is None or not _PROJECT.match(hit.string, hit.end()):
        return False
    ahead = hit.string[max(hit.start() - _AHEAD, 0) : hit.start()]
    return any(_NAMED.search(text) for text in (hit.group("host"), ahead))
