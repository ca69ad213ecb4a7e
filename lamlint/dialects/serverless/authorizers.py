"""Functions that an API asks who may call it, as the routes and the provider name them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lamlint.dialects.outcome import Outcome
from lamlint.dialects.properties import Properties
from lamlint.dialects.serverless.functions import Declared, functions
from lamlint.dialects.serverless.service import Service
from lamlint.dialects.tree.node import MappingNode
from lamlint.model import NOT_SET, EventKind, EventSource, Value
from lamlint.text import Span
from lamlint.text.dataclass import dataclass

_BY_ROUTE = {"http": EventKind.API, "websocket": EventKind.WEBSOCKET}
"""The events whose routes name a function; those of HTTP APIs name one of the provider's."""
_OF_PROVIDER = ("httpApi", "authorizers")


@dataclass(frozen=True)
class _Asked:
    """An API that asks a function, and where it is said."""

    kind: EventKind
    span: Span
    block: Span


def authorizing(declared: Declared) -> Iterator[EventSource]:
    """The triggers of a function that are questions of an API: one for each kind of API."""
    for one in declared.service.once(_asked).get(declared.name, ()):
        yield EventSource(
            name="authorizer",
            kind=one.kind,
            function=declared.identity,
            source=Value((), one.span, NOT_SET),
            mapping=False,
            expression=None,
            filters=(),
            span=one.span,
            block=one.block,
        )


def _asked(service: Service) -> Mapping[str, tuple[_Asked, ...]]:
    """Who asks the functions of a service, by their names there."""
    found: dict[str, dict[EventKind, _Asked]] = {}
    for name, one in (*_by_routes(service), *_by_provider(service)):
        found.setdefault(name, {}).setdefault(one.kind, one)
    return {name: tuple(kinds.values()) for name, kinds in found.items()}


def _by_routes(service: Service) -> Iterator[tuple[str, _Asked]]:
    for declared in functions(service):
        for _, options in declared.own.items("events"):
            for one in options:
                yield from _by_route(one, declared)


def _by_route(event: Outcome, declared: Declared) -> Iterator[tuple[str, _Asked]]:
    """What one event of a function says: `authorizer: check`, `authorizer: {name: check}`."""
    whole = Properties.of(event, declared.span)
    for word, kind in _BY_ROUTE.items():
        route = whole.child(word) if whole is not None else None
        if route is None or not isinstance(event.node, MappingNode):
            continue
        longer = route.child("authorizer")
        named = longer.text("name") if longer is not None else route.text("authorizer")
        given_arn = longer is not None and "arn" in longer.mapping.table
        for choice in () if given_arn else named.choices:
            yield choice.value, _Asked(kind, named.span, event.node.span)


def _by_provider(service: Service) -> Iterator[tuple[str, _Asked]]:
    """`provider.httpApi.authorizers.NAME.functionName`."""
    listed = service.provider.child(*_OF_PROVIDER)
    for entry in listed.mapping if listed is not None else ():
        one = listed.child(entry.name) if listed is not None else None
        named = one.text("functionName") if one is not None else None
        for choice in named.choices if named is not None else ():
            yield choice.value, _Asked(EventKind.HTTP_API, entry.key.span, entry.key.span)
