"""What a secret is for, by its name and by the addresses that stand beside it.

Where that is no more than to try the code, it is told, and weighs little.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lamlint.secrets.branches import beside, in_local_branch
from lamlint.secrets.names import Strength, names_secret, strength
from lamlint.secrets.weight import CURE
from lamlint.text.regex import Regex

_LINES = 5
"""How far from an address its secret stands: settings of one service are written together."""
_SHORTEST = 3
_ADDRESS = Regex(r"(?i)https?://[^\s\"'<>]")
_TEST_HOST = Regex(
    r"(?i)https?://(?:[a-z0-9]{1,60}[.-]){0,5}(?:test|testnet|sandbox|paper|demo|uat)[.-]"
)
_SAYS_TEST = Regex(r"(?i)sandbox|(?:^|[^a-z])test(?![a-z])")
_SAYS_NAME = Regex(r"\w")
_HOST = Regex(
    r"(?i)(?<![\w.-])(?P<name>(?:[\w.-]{1,60}[_.-])?(?:host(?:_?name)?|server|address|url|uri|endpoint))"
    r"[\"'\])]{0,2}\s{0,4}[=:]\s{0,4}"
    r"(?P<read>[\w.]{1,40}\(\s?[\"'][\w.-]{1,80}[\"']\s?,\s?(?:default\s?=\s?)?)?"
    r"[\"']?(?P<host>[^\"'\s,;)}]{1,300})"
)
"""A host and its name; it may be what is taken where a variable is not set."""
_HERE = Regex(
    r"(?i)(?:[a-z][a-z0-9+.-]{0,30}://(?:[^@/\s]{0,200}@)?)?"
    r"(?:localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[?::1\]?|host\.docker\.internal"
    r"|db|database|postgres(?:ql)?|mysql|mariadb|mongo(?:db)?|redis|rabbitmq|minio|localstack)(?=[:/]|$)"
)
"""This machine, and what the services of a compose file are called, which only it can find."""
_IS_READ = Regex(r"\(\s?[\"'][\w.-]{1,80}[\"']\s?,\s?(?:default\s?=\s?)?[\"']?\Z")
_LONGEST_READ = 120
_ANY = frozenset(
    {"api", "access", "app", "auth", "base", "bearer", "client", "endpoint", "host", "hostname",
     "jwt", "private", "server", "url", "uri"}
)  # fmt: skip
"""First words of names that say nothing of a service."""
_FIRST = Regex(r"(?i)(?:^|[^a-z])(?:temp(?:orary)?|one_?time)(?:[_-]\w{1,20})?[_-]?pass")
"""How the password is called that a new account has until somebody signs in."""
MADE_UP = "let one be made up for each account, so that nobody else can sign in first"


def lighter(text: str, start: int, name: str) -> str:
    """What to do about a secret that is told by its name and weighs little; else nothing."""
    if _FIRST.search(name):
        return MADE_UP
    if for_test_host(text, start, name):
        return CURE
    if _for_this_machine(text, start, name):
        return "read it from the environment, so that nothing is deployed with it"
    return ""


def for_test_host(text: str, start: int, name: str) -> bool:
    """Whether a secret is of a service whose address beside it is of its sandbox.

    Vendors publish such secrets in their documentation; the settings of one service have
    the first word of their names in common. Where the name of an address says that it is the
    sandbox's, there is another one, and only secrets whose names say so, too, are for it.
    """
    service = service_of(name)
    lines = beside(text, start, _LINES)
    if not service:
        addresses = [line for line in lines if _ADDRESS.search(line)]
        return bool(addresses) and all(map(_TEST_HOST.search, addresses))
    if len(service) < _SHORTEST:
        return False
    says_so = _SAYS_TEST.search(name) is not None
    return any(says_so or not _SAYS_TEST.search(owner) for owner in _sandboxes(lines, service))


def _sandboxes(lines: Sequence[str], service: str) -> Iterator[str]:
    """What stands before each address of a service's sandbox, or above it: its name."""
    above = ""
    for line in lines:
        address = _TEST_HOST.search(line)
        if address is not None:
            owner = line[: address.start()]
            owner = owner if _SAYS_NAME.search(owner) else above
            if service in owner.lower() or service in line.lower():
                yield owner
        above = line


def _for_this_machine(text: str, start: int, name: str) -> bool:
    """Whether a password is for a host that is this machine, and for no other.

    So is one without a host in a branch for runs on somebody's own machine. Where the host is
    what is taken without a variable, the password must be, too.
    """
    if strength(name) is not Strength.PASSWORD:
        return False
    service = service_of(name)
    every = (hit for line in beside(text, start, _LINES) for hit in _HOST.finditer(line))
    hosts = [hit for hit in every if service_of(hit["name"]) == service]
    is_read = _IS_READ.search(text[max(start - _LONGEST_READ, 0) : start]) is not None
    here = all(on_this_machine(hit["host"]) and (is_read or hit["read"] is None) for hit in hosts)
    return here and (bool(hosts) or in_local_branch(text, start))


def on_this_machine(host: str) -> bool:
    """Whether a host, or an address, is this machine, or what only a compose file calls one."""
    return _HERE.match(host) is not None


def service_of(name: str) -> str:
    """The first word of a name; nothing where it is one that any service's may have."""
    first = name.replace("-", "_").replace(".", "_").partition("_")[0].lower()
    return "" if first in _ANY or names_secret(first) else first
