"""How much a secret weighs by where it stands: in code of tests, in documentation, or elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

from lamlint.secrets.patterns import AWS_KEY_ID, AWS_SECRET_KEY, EXPLAINED, JWT
from lamlint.secrets.search import expired
from lamlint.text import Severity
from lamlint.text.regex import Regex

CURE = "replace it, keep the new one in Secrets Manager or SSM, and read it from there"
NAMED = "named"
"""The kind of a secret that only its name tells."""
_NOT_WHOLE = EXPLAINED | {AWS_SECRET_KEY, NAMED}


OF_DJANGO = "django-insecure-"
"""How the keys begin that Django makes for a new site, and warns of before it is deployed."""
_TEST_HOST = Regex(r"(?i)https?://(?:[\w-]{1,60}\.){0,3}(?:test|sandbox)[.-]")
_SAYS_TEST = Regex(r"(?i)sandbox|(?:^|[^a-z])test(?![a-z])")
_SAYS_NAME = Regex(r"\w")
_SHORTEST = 3
_LINES = 5
"""How far from an address its secret stands: settings of one service are written together."""
_PAIRED = 400
"""How far apart the halves of a pair stand: a few lines."""


class Surroundings(Protocol):
    """Who knows what a file is, and which day it is: the project."""

    @property
    def today(self) -> date:
        """The day of the run."""

    def is_test(self, path: str) -> bool:
        """Whether a file holds code of tests."""

    def is_sample(self, path: str) -> bool:
        """Whether a file is one of tests, of documentation or of examples."""

    def is_elsewhere(self, path: str) -> bool:
        """Whether all code of functions is known to lie in other folders."""


def near(one: int, other: int) -> bool:
    """Whether two halves stand so near to each other that they are a pair."""
    return abs(one - other) <= _PAIRED


def for_test_host(text: str, start: int, name: str) -> bool:
    """Whether a secret is of a service whose address beside it is of its sandbox.

    Vendors publish such secrets in their documentation; the settings of one service have
    the first word of their names in common. Where the name of an address says that it is the
    sandbox's, there is another one, and only secrets whose names say so, too, are for it.
    """
    service = name.replace("-", "_").partition("_")[0].lower()
    if len(service) < _SHORTEST:
        return False
    here = text.count("\n", 0, start)
    lines = text.split("\n")[max(here - _LINES, 0) : here + _LINES + 1]
    addresses = _sandboxes(lines, service)
    says_so = _SAYS_TEST.search(name) is not None
    return any(says_so or not _SAYS_TEST.search(owner) for owner in addresses)


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


def weight(
    project: Surroundings,
    path: str,
    kind: str,
    secret: str,
    *,
    test: bool = False,
    pair: bool = False,
) -> Severity | None:
    """The severity of a secret in a file; None where nobody would thank for being told.

    `test` says that it is of a provider's test mode, `pair` that an AWS key has its other half.
    In tests a whole credential weighs what it weighs elsewhere: its form cannot come by chance.
    What is not whole there was most likely made up.
    """
    if kind == JWT and expired(secret, project.today):
        return None  # it lets nobody in any more
    if not project.is_test(path):
        if project.is_sample(path):
            return Severity.INFORMATION
        if secret.startswith(OF_DJANGO) and project.is_elsewhere(path):
            return Severity.INFORMATION  # of a site that runs on somebody's own machine
        return Severity.WARNING if test else Severity.ERROR
    if kind == AWS_KEY_ID and not pair:
        return None
    whole = pair or kind not in _NOT_WHOLE
    return Severity.ERROR if whole and not test else Severity.INFORMATION
