"""Whether a module is worth parsing for secrets: a look at its text, no more."""

from __future__ import annotations

import re

from lamlint.secrets.assignments import assignments, hints, lowered
from lamlint.secrets.search import find
from lamlint.secrets.values import suspicious

# Where a literal may be a secret though it does not stand right beside its name.
_WORDS = (
    "authorization", "basicauth", "digestauth", ".login(", "compare_digest", "jwt.", "hmac.new",
    "fernet(", "safeserializer", "safetimedserializer", "pymysql.connect", "mysqldb", "ftp(",
)  # fmt: skip
_AUTH = re.compile(r"auth\s*=\s*\(")
_NAMES = ("pw", "pass", "secret", "token", "key", "cred")
_ASIDE = re.compile(
    r"(?:pass\w*|pwd|pw)\"?\s*=\s*[rub(]*\s*[\"']"
    r"|(?:pass|pwd|secret|token|key|cred)\w*[\"'\])]*\s*(?:==|!=|\)\s*or\b|,[^=\n]*=)\s*[(\"']"
)


def worth_parsing(text: str) -> bool:
    """Whether a text may hold a secret: no file that does is missed."""
    return (
        _aside(lowered(text))
        or bool(find(text))
        or any(suspicious(pair.name, pair.value) for pair in assignments(text))
    )


def _aside(low: str) -> bool:
    if any(word in low for word in _WORDS) or ("auth" in low and _AUTH.search(low)):
        return True
    return any(_ASIDE.match(low, place) for place in hints(low, _NAMES))
