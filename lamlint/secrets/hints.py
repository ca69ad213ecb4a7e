"""Whether a module is worth parsing for secrets: a look at its text, no more."""

from __future__ import annotations

import re

from lamlint.secrets.assignments import assignments
from lamlint.secrets.search import find
from lamlint.secrets.values import suspicious

_ASIDE = re.compile(
    r"(?i)authorization|\b(?:basic_|http_)?auth\s*=\s*\(|BasicAuth|DigestAuth|\.login\(|compare_digest"
    r"|\bjwt\.|hmac\.new|Fernet\(|SafeSerializer|SafeTimedSerializer|pymysql\.connect|MySQLdb|FTP\("
    r"|(?:pass\w*|pwd|pw)\"?\s*=\s*[rub(]*\s*[\"']"
    r"|(?:pass|pwd|secret|token|key|cred)\w*[\"'\])]*\s*(?:==|!=|\)\s*or\b|,[^=\n]*=)\s*[(\"']"
)
"""Where a literal may be a secret though it does not stand right beside its name."""


def worth_parsing(text: str) -> bool:
    """Whether a text may hold a secret: no file that does is missed."""
    return bool(
        _ASIDE.search(text)
        or find(text)
        or any(suspicious(pair.name, pair.value) for pair in assignments(text))
    )
