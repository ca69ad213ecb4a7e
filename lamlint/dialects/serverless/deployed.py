"""Under which names the services of a repository are deployed, for those that ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.serverless.service import Service


def tell(services: Iterable[Service]) -> None:
    """Let all services know the stacks of each; a name that several have says nothing."""
    found: dict[str, list[Scope]] = {}
    listed = list(services)
    for service in listed:
        for name in _names(service):
            found.setdefault(name, []).append(service.scope)
    once = {name: scopes[0] for name, scopes in found.items() if len(scopes) == 1}
    for service in listed:
        service.variables.stacks = once


def _names(service: Service) -> Iterator[str]:
    written = service.provider.text("stackName")
    usual = (one.text.removesuffix("-") for one in service.prefix if one.text is not None)
    yield from (one.value for one in written.choices) if written.choices else usual
