"""Names that a secret has: a variable, a parameter, a key of a mapping."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from lamlint.text.regex import Regex

_WORD = Regex(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_JOINED = Regex(
    r"(?i)(?<![a-z])(api|access|auth|secret|private|signing|encryption|account|client|shared|app|bot"
    r"|bearer|refresh|jwt)(key|token|secret)(?![a-z])"
)
_ENDS_SO = Regex(r"(?:password|passwd|passphrase)$")

_PASSWORDS = frozenset({"password", "passwd", "passphrase", "pwd", "pass", "pw", "passcode"})
_KEYS_OF = frozenset(
    {
        "api",
        "access",
        "auth",
        "secret",
        "private",
        "signing",
        "encryption",
        "account",
        "hmac",
        "fernet",
        "aes",
        "cipher",
        "crypto",
        "jwt",
        "session",
        "webhook",
        "subscription",
        "service",
        "shared",
        "sendgrid",
        "stripe",
        "openai",
    }
)
_TOKENS_OF = frozenset({"api", "auth", "access", "bearer", "bot", "refresh"})
_CREDENTIALS = frozenset({"credential", "credentials"})
_STRINGS_OF = frozenset({"connection", "conn"})

# What may stand behind the word and still leave the name that of a secret.
_TAILS = frozenset(
    {
        "value", "string", "str", "text", "plain", "plaintext", "default", "b64", "base64", "raw",
        "dev", "development", "prod", "production", "staging", "stage", "qa", "uat", "live", "main",
        "master", "admin", "root", "user", "db", "database", "old", "new", "primary", "secondary",
    }
)  # fmt: skip
# Names like these hold no secret although they say token or key: marks of a place in a list, and
# what a page hands to each visitor, to be sent back with a form.
_OTHER_TOKENS = frozenset(
    {
        "next", "continuation", "client", "pagination", "page", "previous", "prev", "start",
        "starting", "marker", "task", "idempotency", "csrf", "xsrf", "cancel", "cancellation",
        "pad", "eos", "bos", "unk", "stop", "max", "min", "num", "total", "resume", "sync", "delta",
        "request", "device", "confirmation", "invitation",
        "separator", "mask", "special", "cursor", "last", "first", "resource", "input", "output",
        "validity", "authenticity", "antiforgery", "forgery",
    }
)  # fmt: skip
_OF_FORMS = ("request", "verification")
"""What ASP.NET calls such a token; that of Slack is only a verification token, and a secret."""
_NOT_SECRET = frozenset(
    {
        "public", "publishable", "anon",
        "no", "not", "without", "missing", "invalid", "wrong", "bad", "incorrect",
        "reset", "forgot", "forgotten", "change", "changed", "update", "expired", "has", "is",
        "needs",
        "require", "requires", "use", "generate", "validate", "verify", "check", "hash", "hashed",
        "error", "err", "msg", "message", "label", "title", "hint", "help", "regex", "pattern",
        "header", "field", "column", "env", "var", "exclude", "ignore", "redacted", "masked",
        "encrypted", "kms", "event", "fmt", "format", "example", "dummy", "fake", "mock", "sample",
        "placeholder", "rotate", "rotation", "list", "describe", "get", "put", "create", "delete",
    }
)  # fmt: skip
_INVENTED = frozenset({"example", "dummy", "fake", "mock", "mocked", "sample", "placeholder"})
_REFUSED = frozenset(
    {
        "banned", "blacklist", "blacklisted", "blocked", "blocklist", "breached", "compromised",
        "denied", "deny", "denylist", "disallowed", "forbidden", "insecure", "leaked", "prohibited",
        "pwned", "rejected", "revoked",
    }
)  # fmt: skip
"""What lists are called of secrets that let nobody in."""
_GUESSED = frozenset(
    {"common", "easy", "guessable", "obvious", "popular", "trivial", "weak", "worst"}
)
"""What lists of passwords are called that anybody tries first."""
# Keys of services that every page gives to its visitors, by the words of their names.
_FOR_VISITORS = (
    frozenset({"algolia", "search"}), frozenset({"amplitude"}), frozenset({"mixpanel"}),
    frozenset({"recaptcha", "site"}),
)  # fmt: skip

_OF_OWN_KEYS = frozenset(
    {
        "app", "application", "auth", "cookie", "csrf", "django", "encryption", "fastapi", "fernet",
        "flask", "hmac", "jwt", "key", "secret", "session", "sign", "signing", "site", "token",
    }
)  # fmt: skip
"""The words of names that keys have which a program makes up itself, and no provider."""
_FOR_OWN_USE = frozenset(
    {"cookie", "csrf", "encryption", "fernet", "hmac", "jwt", "session", "sign", "signing"}
)
"""What such a key is for."""


class Strength(Enum):
    """How much a name says about its value."""

    NONE = 0
    TOKEN = 1
    """A value made by a machine: it must look random."""
    PASSWORD = 2
    """A value made by a person: it may be short."""


def names_secret(name: str) -> bool:
    """Whether a name is one that a secret has."""
    return strength(name) is not Strength.NONE


def names_password(name: str) -> bool:
    """Whether a name is that of a secret which a person makes up."""
    return strength(name) is Strength.PASSWORD


@lru_cache(maxsize=4096)
def strength(name: str) -> Strength:
    """What a name says: `DB_PASSWORD`, `apiKey`, `secret`; not `SECRET_ARN`, `NextToken`."""
    return _judged(_words(name))


def one_of(name: str) -> str:
    """What one of several secrets is called: `API_KEY` of `API_KEYS`; empty where they are none."""
    singular = name[:-1] if name[-1:] in ("s", "S") else ""
    return singular if names_secret(singular) else ""


def lists_refused(name: str) -> bool:
    """Whether a list is one of secrets that nobody may have: `WEAK_PASSWORDS`, `revoked_tokens`."""
    words = _words(one_of(name))
    return not _REFUSED.isdisjoint(words) or (
        _judged(words) is Strength.PASSWORD and not _GUESSED.isdisjoint(words)
    )


def says_invented(name: str) -> bool:
    """Whether a name says that its value is made up: `mock_token`, `EXAMPLE_URL`."""
    return not _INVENTED.isdisjoint(_words(name))


def names_key(name: str) -> bool:
    """Whether a name can only be that of a key: `SECRET_KEY`, `jwt_secret`, `auth_token`.

    Where others (`secret`, `token`) may hold a digest, such a one does not.
    """
    words = _words(name)
    *before, last = words or ("",)
    sure = last == "key" or (before and (last == "secret" or before[-1] in _TOKENS_OF))
    return bool(sure) and _judged(words) is Strength.TOKEN


def names_login(name: str) -> bool:
    """Whether a name is that of credentials, which may be a user's name and password."""
    return _CREDENTIALS.issuperset(_words(name)[-1:]) and names_secret(name)


def names_own_key(name: str) -> bool:
    """Whether a name is that of a key which a program signs with: `SECRET_KEY`, `JWT_SECRET`."""
    words = frozenset(_words(name))
    signs = words >= {"secret", "key"} or not words.isdisjoint(_FOR_OWN_USE)
    return signs and words <= _OF_OWN_KEYS and names_secret(name)


def _words(name: str) -> tuple[str, ...]:
    """The words of a name, in small letters, without what says nothing at its end."""
    words = [
        word.lower() for word in _WORD.findall(_JOINED.sub(lambda hit: f"{hit[1]}_{hit[2]}", name))
    ]
    if len(words) > 1 and words[-1] in ("string", "str") and words[-2] in _STRINGS_OF:
        return tuple(words)
    while words and (words[-1] in _TAILS or words[-1].isdigit()):
        words.pop()
    return tuple(words)


def _judged(words: tuple[str, ...]) -> Strength:
    if not words or not _NOT_SECRET.isdisjoint(words) or _for_visitors(words):
        return Strength.NONE
    *before, last = words
    if last in ("string", "str"):
        return Strength.TOKEN
    if last in _PASSWORDS or _ENDS_SO.search(last):
        return Strength.NONE if last in ("pass", "pw") and not before else Strength.PASSWORD
    if words[-2:] == ("amz", "credential"):  # of a signed request: the id of a key, and its scope
        return Strength.NONE
    if last in ("secret", "secrets") or last in _CREDENTIALS:
        return Strength.TOKEN
    if last in ("token", "jwt"):
        other = bool(before) and before[-1] in _OTHER_TOKENS
        return Strength.NONE if other or words[-3:-1] == _OF_FORMS else Strength.TOKEN
    if last == "key" and before and (before[-1] in _KEYS_OF or before[-1].endswith("api")):
        return Strength.TOKEN
    return Strength.NONE


def _for_visitors(words: tuple[str, ...]) -> bool:
    """Whether a name is that of a key that the pages of a site show."""
    return "secret" not in words and any(each.issubset(words) for each in _FOR_VISITORS)
