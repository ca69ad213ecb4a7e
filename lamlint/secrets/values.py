"""Values that look like a secret, told from references, placeholders and plain words."""

from __future__ import annotations

import base64
import itertools
import math
from collections import Counter

from lamlint.secrets.names import Strength, names_key, names_login, strength
from lamlint.secrets.patterns import formed
from lamlint.text.regex import Regex

_LEAST_LENGTH = 8
_LEAST_LOGIN = 5
_LEAST_TOKEN_LENGTH = 16
_LONGEST = 512
_MOST_PARTS = 6
_PASSWORD_ENTROPY = 2.5
_TOKEN_ENTROPY = 3.2
_DIGEST_ENTROPY = 3.0
_HOME_ROW = frozenset("asdfghjkl")
_LEAST_MASHED, _MASHED = 12, 0.75
"""So many letters, and so much of them: as in one of a thousand keys of 16 random letters."""

_FAKE = Regex(
    r"""(?ix)
    example | xxxx | \*\*\* | \.\.\. | your[-_] | placeholder | redacted | dummy | changeme
    | 12345678 | abcdefg | qwerty | deadbeef | 00000000 | lorem | foobar | synthetic
    | not[-_]?(?:a|the)?[-_]?(?:real|secret)
    """
)
_PLACEHOLDER = Regex(
    r"""(?ix)
    change[-_]?(?:me|this|it) | (?:^|[^a-z])your(?:[^a-z]|$) | insert | replace | todo | fixme
    | fake | sample | mock | localstack | minioadmin | 1234567 | abcdef
    | (?:^|[^a-z]) (?: foo | bar | baz | test | tests | testing | none | null | nil | undefined
        | true | false | local | demo | fixtures? | pytest | stub ) (?:[^a-z]|$)
    | ^(?:test|my|the|some|a)[-_]?(?:test)?(?:password|passwd|secret|token|api|key|pass)
    """
)
_SPELLED = Regex(r"(?i)(?:test|my|the|some)[-_]?(?:password|passwd|secret|token)[!.]?")
_LIKE_LETTERS = str.maketrans("@0$", "aos")
"""What is written for letters in passwords of examples."""
_REFERENCE = Regex(
    r"""(?ix)
    \$\{ | \{\{ | \}\} | ^\$ | %\(\w+\) | %[sd]$ | \{\w*\} | ^<.*>$ | ^\[.*\]$ | ^\(.*\)$
    | ^(?:arn|ssm|env|secretsmanager|secret|vault|kms|op|file|data|s3|gs|https?|urn|param|ref|self
        |opt|cf|aws)[:/.]
    | ^[./~@\#?] | ^-- | ^[a-z]:\\ | ^!(?:Ref|GetAtt|Sub) | ^Fn:: | ^AWS:: | resolve:
    | os\.environ | getenv | ^\|(?:ref|getatt|env)\|
    """
)
_PUBLIC = Regex(
    r"pk_(?:live|test|prod)_|pk\.ey|phc_|sb_publishable_|FLWPUBK|MIIBIjANBgkqh|MCowBQYDK2Vw"
    r"|A[KS]IA[A-Z2-7]{16}(?:/|%2[Ff])\d{8}(?:/|%2[Ff])|0x[0-9a-fA-F]{40}\Z"
)
"""How keys begin that everybody may have: those of Stripe, Mapbox and others for browsers,
the public half of a pair of RSA or Ed25519, what a signed request of AWS says of its key, and the
address of an account or a contract (a private key of one has 64 digits)."""
_PUBLISHED = Regex(
    r"sk_test_(?:4eC39HqLyjWDarjtT1zdp7dc|BQokikJOvBiI2HlWgH4olfQ2"
    r"|tR3PYbcVNZZ796tH88S4VQ2u|26PHem9AhJZvU623DfE1x4sd|VePHdqKTYQjKNInc7u56JBrQ)"
)
"""The keys of an account that is nobody's, with which the documentation of Stripe shows how to
call it."""
_ENCRYPTED = Regex(r"AQ[EI]CAH[g-j]|ENC[\[(]|EJ\[1:|\{cipher\}|AgV4[A-Za-z0-9+/]{60}")
"""How texts begin that are of no use without a key: of KMS (a blob, and a message of the
Encryption SDK), SOPS and hiera-eyaml, Jasypt, ejson, Spring."""
_UNSIGNED = Regex(r"eyJ[\w-]{10,}\.[\w-]*\.?")
"""A web token without its signature, which lets nobody in."""
_REGEX = Regex(r"\\[dwsSDWb.\\/]|\[[^\[\]-]*-[^\[\]]*\]|\(\?|\.\*|\.\+|[*+?]\)|\{\d+(?:,\d*)?\}")
_NUMBERED = Regex(
    r"""(?ix)
    ^ (?: [0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}   # UUID
        | [0-9a-f]{40} | [0-9a-f]{64} | [0-9a-f]{96} | [0-9a-f]{128}     # digests
        | sha(?:1|256|384|512)[-:=].* | \$2[aby]\$.* | \$argon2.*
        | (?:pbkdf2(?:_sha\d+\$|:sha\d+:)|argon2\$argon2|bcrypt(?:_sha256)?\$+2
            |scrypt(?:\$|:\d+:)|\$[56y]\$).+                             # digests of passwords
        | [\d.,:/+ tz-]+                                                 # numbers, dates, versions
        | [\w.+-]+@[\w-]+\.[\w.-]+                                       # e-mail addresses
        | [a-z]{2}-[a-z]+-\d(?:_\w+)?                                    # regions, Cognito pools
        | [a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?(?:/.*)?                   # host names
        | \w+\.(?:py|json|ya?ml|txt|pem|key|crt|html?|env|csv|ini|toml)  # file names
        | v?\d+\.\d\S* ) $
    """
)
_DIGEST = Regex(
    r"[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128}"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
)
_SEGMENTS = Regex(r"[-_./:@ ]+")
_CHANGES = Regex(r"(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])|(?<=[a-z])(?=[A-Z])")
_PLAIN_WORD = Regex(r"^(?:[a-z]{2,})?(?:[A-Z]+[a-z]{2,})*(?:[A-Z]{2,})?[0-9]{0,4}$")
_WORD_AND_NUMBER = Regex(r"[A-Za-z]{4,}[@#!$%&*]?\d{2,}")
_NO_LETTER = Regex(r"[^a-z]")
_SPEAKS_OF_ITSELF = Regex(r"(?i)pass|pwd|secret|token|key|cred")
_KEY_OF_AN_API = Regex(
    r"[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)
_LOGIN = Regex(r"(?P<user>[A-Za-z][\w.@+-]{1,63}):(?P<password>[^:/\s]{8,128})")
_NOBODY = frozenset({"login", "name", "user", "userid", "username"})
"""What examples have for the name of a user."""
_OF_AN_APP = Regex(r"[a-z]{4}(?: [a-z]{4}){3}")
"""As Google writes the passwords that it makes for programs that send mail."""
_WEAK = frozenset(
    {
        "pass", "passwd", "password", "pwd", "secret", "postgres", "root", "admin", "user", "guest",
        "username", "token", "key", "mypassword", "mypass", "xxx", "abc", "rabbitmq", "redis",
        "mongo", "mysql", "x-oauth-basic",
    }
)  # fmt: skip


def suspicious(name: str, value: str) -> bool:
    """Whether a literal is a secret: its name says so, and its value does not deny it."""
    named = strength(name)
    if named is Strength.NONE or not _LEAST_LENGTH <= len(value) <= _LONGEST:
        return False
    if names_key(name) and digest_like(value):
        return not fake(value)
    if named is Strength.PASSWORD and (_OF_AN_APP.fullmatch(value) or _phrase(value)):
        return True
    if harmless(value) or _form_decides(value) or _same(name, value):
        return False
    if named is Strength.PASSWORD:
        return _password(value)
    return random_looking(value) or (names_login(name) and _login(value))


def _form_decides(value: str) -> bool:
    """Whether a value is told by its form if it is a secret at all, whatever it is called."""
    return formed(value) or bool(_UNSIGNED.fullmatch(value))


def digest_like(value: str) -> bool:
    """Whether a value has the form of a digest or a random UUID, in which keys are made too."""
    return bool(_DIGEST.fullmatch(value)) and entropy(value) >= _DIGEST_ENTROPY


def is_public(value: str) -> bool:
    """Whether a value is a key that everybody may have."""
    return _PUBLIC.match(value) is not None


def harmless(value: str) -> bool:
    """References, placeholders, digests, ciphertexts, addresses, patterns, sentences."""
    return (
        any(character.isspace() for character in value.strip())
        or not value.isascii()
        or placeholder(value)
        or bool(_REFERENCE.search(value))
        or is_public(value)
        or bool(_ENCRYPTED.match(value))
        or bool(_NUMBERED.match(value))
        or bool(_REGEX.search(value))
    )


def placeholder(value: str) -> bool:
    """Whether a value says of itself that it is not real: `mypassword`, `myP@ssW0rd`."""
    spelled = _SPELLED.fullmatch(value.translate(_LIKE_LETTERS))
    return bool(_PLACEHOLDER.search(value) or spelled) or fake(value) or _is_mashed(value)


def fake(value: str) -> bool:
    """Whether even the shape of a provider's token is filled with nothing, or with an example."""
    return (
        bool(_FAKE.search(value) or _PUBLISHED.match(value))
        or len(set(value.lower())) <= max(3, len(value) // 16)
        or _sequential(value)
    )


def _is_mashed(value: str) -> bool:
    """Whether somebody only let their fingers run over the middle row of a keyboard."""
    letters = [one for one in value.lower() if one.isalpha()]
    other = _HOME_ROW.difference("adf")  # hexadecimal digits are on it, too
    return (
        len(letters) >= _LEAST_MASHED
        and not other.isdisjoint(letters)
        and sum(one in _HOME_ROW for one in letters) >= len(letters) * _MASHED
    )


def weak_password(value: str) -> bool:
    """Words that stand for a password in examples rather than being one."""
    return value.lower() in _WEAK or placeholder(value) or bool(_REFERENCE.search(value))


def entropy(value: str) -> float:
    """Shannon's, in bits a character."""
    total = len(value)
    counts = Counter(value).values()
    return -sum(count / total * math.log2(count / total) for count in counts) if total else 0.0


def random_looking(value: str) -> bool:
    """Whether a machine made the value: long, mixed, and not words joined together."""
    if len(value) < _LEAST_TOKEN_LENGTH or entropy(value) < _TOKEN_ENTROPY:
        return False
    parts = [part for part in _SEGMENTS.split(value) if not _PLAIN_WORD.match(part)]
    mixed = "".join(parts)
    return (
        len(mixed) >= _LEAST_TOKEN_LENGTH // 2
        and any(c.isdigit() for c in mixed)
        and any(c.isalpha() for c in mixed)
        and len(_CHANGES.findall(mixed)) >= max(3, len(mixed) // 8)
    )


def login_password(value: str) -> bool:
    """Whether a literal that a connection logs in with is one: whatever is no placeholder."""
    if _OF_AN_APP.fullmatch(value):
        return True
    if not _LEAST_LOGIN <= len(value) <= _LONGEST or harmless(value) or weak_password(value):
        return False
    plain = all(_PLAIN_WORD.match(part) for part in _SEGMENTS.split(value))
    return _password(value) or not (plain and _SPEAKS_OF_ITSELF.search(value))


def convincing(value: str) -> bool:
    """Whether a password cannot be one of an example, whatever host it is for."""
    if len(value) < _LEAST_LENGTH or harmless(value) or weak_password(value):
        return False
    simple = _word_and_number(value) or _SPEAKS_OF_ITSELF.search(value)
    return random_looking(value) or (not simple and _password(value))


def could_be(value: str) -> bool:
    """Whether a literal would be a secret under some name; an address has a shape of its own."""
    if not _LEAST_LENGTH <= len(value) <= _LONGEST or "://" in value:
        return False
    if digest_like(value) or _OF_AN_APP.fullmatch(value):
        return True
    return not harmless(value) and (random_looking(value) or _password(value))


def signing_key(value: str) -> bool:
    """Whether a literal that signs is a key rather than a word of an example."""
    long_enough = _LEAST_LENGTH <= len(value) <= _LONGEST
    if digest_like(value):
        return not fake(value)
    return long_enough and not harmless(value) and not weak_password(value) and _password(value)


def authorization(value: str) -> bool:
    """Whether the value of a header `Authorization` lets somebody in."""
    scheme, _, rest = value.strip().rpartition(" ")
    if scheme.lower() == "basic":
        try:
            user, _, password = base64.b64decode(rest, validate=True).decode().partition(":")
        except ValueError:
            return False
        return password != user and len(password) >= _LEAST_LOGIN and not weak_password(password)
    if " " in scheme or len(rest) > _LONGEST or placeholder(rest) or _REFERENCE.search(rest):
        return False
    if _form_decides(rest):
        return False
    if not scheme:
        return not harmless(rest) and random_looking(rest)
    return random_looking(rest) or bool(_KEY_OF_AN_API.fullmatch(rest))


def _password(value: str) -> bool:
    """What people type for a password: letters with digits or marks, not words alone."""
    if entropy(value) < _PASSWORD_ENTROPY or all(
        _PLAIN_WORD.match(part) for part in _SEGMENTS.split(value) if not part.isdigit()
    ):
        return random_looking(value) or _word_and_number(value)
    letters = any(c.isalpha() for c in value)
    others = any(c.isdigit() or c in "!@#$%^&*+=?~;," for c in value)
    return letters and others


def _login(value: str) -> bool:
    """A user's name and a password that people type: `admin:Summer-2024`."""
    found = _LOGIN.fullmatch(value)
    if found is None or found["user"].lower() in _NOBODY:
        return False
    password = found["password"]
    return not (harmless(password) or weak_password(password)) and _password(password)


def _phrase(value: str) -> bool:
    """Whether a machine made a password with blanks in it: no part of it is a word."""
    parts = value.split(" ")
    if not 1 < len(parts) <= _MOST_PARTS or not value.isascii() or placeholder(value):
        return False
    mixed = all(len(part) > 1 and not _PLAIN_WORD.match(part) for part in parts)
    return mixed and not harmless("".join(parts)) and _password("".join(parts))


def _word_and_number(value: str) -> bool:
    """`Password123`, `Admin@2024`: a word with two digits or more behind it, and nothing else."""
    return bool(_WORD_AND_NUMBER.fullmatch(value)) and entropy(value) >= _PASSWORD_ENTROPY


def _same(name: str, value: str) -> bool:
    """Whether the value only repeats the name: `API_KEY = "x-api-key-1"`."""
    bare = _NO_LETTER.sub("", value.lower())
    other = _NO_LETTER.sub("", name.lower())
    return bool(bare) and (bare in other or other in bare)


def _sequential(value: str) -> bool:
    steps = Counter(ord(b) - ord(a) for a, b in itertools.pairwise(value))
    return bool(steps) and (steps[1] + steps[-1] + steps[0]) >= (len(value) - 1) * 0.7
