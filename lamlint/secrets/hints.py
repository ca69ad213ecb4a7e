"""Whether a module is worth parsing for secrets: a look at its text, no more."""

from __future__ import annotations

from lamlint.secrets.assignments import assignments, hints, lowered, name_start
from lamlint.secrets.names import names_secret
from lamlint.secrets.search import find
from lamlint.secrets.values import suspicious
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
_AUTH = Regex(r"auth\s*=\s*\(")
_NAMES = ("pw", "pass", "secret", "token", "key", "cred")
_PASSWORD = Regex(r"(?:pass\w{0,60}|pwd|pw)\"?\s*=\s*(?:[rub(]+\s*)?[\"']")
_ASIDE = Regex(
    r"(?P<name>\w{1,60})(?!\w)(?:"
    r"[\"'\])]*\s*(?:==|!=|\)\s*or\b|,[^=\n]{0,200}=|,\s*[\"']?value[\"']?\s*[:=]|[^=\n]{0,80}=[^=\n]{0,200}\belse\b)"
    r"\s*(?:\(|[rub]{0,2}[\"']{1,3}[^\"'\n]{8})"
    r"|[\"'\])]*\s*\bin\s*[(\[{]"
    r"|[\"'\])]*\s*[:=]\s*(?:\(\s*)?[rub]{0,2}(?:\"[^\"\n]+\"|'[^'\n]+')[\s\\]*(?:\+[\s\\]*)?[rub]{0,2}[\"']"
    r"|[^=\n]{0,40}=\s*(?:\w+\.)*(?:str|bytes|bytearray|secretstr|secretbytes|secret|field"
    r"|b64decode|fromhex|unhexlify|quote|quote_plus)\()"
)
_SEVERAL = Regex(r"(?P<name>\w{1,60})(?<=s)(?!\w)[\"'\])]*\s*(?::[^=\n]{1,40}=|[:=])\s*[\[({]")


def worth_parsing(text: str) -> bool:
    """Whether a text may hold a secret: no file that does is missed."""
    return (
        _aside(text, lowered(text))
        or bool(find(text))
        or any(suspicious(pair.name, pair.value) for pair in assignments(text))
    )


def _aside(text: str, low: str) -> bool:
    if any(word in low for word in _WORDS) or _has_auth(low):
        return True
    return any(_near(text, low, place) for place in hints(low, _NAMES))


def _names(name: str) -> bool:
    """Whether a name is one of a secret, or of several."""
    return names_secret(name) or names_secret(name[:-1])


def _has_auth(low: str) -> bool:
    return "auth" in low and bool(_AUTH.search(low) or _SENT.search(low))


def _near(text: str, low: str, place: int) -> bool:
    """Whether a name of a secret, or of several, has a literal in reach that is to be looked at."""
    if _PASSWORD.match(low, place):
        return True
    hit = _ASIDE.match(low, place)
    if hit is not None and _names(text[name_start(text, place) : hit.end("name")]):
        return True
    hit = _SEVERAL.match(low, place)
    return hit is not None and _names(text[name_start(text, place) : hit.end("name")])
