"""What the APIs in front of functions say of the ways to them."""

from __future__ import annotations

from collections.abc import Mapping

from lamlint.dialects.properties import Properties
from lamlint.dialects.started import by_parameters, by_request
from lamlint.dialects.terraform.uses import Resource
from lamlint.model import Symbol, Value

ROUTE = "aws_apigatewayv2_route"


def started(integration: Properties) -> Value[str] | None:
    """The state machine that an integration starts; None for any other."""
    machine = by_request(integration, "uri", "request_templates")
    if machine is not None:
        return machine
    return by_parameters(integration, "integration_subtype", "request_parameters")


def speaks_websocket(api: Value[str], sources: Mapping[str, Resource]) -> bool:
    """Whether an API of the second version is one of WebSockets."""
    found = (sources[target] for target in api.targets if target in sources)
    return any(one.properties.text("protocol_type").is_in(("WEBSOCKET",)) for one in found)


def route_to(integration: Resource, sources: Mapping[str, Resource]) -> Value[str] | None:
    """The one route of an API of WebSockets that leads to an integration."""
    routes = {one.identity: one for one in sources.values() if one.kind == ROUTE}
    leading = [one for one in routes.values() if _leads_to(one, integration)]
    return leading[0].properties.text("route_key") if len(leading) == 1 else None


def _leads_to(route: Resource, integration: Resource) -> bool:
    """Whether a route's target, `integrations/` and an id, names an integration."""
    return any(
        isinstance(part, Symbol) and not part.targets.isdisjoint(integration.identities)
        for one in route.properties.outcomes("target")
        for part in one.parts
    )
