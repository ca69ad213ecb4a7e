"""Which functions run for nothing but requests of APIs, and which timeouts others share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from lamlint.model import Function, Invocation, Origin
from lamlint.text import Span

_ASKING = frozenset({"apigateway.amazonaws.com"})


def serves_only_apis(function: Function, apis: Collection[str]) -> bool:
    """Whether it has triggers, and all that may invoke it are some kinds of APIs, which wait.

    What only keeps it warm is done at once, and says nothing.
    """
    events = [event for event in function.events if not event.only_warms]
    return bool(events) and not (
        function.urls
        or any(event.kind.value not in apis for event in events)
        or any(event.invocation is not Invocation.SYNCHRONOUS for event in events)
        or any(not one.principal.is_in(_ASKING) for one in function.invoke_permissions)
    )


def shared_timeouts(functions: Iterable[Function], apis: Collection[str]) -> frozenset[Span]:
    """The places of timeouts that several functions have, some of which serve not only APIs."""
    others = (one for one in functions if not serves_only_apis(one, apis))
    return frozenset(span for one in others for span in _shared(one))


def _shared(function: Function) -> Iterator[Span]:
    for choice in function.timeout.ever:
        if choice.origin is Origin.INHERITED:
            yield choice.span
