"""Whether a module is worth parsing for secrets: a look at its text, no more."""

from __future__ import annotations

from lamlint.secrets.assignments import assignments, hints, lowered
from lamlint.secrets.near import may_hold
from lamlint.secrets.search import shaped
from lamlint.secrets.values import suspicious
from lamlint.text import Source
from lamlint.text.regex import Regex

# Where a literal may be a secret though it does not stand right beside its name.
_WORDS = (
    "basicauth", "digestauth", ".login(", "compare_digest", "jwt.", "hmac.new",
    "fernet(", "aes.new", "safeserializer", "safetimedserializer", "pymysql.connect", "mysqldb",
    "ftp(", "twilio", "github(", "gitlab(", "bot(",
)  # fmt: skip
_SENT = Regex(
    r"authorization(?:token)?[\"'\])]*\s*(?:[:=,]|[=!]=|\bin\b|\bor\b|\)\s*\bor\b)\s*"
    r"(?:\(|(?:[\w.]+\(\s*)?[rub]{0,2}[\"']{1,3}[^\"'\n]{5})"
)
_FIRST = Regex(r"[&;]")
"""Where a value ends in an address or a form, in which others follow."""
_AUTH = Regex(r"auth\s*=\s*\(")
_PASSWORD = Regex(r"(?:pass\w{0,60}|pwd|pw)\"?\s*=\s*(?:[rubf(]+\s*)?[\"']")
"""What is given to a connection is a password however simple it is."""


def worth_parsing(source: Source) -> bool:
    """Whether a text may hold a secret: no file that does is missed."""
    text = source.text
    return (
        _aside(lowered(text))
        or bool(shaped(source))
        or may_hold(text)
        or any(
            suspicious(pair.name, value)
            for pair in assignments(text)
            for value in {pair.value, _FIRST.split(pair.value, 1)[0]}
        )
    )


def _aside(low: str) -> bool:
    if any(word in low for word in _WORDS) or _has_auth(low):
        return True
    return any(_PASSWORD.match(low, place) for place in hints(low, ("pass", "pw")))


def _has_auth(low: str) -> bool:
    return "auth" in low and bool(_AUTH.search(low) or _SENT.search(low))
