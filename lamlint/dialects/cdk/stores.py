"""What an app has a deployment read from stores of secrets, and write out as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lamlint.dialects.outcome import Outcome
from lamlint.dialects.properties import Properties
from lamlint.model import Resolved, Store
from lamlint.text import Span
from lamlint.text.regex import Regex

_UNWRAPPED = Regex(r"\.(?:unsafe_unwrap|unsafeUnwrap)\(\)")
"""What the CDK asks for where a secret is to stand in a template, in either language."""
_PLAIN = Regex(r"\.(?:unsafe_plain_text|unsafePlainText)\(")
"""What is no secret of a store: a text that only passes for one."""
_SECRET = Regex(
    r"\.(?:secrets_manager|secretsManager)\(\s*[\"']([^\"']{1,200})[\"']"
    r"|\b(\w{1,60})\.secret(?:_v|V)alue"
)
_KEY = Regex(
    r"(?:json_field\s*=|jsonField\s*:|secret_value_from_json\(|secretValueFromJson\()"
    r"\s*[\"']([^\"']{1,200})[\"']"
)
_PARAMETER = Regex(
    r"(?:value_for_[a-z_]{1,30}|value_from_lookup|valueFor[A-Za-z]{1,30}|valueFromLookup"
    r"|ssm_secure|ssmSecure)"
    r"\([^\"'(]{0,100}[\"']([^\"']{1,200})[\"']"
)


def filled_in(given: Properties) -> dict[str, tuple[Resolved, ...]]:
    """The variables of a function that are filled in from a store, and what from."""
    found: dict[str, tuple[Resolved, ...]] = {}
    for one in given.outcomes("Environment", "Variables"):
        inside = None if one.node is None else Properties.of(one, one.node.span)
        for entry in inside.mapping if inside is not None else ():
            sources = tuple(_sources(one.scope.outcomes(entry.value), entry.value.span))
            if sources:
                found[entry.name] = sources
    return found


def _sources(found: Iterable[Outcome], place: Span) -> Iterator[Resolved]:
    for one in found:
        text = one.written
        parameter = _PARAMETER.search(text)
        if parameter is not None:
            yield Resolved(Store.PARAMETER_STORE, parameter[1], "", place)
        elif _UNWRAPPED.search(text) and not _PLAIN.search(text):
            secret, key = _SECRET.search(text), _KEY.search(text)
            name = (secret[1] or secret[2]) if secret is not None else text
            yield Resolved(Store.SECRETS_MANAGER, name, key[1] if key is not None else "", place)
