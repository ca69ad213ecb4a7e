"""The routes of APIs of WebSockets, by the integrations that they lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lamlint.dialects.cdk.nodes import Lowering
from lamlint.dialects.cdk.objects import Keyed, Made, Plain, Thing
from lamlint.dialects.cdk.place import Place
from lamlint.dialects.cdk.sources import Handed
from lamlint.dialects.cdk.template import given
from lamlint.text.dataclass import dataclass, replace

API = "ApiId"
ROUTE = "RouteKey"
"""The properties of a trigger that name its API, and its route."""
_OPTIONS = {
    "connect_route_options": "$connect",
    "default_route_options": "$default",
    "disconnect_route_options": "$disconnect",
}


@dataclass(frozen=True)
class Route:
    """A route of an API."""

    api: Thing
    key: str
    at: Place


def routes(calls: Sequence[Made]) -> Mapping[int, Route]:
    """The one route that leads to each integration; nothing of those of several routes."""
    found: dict[int, list[Route]] = {}
    for call in calls:
        for integration, route in _routes(call):
            found.setdefault(id(integration), []).append(route)
    return {key: each[0] for key, each in found.items() if len(each) == 1}


def routed(trigger: Handed, route: Route | None, lowering: Lowering) -> Handed:
    """A trigger with the route that it stands for."""
    if route is None:
        return trigger
    key = lowering.scalar(route.at, route.key)
    entries = {**trigger.entries, API: lowering.node(route.api), ROUTE: key}
    return replace(trigger, key=API, entries=entries)


def _routes(call: Made) -> Iterator[tuple[Thing, Route]]:
    """The integrations that a call leads routes to."""
    name = call.name.rpartition(".")[2]
    if name == "WebSocketApi":
        for option, key in _OPTIONS.items():
            yield from _leads(given(call, option), Route(call, key, call.at))
        return
    added = name == "add_route"
    api = call.receiver if added else given(call, "web_socket_api")
    named = given(call, "route_key", place=0 if added else None)
    if (added or name == "WebSocketRoute") and isinstance(named, Plain) and api is not None:
        yield from _leads(call, Route(api, str(named.value), call.at))


def _leads(options: Thing | None, route: Route) -> Iterator[tuple[Thing, Route]]:
    match options:
        case Made(named=members) | Keyed(members=members) if "integration" in members:
            yield members["integration"].value, route
        case _:
            return
