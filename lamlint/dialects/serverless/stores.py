"""What a service has a deployment read from stores of secrets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lamlint.dialects.cloudformation.resolved import resolved
from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.outcome import Outcome
from lamlint.model import Resolved, Store, Symbol
from lamlint.text import Span

_PARAMETER = ":ssm:"
"""Behind it stands what is asked for, before it the service, if others ask for something else."""
_IN_SECRETS_MANAGER = "/aws/reference/secretsmanager/"


def filled_in(found: Sequence[Outcome], scope: Scope, place: Span) -> tuple[Resolved, ...]:
    """What a value is filled in from, by the framework or by the stack that it deploys."""
    own = dict.fromkeys(
        one
        for outcome in found
        for part in outcome.parts
        if isinstance(part, Symbol)
        for one in _parameter(part, place)
    )
    return (*own, *resolved(found, scope, place))


def _parameter(symbol: Symbol, place: Span) -> Iterator[Resolved]:
    """`${ssm:/path}`; a secret has a path there, too."""
    for target in sorted(symbol.targets):
        _, asked, address = f":{target}".partition(_PARAMETER)
        if asked:
            name = address.partition("~")[0]
            if name.startswith(_IN_SECRETS_MANAGER):
                secret = name.removeprefix(_IN_SECRETS_MANAGER)
                yield Resolved(Store.SECRETS_MANAGER, secret, "", place)
            else:
                yield Resolved(Store.PARAMETER_STORE, name, "", place)
