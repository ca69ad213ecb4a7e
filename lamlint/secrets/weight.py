"""How much a secret weighs by where it stands: in code of tests, in documentation, or elsewhere."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from lamlint.secrets.patterns import AWS_KEY_ID, AWS_SECRET_KEY, EXPLAINED, JWT
from lamlint.secrets.search import expired
from lamlint.text import Severity

CURE = "replace it, keep the new one in Secrets Manager or SSM, and read it from there"
AGAIN = "the same secret stands here"
NAMED = "named"
"""The kind of a secret that only its name tells."""
_NOT_WHOLE = EXPLAINED | {AWS_SECRET_KEY, NAMED}


OF_DJANGO = "django-insecure-"
"""How the keys begin that Django makes for a new site, and warns of before it is deployed."""
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
