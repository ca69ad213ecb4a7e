"""What IAM takes in a policy, and which rights amount to more than they say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

_ARN = Regex(r"arn:[a-z-]+:([a-z0-9-]+):")
"""The name of a resource, up to the service that it is of."""
_OF_S3, _OF_NO_OBJECT = "arn:aws:s3:::", "/"


@dataclass(frozen=True, slots=True)
class Language:
    """The policy language; iam.toml says what each field means."""

    versions: tuple[str, ...]
    current: str
    document: tuple[str, ...]
    statement: tuple[str, ...]
    variables: frozenset[str]
    not_variables: frozenset[str]

    def is_variable(self, name: str) -> bool:
        """Whether `${name}` in a policy stands for something of the request."""
        name = name.lower()
        return name.partition(":")[0] in self.variables and name not in self.not_variables


@dataclass(frozen=True, slots=True)
class Escalation:
    """Rights that together give more than they say, and what for."""

    actions: tuple[str, ...]
    gives: str


@dataclass(frozen=True, slots=True)
class Iam:
    """The facts of iam.toml."""

    language: Language
    broad: frozenset[str]
    narrow: frozenset[str]
    narrow_policies: frozenset[str]
    account_sources: frozenset[str]
    escalations: tuple[Escalation, ...]
    anywhere: frozenset[str]
    elsewhere: Mapping[str, frozenset[str]]

    def acts_on(self, service: str, resource: str) -> bool:
        """Whether the actions of a service may be on a resource, as far as its ARN says of which.

        Both are told by words: `s3`, and `arn:aws:s3:::orders`.
        """
        named = _ARN.match(resource)
        if named is None or service in self.anywhere:
            return True
        if resource.endswith(_OF_NO_OBJECT) and resource.startswith(_OF_S3):
            return False  # neither a bucket nor what lies in it
        return named[1] == service or named[1] in self.elsewhere.get(service, ())

    def is_broad(self, policy: str) -> bool:
        """Whether a managed policy of AWS allows all of a service, or more."""
        named = policy in self.broad or policy.endswith("FullAccess")
        return named and policy not in self.narrow_policies


def read_iam(table: Mapping[str, Any]) -> Iam:
    """The content of iam.toml."""
    language, broad = table["language"], table["broad"]
    return Iam(
        Language(
            tuple(language["versions"]),
            language["current"],
            tuple(language["document"]),
            tuple(language["statement"]),
            frozenset(language["variables"]),
            frozenset(language["not_variables"]),
        ),
        frozenset(broad["policies"]),
        frozenset(broad["narrow"]),
        frozenset(broad["narrow-policies"]),
        frozenset(table["sources"]["accounts"]),
        tuple(Escalation(tuple(row["actions"]), row["gives"]) for row in table["escalation"]),
        frozenset(table["elsewhere"]["anywhere"]),
        {name: frozenset(others) for name, others in table["elsewhere"]["services"].items()},
    )
